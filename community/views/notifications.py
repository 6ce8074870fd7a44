"""What the platform has told a person: a list, the way to each matter, and what has been read."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from community.auth import person_of
from community.components.lists import Choice, Filters, Pager
from community.components.telling import Empty
from community.queries.notifications import lines_of, matters_of, unread_count
from community.services.notifications import mark_read
from community.views.given import key_given

PAGE_SIZE = 30


@login_required
@never_cache
def index(request: HttpRequest) -> HttpResponse:
    """List the matters, newest first; `?show=unread` leaves out those that were read."""
    person, only_unread = person_of(request), request.GET.get("show") == "unread"
    unread = unread_count(person)
    page = Paginator(matters_of(person, only_unread=only_unread), PAGE_SIZE).get_page(
        request.GET.get("page")
    )
    return render(
        request,
        "community/notifications/index.html",
        {
            "lines": lines_of(page.object_list),
            "pager": Pager(page=page, query=request.GET),
            "filters": _filters(unread, only_unread=only_unread),
            "nothing": _nothing(only_unread=only_unread),
            "unread_here": unread,
            "query": request.GET.urlencode(),
        },
    )


@login_required
@never_cache
def open_matter(request: HttpRequest, pk: int) -> HttpResponse:
    """Lead to what a notification is about, and note that everything about it has been read."""
    person = person_of(request)
    notification = get_object_or_404(person.notifications, pk=pk)
    mark_read(person=person, groups=[notification.group], at=timezone.now())
    is_ours = url_has_allowed_host_and_scheme(notification.path, allowed_hosts=None)
    return redirect(notification.path if is_ours else "community:notifications")


@login_required
@require_POST
def read(request: HttpRequest) -> HttpResponse:
    """Note that one matter has been read (`id`), or all of them, and go back to the list."""
    person, asked = person_of(request), request.POST.get("id", "")
    groups = None
    if asked:
        groups = list(
            person.notifications.filter(pk=key_given(asked)).values_list("group", flat=True)
        )
    mark_read(person=person, groups=groups, at=timezone.now())
    query = request.POST.get("query", "")
    return redirect(f"{reverse('community:notifications')}{'?' if query else ''}{query}")


def _filters(unread: int, *, only_unread: bool) -> Filters:
    return Filters(
        label=_("Which messages"),
        choices=[
            Choice(label=_("All"), url="?", is_chosen=not only_unread),
            Choice(
                label=_("Unread"),
                url=Filters.url(show="unread"),
                count=unread,
                is_chosen=only_unread,
            ),
        ],
    )


def _nothing(*, only_unread: bool) -> Empty:
    if only_unread:
        return Empty(title=_("You have read everything"), text=_("What is new will stand here."))
    return Empty(
        title=_("Nothing yet"),
        text=_("When something that concerns you moves on, you will find it here."),
    )
