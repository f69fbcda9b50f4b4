"""Synthetic reviews as files of other newsrooms have them."""

import json
from pathlib import Path
from typing import Any


def claimreview(number: int = 1, **changes: Any) -> dict[str, Any]:
    """A ClaimReview as it should be; `None` leaves a property out."""
    review = {
        "@context": "https://schema.org",
        "@type": "ClaimReview",
        "url": f"https://checks.example.org/reviews/{number}",
        "claimReviewed": f"SYNTHETIC. {number} boats were counted in Exampleton.",
        "author": {
            "@type": "Organization",
            "name": "Synthetic Checks",
            "url": "https://checks.example.org/",
        },
        "datePublished": "2020-03-05",
        "inLanguage": "en",
        "headline": f"SYNTHETIC. No, not {number} boats",
        "itemReviewed": {
            "@type": "Claim",
            "author": {"@type": "Organization", "name": "Synthetic Harbour Office"},
            "datePublished": "2020-03-02",
        },
        "reviewRating": {"@type": "Rating", "alternateName": "False", "ratingValue": "1"},
    } | changes
    return {name: value for name, value in review.items() if value is not None}


def lines(path: Path, *reviews: dict[str, Any]) -> Path:
    """A file of JSON lines."""
    path.write_text("".join(f"{json.dumps(one)}\n" for one in reviews), encoding="utf-8")
    return path
