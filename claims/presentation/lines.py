"""A claim's status line in the language of the page.

The record's own line is English, and English pages print it as it stands. In other languages the
same is told from the record's content, or from a summary of it, by sentences in which names need
no inflection. The claim's words stay in their language, and are marked so.
"""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext, ngettext
from django.utils.translation import gettext_noop as _

from claims import status_line
from claims.choices import NOT_SAID, AttributionStatus, ClaimKind, Speaker, VerificationStatus
from claims.presentation.statuses import attribution, verification
from claims.presentation.words import day_words, days_words
from factcheck.common.languages import direction

Content = Mapping[str, Any]

ORIGINAL: dict[str, str] = {
    AttributionStatus.ON_RECORD: _("We have seen the original."),
    AttributionStatus.REPORTED: _("We have not seen the original."),
    AttributionStatus.NO_RECORD: _("We searched for the original and found none."),
    AttributionStatus.DISOWNED: _("The named speaker denies having said it."),
    AttributionStatus.MISQUOTED: _("The original, which we hold, has other words."),
    AttributionStatus.MISTRANSLATED: _("The original, which we hold, says something else."),
    AttributionStatus.OUT_OF_CONTEXT: _("The original, which we hold, gives it another meaning."),
    AttributionStatus.MISATTRIBUTED: _("Somebody else said it."),
    AttributionStatus.FABRICATED: _("There is evidence that the words were made up."),
}
NOT_CHECKABLE: dict[str, str] = {
    ClaimKind.OPINION: _("It is an opinion, which is not checked as a fact."),
    ClaimKind.PLEDGE: _("It is a pledge, which is not checked as a fact."),
    ClaimKind.INSTRUCTION: _("It is an instruction, which is not checked as a fact."),
    ClaimKind.PREDICTION: _("It is a prediction, which is not checked before its date."),
}


def line_of(content: Content) -> SafeString | str:
    """The status line of a record's content, or of the summary of it that lists have.

    A summary does not tell where we read it: beside who said what and when, the line made of one
    has both statuses by their labels.
    """
    if is_in_words_of_the_record():
        return own_line(content)
    sentences = [said_sentence(content)]
    if "citations" in content:
        sentences += [read_sentence(content), original_sentence(content)]
        sentences += [imported_sentence(content), so_sentence(content)]
    else:
        sentences += [imported_sentence(content), statuses_sentence(content)]
    # Every one of them is escaped where it is made.
    return mark_safe(" ".join(filter(None, sentences)))


def own_line(content: Content) -> SafeString | str:
    """The record's own line, with the claim's words marked where they are in another language."""
    line = str(content["status_line"])
    language = content.get("language") or settings.LANGUAGE_CODE
    if language == settings.LANGUAGE_CODE:
        return line
    return with_words_marked(line, status_line.sentence(content["text"]), language)


def with_words_marked(line: str, words: str, language: str) -> SafeString | str:
    """A line of ours with somebody's words in it, which are marked as being in their language, or
    in one that nobody has said.
    """
    before, found, after = line.partition(words) if words else (line, "", "")
    if not found:
        return line
    way = direction(language) if language else "auto"
    marked = format_html('<span lang="{}" dir="{}">{}</span>', language, way, found)
    return format_html("{}{}{}", before, marked, after)


def is_in_words_of_the_record() -> bool:
    """Whether the page is in the language in which records have their own line."""
    return get_language() == settings.LANGUAGE_CODE


# Who said what


def said_sentence(content: Content) -> str:
    """Who said what, when."""
    text = format_html(
        '<span lang="{}" dir="{}">{}</span>',
        content["language"],
        direction(content["language"]),
        status_line.sentence(content["text"]),
    )
    speaker = content["speaker"]
    named, voice = speaker["claimant"] or speaker["outlet"] or {}, speaker["voiced_by"] or {}
    return format_html(
        said_words(content),
        who=status_line.capital(named.get("name", "")),
        voice=voice.get("name", ""),
        when=when_words(content["said"]),
        text=text,
    )


