"""The API's description as it was committed: a change of the API shows as a change of this file.

`python -m tests.openapi` writes it anew.
"""

import json
import os
from pathlib import Path
from typing import Any

SNAPSHOT = Path(__file__).parent / "api" / "openapi.json"
RENEW = "python -m tests.openapi"


def as_text(document: dict[str, Any]) -> str:
    """The document as it is committed."""
    return json.dumps(document, indent=1, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "factcheck.settings")
    django.setup()

    from claims.api.openapi import document

    SNAPSHOT.write_text(as_text(document()))
    print(f"{SNAPSHOT}: {len(document()['paths'])} addresses")
