"""How we read the numbers of a figure, in words: “more than 12”, “between 9 and 14”."""

from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from claims.choices import Qualifier
from claims.presentation.words import number_words

READINGS: dict[str, str] = {
    Qualifier.BARE: _("%(best)s"),
    Qualifier.EXACTLY: _("exactly %(best)s"),
    Qualifier.AT_LEAST: _("at least %(low)s"),
    Qualifier.MORE_THAN: _("more than %(low)s"),
    Qualifier.UP_TO: _("up to %(high)s"),
    Qualifier.FEWER_THAN: _("fewer than %(high)s"),
    Qualifier.ABOUT: _("about %(best)s"),
    Qualifier.BETWEEN: _("between %(low)s and %(high)s"),
    Qualifier.VAGUE: _("no number"),
}
WITH_BEST = _("between %(low)s and %(high)s, most likely %(best)s")


def reading(figure: dict[str, Any]) -> str:
    """The figure's numbers in words, as its qualifier puts them."""
    sentence = READINGS[figure["qualifier"]]
    if figure["qualifier"] == Qualifier.BETWEEN and figure["best"] is not None:
        sentence = WITH_BEST
    numbers = {name: number_words(figure[name]) for name in ("low", "best", "high")}
    return gettext(sentence) % numbers
