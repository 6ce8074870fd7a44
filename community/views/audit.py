"""The audit: read by those whose office it is, and taken out by them, which is itself noted."""

from __future__ import annotations

from datetime import datetime
from http import HTTPStatus
from typing import Final

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from community.auth import person_of, second_factor_required
from community.components.lists import Pager
from community.forms.audit import AuditForm
from community.policies.audit import objection_to_auditing
from community.queries.audit import as_csv, as_json_lines, chosen, named
from community.services.audit import note_export, retention

PAGE_SIZE: Final = 50
FORMS: Final = {
    "csv": (as_csv, "text/csv; charset=utf-8"),
    "jsonl": (as_json_lines, "application/x-ndjson; charset=utf-8"),
}


@second_factor_required
@never_cache
def index(request: HttpRequest) -> HttpResponse:
    now = _checked(request)
    return _list(request, AuditForm(request.GET, today=timezone.localdate(now)))


@second_factor_required
@require_POST
def export(request: HttpRequest) -> HttpResponse | StreamingHttpResponse:
    """Stream what the list shows, all pages of it, as CSV or JSON lines."""
    now = _checked(request)
    form = AuditForm(request.POST, today=timezone.localdate(now))
    kind = request.POST.get("form", "")
    if kind not in FORMS or not form.is_valid():
        return _list(request, form, status=HTTPStatus.BAD_REQUEST)
    note_export(by=person_of(request), form=kind, at=now, **form.cleaned_data)
    write, content_type = FORMS[kind]
    response = StreamingHttpResponse(write(chosen(**form.cleaned_data)), content_type=content_type)
    name = "audit-{since}-{until}.".format(**form.cleaned_data) + kind
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _list(
    request: HttpRequest, form: AuditForm, *, status: HTTPStatus = HTTPStatus.OK
) -> HttpResponse:
    page = None
    if form.is_valid():
        entries = chosen(**form.cleaned_data)
        page = Paginator(entries, PAGE_SIZE).get_page(request.GET.get("page"))
    return render(
        request,
        "community/audit/index.html",
        {
            "form": form,
            "acts": named(page.object_list) if page else [],
            "total": page.paginator.count if page else 0,
            "pager": Pager(page=page, query=request.GET) if page else None,
            "kept_days": retention().days,
        },
        status=status,
    )


def _checked(request: HttpRequest) -> datetime:
    now = timezone.now()
    if refusal := objection_to_auditing(person_of(request), at=now):
        raise refusal
    return now
