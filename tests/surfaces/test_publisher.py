"""Who publishes, told once for pages and machines."""

from django.test import override_settings

from claims.publisher import as_organisation, policies

SAID = {
    "name": "Synthetic newsroom",
    "policies": {
        "corrections": {"en": "We say so.\n\nAlways.\n", "fr": "Nous le disons."},
        "funding": {"en": "Readers pay."},
        "staff": {"en": "  "},
    },
}


@override_settings(PUBLISHER=SAID)
def test_a_policy_stands_in_the_readers_language_where_it_exists_in_it():
    told = [(one.name, one.language, one.paragraphs, one.path) for one in policies("fr")]

    assert told == [
        ("corrections", "fr", ["Nous le disons."], "/policies/#corrections"),
        ("funding", "en", ["Readers pay."], "/policies/#funding"),
    ]
    assert policies("uk")[0].paragraphs == ["We say so.", "Always."]


@override_settings(PUBLISHER=SAID)
def test_machines_are_told_the_policies_that_there_are():
    assert as_organisation("https://facts.example") == {
        "@type": "NewsMediaOrganization",
        "name": "Synthetic newsroom",
        "url": "https://facts.example/",
        "publishingPrinciples": "https://facts.example/policies/",
        "verificationFactCheckingPolicy": "https://facts.example/methodology/",
        "correctionsPolicy": "https://facts.example/policies/#corrections",
        "ownershipFundingInfo": "https://facts.example/policies/#funding",
    }
