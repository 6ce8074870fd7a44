"""What happens around the pages: notices are made known, grown pages are left standing."""

from __future__ import annotations

from typing import Any, Final

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.utils import timezone
from wagtail import hooks
from wagtail.models import Page
from wagtail.permissions import policy_registry

from cms.models import AreaPage, FrontPage, NoticePage
from cms.services.notices import announce, record_act
from community.auth import person_of

FELLING: Final = ("delete", "move", "unpublish")


@hooks.register("after_publish_page")
def make_known(request: HttpRequest, page: Page) -> None:
    """Announce a notice with the editor's click; the clock finds what comes another way."""
    if isinstance(page, NoticePage):
        announce(notice=page, at=timezone.now())


@hooks.register("after_unpublish_page")
def record_taking_down(request: HttpRequest, page: Page) -> None:
    record_act(act="page.unpublish", page=page, actor=person_of(request), at=timezone.now())


@hooks.register("before_delete_page")
def record_deletion(request: HttpRequest, page: Page) -> None:
    _refuse_felling(page)
    if request.method == "POST":
        record_act(act="page.delete", page=page, actor=person_of(request), at=timezone.now())


@hooks.register("before_unpublish_page")
@hooks.register("before_copy_page")
def leave_standing(request: HttpRequest, page: Page) -> None:
    _refuse_felling(page)


@hooks.register("before_move_page")
def leave_in_place(request: HttpRequest, page: Page, destination: Page) -> None:
    """Wagtail's page that asks "sure?" shows the title to anyone; ours asks for the right first."""
    _refuse_felling(page)
    if not page.permissions_for_user(person_of(request)).can_move():
        raise PermissionDenied


@hooks.register("before_bulk_action")
def leave_all_standing(request: HttpRequest, action_type: str, objects: Any, action: Any) -> None:
    for thing in objects if action_type in FELLING else ():
        if isinstance(thing, Page):
            _refuse_felling(thing)


def _refuse_felling(page: Page) -> None:
    """Refuse what would break the tree of places; the menus do not offer it either."""
    if issubclass(page.specific_class, AreaPage | FrontPage):
        raise PermissionDenied


@hooks.register("construct_page_chooser_queryset")
def choose_among_own(pages: Any, request: HttpRequest) -> Any:
    """Offer for links what the editor may open; drafts of another village have titles, too."""
    return pages & policy_registry.get_by_type(Page).explorable_instances(request.user)
