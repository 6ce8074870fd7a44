"""How somebody likes to read: large type, light or dark, Chinese or English.

A person's choice is the person's, on every device; a guest's is the visit's. Both are asked in
one place, so that no page needs to know which of the two it is.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest

from community.auth import guest_or_person
from community.models import Theme

SESSION_KEY: Final = "reading"


@dataclass(frozen=True, kw_only=True)
class Reading:
    elder_mode: bool = False
    theme: str = Theme.AUTO
    language: str = ""
    """Empty: as the browser asks."""


def reading_of(request: HttpRequest) -> Reading:
    """Return how the one who asks likes to read."""
    person = guest_or_person(request)
    if person is not None:
        return Reading(elder_mode=person.elder_mode, theme=person.theme, language=person.language)
    kept: dict[str, Any] = request.session.get(SESSION_KEY) or {}
    language = str(kept.get("language", ""))
    return Reading(
        elder_mode=kept.get("elder_mode") is True,
        theme=kept["theme"] if kept.get("theme") in Theme.values else Theme.AUTO,
        language=language if language in dict(settings.LANGUAGES) else "",
    )
