"""Who publishes, and by which policies: told once, for pages and for machines.

The words come from the file that PUBLISHER_FILE names (`factcheck/publisher.toml` shows its shape).
"""

from dataclasses import dataclass
from typing import Any

from django.conf import settings

# Each policy with what schema.org calls it on a NewsMediaOrganization, in the pages' order.
POLICIES = {
    "corrections": "correctionsPolicy",
    "ownership": "ownershipFundingInfo",
    "funding": "ownershipFundingInfo",
    "staff": "masthead",
    "complaints": "actionableFeedbackPolicy",
}
POLICIES_PATH = "/policies/"
METHODOLOGY_PATH = "/methodology/"


@dataclass(frozen=True)
class Policy:
    """One policy: its name, and its paragraphs in one language, whose code `language` is."""

    name: str
    language: str
    paragraphs: list[str]

    @property
    def path(self) -> str:
        """Where it stands."""
        return f"{POLICIES_PATH}#{self.name}"


def publisher_name() -> str:
    """What the publisher is called."""
    return str(settings.PUBLISHER["name"])


def policies(language: str) -> list[Policy]:
    """The policies that the publisher has stated, in the language where they exist in it."""
    stated: dict[str, dict[str, str]] = settings.PUBLISHER.get("policies", {})
    found = []
    for name in POLICIES:
        words = stated.get(name, {})
        code = language if words.get(language) else settings.LANGUAGE_CODE
        if text := words.get(code, "").strip():
            found.append(Policy(name, code, [part.strip() for part in text.split("\n\n")]))
    return found


def as_organisation(origin: str) -> dict[str, Any]:
    """The publisher as schema.org tells it, with the pages of its policies under `origin`."""
    organisation: dict[str, Any] = {
        "@type": "NewsMediaOrganization",
        "name": publisher_name(),
        "url": f"{origin}/",
        "publishingPrinciples": f"{origin}{POLICIES_PATH}",
        "verificationFactCheckingPolicy": f"{origin}{METHODOLOGY_PATH}",
    }
    for policy in policies(settings.LANGUAGE_CODE):
        organisation.setdefault(POLICIES[policy.name], f"{origin}{policy.path}")
    return organisation
