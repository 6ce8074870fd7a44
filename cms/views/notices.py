"""Notices: one, and the lists of those that hold and those that are over."""

from __future__ import annotations

from typing import Final

from django.contrib.auth.views import redirect_to_login
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.components import NoticeRow
from cms.components.notices import icon_of, tone_of
from cms.models import AreaPage, NoticePage
from cms.models.serving import serves
from cms.policies.editors import objection_to_writing_for
from cms.queries.places import crumbs_of, way_to
from community.auth import guest_or_person
from community.components.lists import Choice, Filters, Pager
from community.components.telling import Action, Empty
from community.models import Area

PAGE_SIZE: Final = 20


@serves(NoticePage)
def notice(request: HttpRequest, page: NoticePage) -> HttpResponse:
    now, person = timezone.now(), guest_or_person(request)
    if not getattr(request, "is_preview", False):
        readable = NoticePage.objects.filter(pk=page.pk).readable_by(person, at=now)
        if not readable.exists():
            return _for_residents_only(request, page)
        if page.starts_at > now and (
            person is None or objection_to_writing_for(person, page.area, at=now)
        ):
            raise Http404
    crumbs = crumbs_of(way_to(page))
    return render(
        request,
        "cms/notices/notice.html",
        {
            "page": page,
            "crumbs": crumbs,
            "home": crumbs[-1] if crumbs else None,
            "is_over": page.is_over(at=now),
            "is_early": page.starts_at > now,
            "icon_name": icon_of(page),
            "tone": tone_of(page),
            "list_area": page.area,
        },
    )


def _for_residents_only(request: HttpRequest, page: NoticePage) -> HttpResponse:
    """Say whom it is for and nothing else: not even its title is shown."""
    login = redirect_to_login(request.get_full_path()).url
    context = {"area": page.area, "login_url": login}
    return render(request, "cms/notices/residents_only.html", context, status=403)


def notices(request: HttpRequest, code: str) -> HttpResponse:
    """List the notices of an area: those that hold, or with ``?show=past`` those that are over."""
    area = get_object_or_404(Area, code=code)
    now, is_past = timezone.now(), request.GET.get("show") == "past"
    found = NoticePage.objects.about(area).shown(person=guest_or_person(request), at=now)
    found = found.past(at=now) if is_past else found.current(at=now)
    ordered = found.order_by("-ends_at", "-pk") if is_past else found.urgent_first()
    shown = Paginator(ordered.select_related("area").defer("body"), PAGE_SIZE).get_page(
        request.GET.get("page")
    )
    home = AreaPage.objects.filter(area=area).first()
    home_url = (home.get_url() if home else None) or "/"
    return render(
        request,
        "cms/notices/list.html",
        {
            "area": area,
            "home_url": home_url,
            "filters": Filters(
                label=_("Which notices"),
                choices=(
                    Choice(label=_("Current"), url=request.path, is_chosen=not is_past),
                    Choice(label=_("Past"), url=Filters.url(show="past"), is_chosen=is_past),
                ),
            ),
            "pager": Pager(page=shown, query=request.GET),
            "empty": _nothing_here(is_past=is_past, home_url=home_url),
            "rows": [
                NoticeRow(notice=row, url=row.get_url(), now=now, here=area.name) for row in shown
            ],
        },
    )


def _nothing_here(*, is_past: bool, home_url: str) -> Empty:
    if is_past:
        title, text = _("No past notices"), _("Notices that are over are kept here.")
    else:
        title, text = _("No notices at the moment"), _("When there is something new, it is here.")
    return Empty(title=title, text=text, action=Action(label=_("Back to the page"), url=home_url))
