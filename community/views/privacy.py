"""What the platform keeps about people, for everybody to read, and whom to ask."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from community.models import Appointment, Office, Purpose
from community.queries.consent import text_in_force


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """Name the officer and how to reach them, over the text that everybody has agreed to."""
    now = timezone.now()
    officers = Appointment.objects.current(at=now).filter(office=Office.PRIVACY_OFFICER)
    text = text_in_force(Purpose.TERMS, at=now)
    in_english = (get_language() or "").startswith("en")
    context = {
        "officers": officers.select_related("person", "area").order_by("pk"),
        "contact": settings.PRIVACY_CONTACT,
        "text": text.text_en if in_english else text.text_zh,
    }
    return render(request, "community/privacy/privacy.html", context)
