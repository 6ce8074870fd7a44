"""What comes with a request and may be anything: the page to go on to, the key of a row."""

from __future__ import annotations

from typing import Final

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme

DIGITS_MOST: Final = 18
"""More than any key has; Python refuses to read numbers of thousands of digits."""


def page_given(request: HttpRequest) -> str:
    """Return the path of ours that a form or link asks to go on to (``next``), else nothing."""
    path: str = request.POST.get("next") or request.GET.get("next") or ""
    is_ours = url_has_allowed_host_and_scheme(
        path, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    # `redirect` takes what has no slash for the name of a page, and there is none of that name.
    return path if is_ours and path.startswith("/") else ""


def key_given(text: str | None) -> int:
    """Return the key of a row as it was sent, or 0, which no row has."""
    is_key = text is not None and text.isdecimal() and len(text) <= DIGITS_MOST
    return int(text or "") if is_key else 0
