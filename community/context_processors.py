"""What the shell of every page needs to know: who is here, and how they like to read."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from community.auth import guest_or_person


def shell(request: HttpRequest) -> dict[str, Any]:
    person = guest_or_person(request) if hasattr(request, "user") else None
    return {"person": person, "is_demo": settings.DEMO}
