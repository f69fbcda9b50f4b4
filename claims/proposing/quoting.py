"""In what form a sentence gives words: whole, in part, as a question, or in its own."""

from claims.choices import CitationForm
from claims.proposing.segments import Sentence

# A quotation of so many words is the whole of what was said, not a part of the sentence.
WHOLE_QUOTE = 4


def form_of(text: str, sentence: Sentence) -> CitationForm:
    """Direct where the words that are quoted stand for themselves, part-quote where they are
    worked into the sentence.
    """
    if not sentence.quotes:
        return CitationForm.INDIRECT
    for start, end in sentence.quotes:
        quoted = text[start:end].strip("“”„‟«»\"'‘’ \u00a0")
        before = text[sentence.start : start].rstrip(" \u00a0—–")
        is_whole = not before or before.endswith((",", ":", ".", "…"))
        if is_whole and len(quoted.split()) >= WHOLE_QUOTE:
            return CitationForm.DIRECT
        if not before and quoted[:1].isupper():
            return CitationForm.DIRECT
    return CitationForm.PART_QUOTE


def is_asked(text: str, sentence: Sentence) -> bool:
    """Whether what is quoted is a question, or the sentence is."""
    words = text[sentence.start : sentence.end]
    if words.rstrip("”»\"’' ").endswith("?"):
        return True
    return bool(sentence.quotes) and all(
        text[start:end].rstrip("”»\"’', ").endswith("?") for start, end in sentence.quotes
    )
