"""What templates of public pages need beyond Django's own tags."""

from datetime import UTC, datetime
from typing import Any

from django import template
from django.conf import settings
from django.utils import translation
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from claims.addresses import EVENT, KINDS
from claims.models import PublicClaim
from claims.presentation import document, lines, readings, text_fragments, words
from claims.published import told
from factcheck.common import page_language
from factcheck.common.languages import UNDETERMINED, direction

OPENING_MARKS = ("“", "„", "«", "‘", '"', "'")

register = template.Library()

register.filter("address_of_quote", text_fragments.address_of_quote)
register.filter("bearing", document.bearing)
register.filter("definition", words.definition)
register.filter("label", words.label)
register.filter("number", words.number_words)
register.filter("reading", readings.reading)
register.filter("said", words.days_words)


@register.filter
def day(value: str | None) -> SafeString | str:
    """An ISO date in words, with the date for machines; nothing for nothing."""
    if not value:
        return ""
    return format_html('<time datetime="{}">{}</time>', value, words.day_words(value))


@register.filter
def moment(value: str | datetime) -> SafeString:
    """A time in words, in UTC, to the minute."""
    at = datetime.fromisoformat(value) if isinstance(value, str) else value
    at = at.astimezone(UTC)
    text = f"{words.day_words(at.date().isoformat())}, {at:%H:%M} UTC"
    return format_html('<time datetime="{}">{}</time>', at.isoformat(), text)


@register.filter
def date_of(at: datetime) -> SafeString | str:
    """The day of a time, in UTC, in words."""
    return day(at.astimezone(UTC).date().isoformat())


@register.filter
def lang(code: str | None) -> SafeString | str:
    """The attributes of an element in another language: ` lang="ar" dir="rtl"`."""
    if not code:
        return ""
    return format_html(' lang="{}" dir="{}"', code, direction(code))


@register.filter
def foreign(code: str | None) -> SafeString | str:
    """The attributes of an element with words of a record, whose language this is: nothing where
    it is the page's. A record that names no language is in that of its status line, but a
    tombstone, which has none: there is only a note, in the language of whoever wrote it.
    """
    if code == UNDETERMINED:
        return mark_safe(' lang="" dir="auto"')
    code = code or settings.LANGUAGE_CODE
    return "" if code == translation.get_language() else lang(code)


@register.filter
def written_in(text: str | None, code: str | None) -> SafeString | str:
    """Words of a record inside a sentence of ours, marked where they are in another language."""
    attributes = foreign(code)
    if not text or not attributes:
        return text or ""
    return format_html("<span{}>{}</span>", attributes, text)


@register.filter
def undetermined(text: str) -> SafeString:
    """Words of which nobody has said in which language they are, such as those of a search."""
    return format_html('<span lang="" dir="auto">{}</span>', text)


@register.filter
def bounds(value: dict[str, Any] | None) -> SafeString | str:
    """A date with all that is known of it, and the clock in the words of the source."""
    if not value or not value["time_zone"]:
        return words.bounds_words(value)
    told = words.bounds_words({**value, "time_zone": ""})
    return format_html('{} (<span lang="">{}</span>)', told, value["time_zone"])


@register.filter
def status_line(claim: PublicClaim | dict[str, Any]) -> SafeString | str:
    """The status line in the page's language: of a published claim, a content or a summary."""
    if not isinstance(claim, PublicClaim):
        return lines.line_of(claim)
    return lines.line_of(told(claim))


@register.filter
def quoted(text: str, language: str | None) -> SafeString:
    """Other people's words inside a sentence of ours, in marks unless they bring their own. Where
    nobody has said in which language they are, the page's is not claimed for them either.
    """
    marks = "quoted" if text[:1] not in OPENING_MARKS else "quoted marked"
    attributes = lang(language) or mark_safe(' lang=""')
    return format_html('<q class="{}"{}>{}</q>', marks, attributes, text)


@register.filter
def cited(document: dict[str, Any]) -> SafeString:
    """A document's title inside a sentence of ours."""
    return format_html("<cite{}>{}</cite>", lang(document["language"]), document["title"])


@register.filter
def item(mapping: dict[Any, Any], key: Any) -> Any:
    """The value under a key that only the data knows; None where there is none."""
    return mapping.get(key) if mapping else None


@register.filter
def topic_name(topic: dict[str, Any]) -> SafeString:
    """A topic's name in the page's language, or its first."""
    names = {name["language"]: name for name in topic["names"]}
    name = names.get(translation.get_language() or "", topic["names"][0])
    return format_html("<span{}>{}</span>", lang(name["language"]), name["name"])


@register.simple_tag
def here(*parts: object) -> str:
    """A path of ours, put together, in the page's language: `{% here "/claims/" id "/" %}`."""
    return page_language.here("".join(map(str, parts)))


@register.simple_tag(takes_context=True)
def named(context: Any, reference: dict[str, Any], role: str) -> SafeString | str:
    """The name of whom a record mentions as `role` (“claimant”), leading to their page where the
    view's `addresses` have one.
    """
    addresses = context.get("addresses") or {}
    path = addresses.get((KINDS[role], reference["id"]))
    # The title of an event is words of ours; others' names are what they are in any language.
    is_title = KINDS[role] == EVENT
    name = written_in(reference["name"], context.get("ours")) if is_title else reference["name"]
    if path is None:
        return str(name)
    return format_html('<a href="{}">{}</a>', page_language.here(path), name)


@register.simple_tag
def line_with(line: str, words: str, language: str) -> SafeString | str:
    """A line of ours with words in it that are in that language; none said: nobody knows which."""
    if language == translation.get_language():
        return line
    return lines.with_words_marked(line, words, language)


@register.simple_tag
def leading_to(document: dict[str, Any], path: str | None) -> SafeString:
    """The title of a document, in its language, leading to its page where it has one."""
    title = format_html("<cite{}>{}</cite>", lang(document["language"]), document["title"])
    return format_html('<a href="{}">{}</a>', page_language.here(path), title) if path else title


@register.simple_tag
def site_name() -> str:
    """Who publishes."""
    return str(settings.PUBLISHER["name"])


@register.simple_tag
def is_demonstration() -> bool:
    """Whether this site is one that `quickstart` made."""
    return bool(settings.DEMONSTRATION)
