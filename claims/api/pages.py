"""The API's pages for people: its description to browse, and examples to copy. In English."""

from itertools import groupby

from django.http import HttpRequest, HttpResponse

from claims.api.openapi import ADDRESS
from claims.api.partners import examples, filled, places
from claims.views.page import PublicPage, origin_of, page
from factcheck.common.middleware import CONTENT_SECURITY_POLICY

# Swagger UI draws its arrows and marks from data: addresses in its style sheet. It needs nothing
# else: no inline script, no eval, nobody else's server.
DOCS_POLICY = CONTENT_SECURITY_POLICY.replace("img-src 'self'", "img-src 'self' data:")


class DocsPage(PublicPage):
    """The description of the API, drawn by Swagger UI from this site's own files."""

    reads_ledger = False

    def get(self, request: HttpRequest) -> HttpResponse:
        """The page; it asks the database nothing."""
        response = page("claims/api_docs.html", {"document": ADDRESS})
        response["Content-Security-Policy"] = DOCS_POLICY
        return response


class ExamplesPage(PublicPage):
    """The files of the folder of examples, with addresses of this installation."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """The page; four queries."""
        words = places(origin_of(request))
        told = [
            {
                "name": name,
                "title": filled(files[0].title, words),
                "files": [
                    {
                        "language": one.language,
                        "file": one.path.name,
                        "sentence": filled(one.sentence, words),
                        "code": filled(one.code, words),
                    }
                    for one in files
                ],
            }
            for name, files in (
                (name, list(group)) for name, group in groupby(examples(), lambda one: one.name)
            )
        ]
        return page("claims/api_examples.html", {"examples": told})
