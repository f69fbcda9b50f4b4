"""The language of the public pages: told by their address, and by nothing else.

English pages stand at the bare address, the others under the code of their language. No cookie and
no header of the reader's has a say, so that an address shows everybody the same page.
"""

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import translation

from factcheck.common.middleware import GetResponse


class PageLanguage:
    """Answers each request in the language of its address; the desk and the API in English."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The response, written while that language is active."""
        code = translation.get_language_from_path(request.path_info) or settings.LANGUAGE_CODE
        with translation.override(code):
            response = self.get_response(request)
        response.setdefault("Content-Language", code)
        return response


def here(path: str) -> str:
    """The path of a public page, as projections and records tell it, in the active language."""
    return in_language(path, translation.get_language() or settings.LANGUAGE_CODE)


def in_language(path: str, code: str) -> str:
    """The path, which is that of an English page, in the language with this code."""
    return path if code == settings.LANGUAGE_CODE else f"/{code}{path}"


def in_english(path: str) -> str:
    """The path of the same page in English, whatever language it is in."""
    code = translation.get_language_from_path(path)
    if code is None or code == settings.LANGUAGE_CODE:
        return path
    return path.removeprefix(f"/{code}")
