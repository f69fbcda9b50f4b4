"""The languages that names, documents and claims can be in."""

from django.core.exceptions import ValidationError

from factcheck.common.marking import gettext_noop as _
from factcheck.common.text import excerpt

# BCP 47 codes, in the order of their English names. A script is named only where a language is
# written in two; "und" is for a text whose language nobody has determined.
LANGUAGES = (
    ("af", _("Afrikaans")),
    ("sq", _("Albanian")),
    ("am", _("Amharic")),
    ("ar", _("Arabic")),
    ("hy", _("Armenian")),
    ("az", _("Azerbaijani")),
    ("be", _("Belarusian")),
    ("bn", _("Bengali")),
    ("bs", _("Bosnian")),
    ("bg", _("Bulgarian")),
    ("my", _("Burmese")),
    ("ca", _("Catalan")),
    ("zh-Hans", _("Chinese (simplified)")),
    ("zh-Hant", _("Chinese (traditional)")),
    ("crh", _("Crimean Tatar")),
    ("hr", _("Croatian")),
    ("cs", _("Czech")),
    ("da", _("Danish")),
    ("prs", _("Dari")),
    ("dv", _("Dhivehi")),
    ("nl", _("Dutch")),
    ("en", _("English")),
    ("et", _("Estonian")),
    ("fi", _("Finnish")),
    ("fr", _("French")),
    ("ka", _("Georgian")),
    ("de", _("German")),
    ("el", _("Greek")),
    ("ha", _("Hausa")),
    ("he", _("Hebrew")),
    ("hi", _("Hindi")),
    ("hu", _("Hungarian")),
    ("is", _("Icelandic")),
    ("id", _("Indonesian")),
    ("ga", _("Irish")),
    ("it", _("Italian")),
    ("ja", _("Japanese")),
    ("kk", _("Kazakh")),
    ("ko", _("Korean")),
    ("ckb", _("Kurdish (Central)")),
    ("kmr", _("Kurdish (Northern)")),
    ("ky", _("Kyrgyz")),
    ("lv", _("Latvian")),
    ("lt", _("Lithuanian")),
    ("mk", _("Macedonian")),
    ("ms", _("Malay")),
    ("mt", _("Maltese")),
    ("mn", _("Mongolian")),
    ("ne", _("Nepali")),
    ("no", _("Norwegian")),
    ("ps", _("Pashto")),
    ("fa", _("Persian")),
    ("pl", _("Polish")),
    ("pt", _("Portuguese")),
    ("pa", _("Punjabi")),
    ("ro", _("Romanian")),
    ("ru", _("Russian")),
    ("sr-Cyrl", _("Serbian (Cyrillic)")),
    ("sr-Latn", _("Serbian (Latin)")),
    ("sd", _("Sindhi")),
    ("si", _("Sinhala")),
    ("sk", _("Slovak")),
    ("sl", _("Slovenian")),
    ("so", _("Somali")),
    ("es", _("Spanish")),
    ("sw", _("Swahili")),
    ("sv", _("Swedish")),
    ("tl", _("Tagalog")),
    ("tg", _("Tajik")),
    ("ta", _("Tamil")),
    ("tt", _("Tatar")),
    ("th", _("Thai")),
    ("ti", _("Tigrinya")),
    ("tr", _("Turkish")),
    ("tk", _("Turkmen")),
    ("uk", _("Ukrainian")),
    ("und", _("Undetermined")),
    ("ur", _("Urdu")),
    ("ug", _("Uyghur")),
    ("uz", _("Uzbek")),
    ("vi", _("Vietnamese")),
    ("yi", _("Yiddish")),
)

LANGUAGE_NAMES = dict(LANGUAGES)

RIGHT_TO_LEFT = frozenset({"ar", "ckb", "dv", "fa", "he", "prs", "ps", "sd", "ug", "ur", "yi"})

# What a text is written in of which no record says it (ISO 639-2).
UNDETERMINED = "und"


def direction(code: str) -> str:
    """The direction in which a language is written, as HTML's `dir`: "ltr" or "rtl"."""
    return "rtl" if code in RIGHT_TO_LEFT else "ltr"


def validate_language(code: str) -> None:
    """Model validator: raises ValidationError unless the code is one of LANGUAGES."""
    if code not in LANGUAGE_NAMES:
        raise ValidationError(
            f'Choose a language of the list, such as "uk" or "fr"; "{excerpt(str(code))}" is none.',
            code="invalid",
        )
