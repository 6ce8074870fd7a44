"""Events that could not be delivered: what is wrong, try again, or let go."""

from __future__ import annotations

from datetime import datetime
from typing import Final
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from community.auth import person_of, second_factor_required
from community.components.base import Text
from community.components.lists import Pager
from community.components.telling import Empty
from community.errors import Refusal
from community.forms.events import DropForm
from community.models import EventRecord
from community.policies.events import objection_to_mending_events
from community.publishing import EVENT_TYPES
from community.services.events import drop_event, retry_event

PAGE_SIZE: Final = 20


@second_factor_required
@never_cache
def index(request: HttpRequest) -> HttpResponse:
    now = _checked(request)
    dead = EventRecord.objects.dead().order_by("-dead_at", "pk")
    page = Paginator(dead, PAGE_SIZE).get_page(request.GET.get("page"))
    return render(
        request,
        "community/events/index.html",
        {
            "records": [(record, _label(record)) for record in page.object_list],
            "late": EventRecord.objects.due(at=now).count(),
            "pager": Pager(page=page, query=request.GET),
            "nothing": Empty(
                title=_("Everything was delivered"),
                text=_("An event that fails ten times over three hours will stand here."),
            ),
        },
    )


@second_factor_required
@require_POST
def retry(request: HttpRequest, pk: UUID) -> HttpResponse:
    now = _checked(request)
    retry_event(record=get_object_or_404(EventRecord, pk=pk), by=person_of(request), at=now)
    messages.success(request, _("It is being delivered again."))
    return redirect("community:events")


@second_factor_required
@never_cache
def drop(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Ask why, on a page of its own: what is dropped is delivered to nobody any more."""
    now = _checked(request)
    record = get_object_or_404(EventRecord.objects.dead(), pk=pk)
    form = DropForm(request.POST or None)
    if form.is_valid():
        try:
            drop_event(record=record, by=person_of(request), at=now, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("It was dropped. Your reason is in the audit."))
            return redirect("community:events")
    return render(request, "community/events/drop.html", {"form": form, "record": record})


def _label(record: EventRecord) -> Text:
    event = EVENT_TYPES.get(record.name)
    return event.label if event else record.name


def _checked(request: HttpRequest) -> datetime:
    now = timezone.now()
    if refusal := objection_to_mending_events(person_of(request), at=now):
        raise refusal
    return now