def said_words(content: Content) -> str:
    """The sentence for how it was said, which claims no more than we know."""
    speaker, status = content["speaker"], attribution_of(content)
    if speaker["kind"] == NOT_SAID:
        return gettext("It is said, by somebody not entered yet, {when}: {text}")
    if speaker["kind"] == Speaker.NOBODY_NAMED:
        return gettext("It is said, with nobody named, {when}: {text}")
    if speaker["kind"] == Speaker.OWN_VOICE:
        if status == AttributionStatus.ON_RECORD:
            return gettext("{who} said in its own voice {when}: {text}")
        return gettext("{who} is reported to say in its own voice {when}: {text}")
    if status in status_line.SAID:
        if speaker["voiced_by"]:
            return gettext("{who}, through {voice}, said {when}: {text}")
        return gettext("{who} said {when}: {text}")
    if speaker["voiced_by"]:
        return gettext("{who}, through {voice}, is quoted as saying {when}: {text}")
    return gettext("{who} is quoted as saying {when}: {text}")


def when_words(said: Content | None) -> str:
    """When, as exactly as it is known: what follows the verb."""
    if not said:
        return gettext("on a date not established")
    first, last = said["not_before"], said["not_after"]
    if first and first == last:
        return gettext("on %(day)s") % {"day": day_words(first)}
    return days_words(dict(said)) or format_html('(“<span lang="">{}</span>”)', said["as_printed"])


# Where we read it


def read_sentence(content: Content) -> str:
    """Where we read it."""
    outlets = [outlet_words(*outlet) for outlet in status_line.outlets_of(dict(content))]
    if not outlets:
        return gettext("We hold no copy of it.")
    if len(outlets) == 1:
        return format_html(gettext("We read it in {outlet}."), outlet=outlets[0])
    if len(outlets) == 2:
        return format_html(
            gettext("We read it in {outlet} and {other}."), outlet=outlets[0], other=outlets[1]
        )
    others = len(outlets) - 1
    sentence = ngettext(
        "We read it in {outlet} and {number} other outlet.",
        "We read it in {outlet} and {number} other outlets.",
        others,
    )
    return format_html(sentence, outlet=outlets[0], number=others)


def outlet_words(name: str, is_translated: bool) -> str:
    """The outlet by name; says where a machine has translated on the way to us."""
    outlet = {"name": name or gettext("a document without an outlet")}
    return gettext("%(name)s (machine translation)") % outlet if is_translated else outlet["name"]


def original_sentence(content: Content) -> str:
    """Whether we have seen the original; nothing where nobody is named."""
    return gettext(ORIGINAL.get(attribution_of(content) or "", ""))


# Is it so?


def imported_sentence(content: Content) -> str:
    """Whose verdict it is, where it is not ours; nothing of what was reviewed here."""
    if not content.get("was_imported"):
        return ""
    review = content.get("imported_review")
    if review is None:
        return gettext("It comes from another newsroom’s archive; nobody here has reviewed it.")
    told = {
        "who": status_line.capital(review["publisher"]),
        "when": when_words(review["published"]),
    }
    if not review["label"]:
        return format_html(
            gettext("Imported: {who} reviewed it {when}; nobody here has reviewed it."), **told
        )
    label = format_html('<span lang="{}" dir="auto">{}</span>', review["language"], review["label"])
    return format_html(
        gettext("Imported: {who} judged it “{label}” {when}; nobody here has reviewed it."),
        label=label,
        **told,
    )


def so_sentence(content: Content) -> str:
    """Whether it is so, as far as we say."""
    found = content["verification"]
    if found["status"] == VerificationStatus.UNCHECKED:
        return gettext("We have not checked whether it is so.")
    if found["status"] == VerificationStatus.NOT_CHECKABLE:
        return gettext(NOT_CHECKABLE[content["kind"]])
    return verdict_words(found["status"], found["as_of"])


def statuses_sentence(content: Content) -> str:
    """Both statuses by their labels, of a summary."""
    verdict = verdict_words(content["verification_status"], content["as_of"])
    return f"{attribution(attribution_of(content)).label}. {verdict}"


def verdict_words(status: str, as_of: str | None) -> str:
    """The verdict, with the day on which it was the best that could be said."""
    words = {"verdict": verification(status).label}
    if as_of is None:
        return f"{words['verdict']}."
    return gettext("%(verdict)s, as of %(day)s.") % {**words, "day": day_words(as_of)}


def attribution_of(content: Content) -> str | None:
    """Its attribution status, whether it is a record's content or a summary."""
    status = content["attribution"]["status"] if "attribution" in content else None
    return status or content.get("attribution_status")
