"""What happens around every request."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import patch_vary_headers

from community.reading import reading_of

GetResponse = Callable[[HttpRequest], HttpResponse]


class ReadingMiddleware:
    """Speak the language that the person or guest has chosen; else as Django found it.

    It stands after Django's own `LocaleMiddleware`, which goes by what the browser asks for.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        language = reading_of(request).language
        if language:
            translation.activate(language)
            request.LANGUAGE_CODE = language
        response = self.get_response(request)
        patch_vary_headers(response, ("Cookie",))
        if language:
            response.headers["Content-Language"] = language
        return response
