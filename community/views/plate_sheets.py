"""Sheets of plates: asked for, watched while they are drawn, fetched, and hung by the list."""

from __future__ import annotations

from functools import partial
from typing import Final
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from community.auth import person_of, second_factor_required
from community.components.lists import Pager
from community.errors import Refusal
from community.models import Area, Plate, PrintChoice, PrintJob, PrintState
from community.models.photos import private_files
from community.models.plates import SHEETS_KEPT
from community.policies.plates import SheetsGone, objection_to_printing
from community.queries.plates import hanging, places_of, topic_of
from community.services.print_jobs import ask_for_print
from community.sheets import A_SHEET, is_embedded
from community.tasks.plates import print_plates
from community.views.plates import area_for, origin_of, plate_for

LIST_SIZE: Final = 100
CHOICES: Final = (PrintChoice.ALL, PrintChoice.NEW)


@second_factor_required
@require_POST
def ask(request: HttpRequest, pk: int) -> HttpResponse:
    """Print all plates of an area, or only the new ones."""
    choice = request.POST.get("choice", "")
    if choice not in CHOICES:
        raise Http404
    area = area_for(request, pk)
    return _asked(request, area, choice) or redirect("community:plates_of", area.pk)


@second_factor_required
@require_POST
def ask_one(request: HttpRequest, pk: int) -> HttpResponse:
    plate = plate_for(request, pk)
    asked = _asked(request, plate.place, PrintChoice.ONE, plate)
    return asked or redirect("community:plate", plate.pk)


def _asked(
    request: HttpRequest, area: Area, choice: str, plate: Plate | None = None
) -> HttpResponse | None:
    """Ask, hand the job to the queue and lead to it; or keep the refusal for the next page."""
    try:
        job = ask_for_print(
            area=area,
            choice=choice,
            plate=plate,
            by=person_of(request),
            origin=origin_of(request),
            at=timezone.now(),
        )
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return None
    # Robust: the job is safe in its row, and the clock finds it when the queue cannot be reached.
    transaction.on_commit(partial(print_plates.delay, job_id=str(job.pk)), robust=True)
    return redirect("community:plate_sheets", job.pk)


@second_factor_required
@never_cache
@require_GET
def sheets(request: HttpRequest, pk: UUID) -> HttpResponse:
    """How far a job is, then its file; without a script the page loads itself again."""
    job = _job_for(request, pk)
    shown = {
        "job": job,
        "area": job.area,
        "topic": topic_of(job.pk),
        "sheets": -(-job.total // A_SHEET),
        "is_running": not job.is_finished,
        "is_ready": job.state == PrintState.DONE and bool(job.file),
        "is_gone": job.state == PrintState.DONE and not job.file,
        "kept_until": job.finished_at + SHEETS_KEPT if job.finished_at else None,
        "is_embedded": is_embedded(settings.PRINT_FONT),
    }
    return render(request, "community/plates/sheets.html", shown)


@second_factor_required
@never_cache
@require_GET
def pdf(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """Send the file to somebody who may print these plates, for as long as it is kept."""
    job = _job_for(request, pk)
    if job.state != PrintState.DONE:
        return redirect("community:plate_sheets", job.pk)
    if not job.file:
        raise SheetsGone
    response: HttpResponseBase
    if settings.PRIVATE_FILES_PREFIX:  # the web server sends it, on our word
        response = HttpResponse(content_type="application/pdf")
        response["X-Accel-Redirect"] = f"{settings.PRIVATE_FILES_PREFIX}{job.file.name}"
    else:
        file = private_files().open(str(job.file.name))
        response = FileResponse(file, content_type="application/pdf")
    name = f"plates-{job.area.code}-{timezone.localdate(job.asked_at)}.pdf"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@second_factor_required
@never_cache
@require_GET
def hanging_list(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Which plate on the sheets goes to which door: to take along, never to hang up."""
    job = _job_for(request, pk)
    page = Paginator(places_of(job), LIST_SIZE).get_page(request.GET.get("page"))
    shown = {
        "job": job,
        "rows": hanging(list(page.object_list)),
        "pager": Pager(page=page, query=request.GET) if page.has_other_pages() else None,
    }
    return render(request, "community/plates/hanging_list.html", shown)


def _job_for(request: HttpRequest, pk: UUID) -> PrintJob:
    """Find a job, for somebody who looks after the plates of its area."""
    rows = PrintJob.objects.select_related("area", "asked_by").defer("area__boundary")
    job = get_object_or_404(rows, pk=pk)
    if objection := objection_to_printing(person_of(request), job.area, at=timezone.now()):
        raise objection
    return job
