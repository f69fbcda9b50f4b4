"""Numbers as records have them: decimal strings, never floats."""

from decimal import Decimal


def number(value: Decimal | None) -> str | None:
    """A decimal as the shortest string without exponent, such as “36” or “1.5”."""
    if value is None:
        return None
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
