"""A back office with few doors: what an editor needs, and for the county what it keeps."""

from __future__ import annotations

from typing import Any, Final

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component

from cms.adapters import pages_written_by
from cms.models import AreaPage
from community.auth import person_of

HIDDEN: Final = {"reports", "settings", "help", "snippets"}
"""Menus of Wagtail's that answer questions nobody here has: people are not managed there."""


def add_notice_url(page: AreaPage) -> str:
    return reverse("wagtailadmin_pages:add", args=("cms", "noticepage", page.pk))


class WriteNoticeItem(MenuItem):
    """The most frequent act, one tap away; for somebody with several places, the first of them."""

    def is_shown(self, request: HttpRequest) -> bool:
        return bool(pages_written_by(request.user))

    def render_component(self, request: HttpRequest) -> Any:
        pages = pages_written_by(request.user)
        self.url = add_notice_url(pages[0]) if pages else ""
        return super().render_component(request)


@hooks.register("register_admin_menu_item")
def write_notice() -> MenuItem:
    return WriteNoticeItem(_("Post a notice"), "", name="write-notice", icon_name="edit", order=50)


@hooks.register("construct_main_menu")
def keep_few_doors(request: HttpRequest, menu_items: list[MenuItem]) -> None:
    menu_items[:] = [item for item in menu_items if item.name not in HIDDEN]


class Welcome(Component):
    """What this editor can do here, in their own places."""

    name = "welcome"
    order = 10
    template_name = "cms/admin/welcome.html"

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        request = parent_context["request"]
        pages = pages_written_by(request.user)
        return {
            "name": person_of(request).display_name,
            "places": [
                {
                    "page": page,
                    "add_url": add_notice_url(page),
                    "list_url": reverse("wagtailadmin_explore", args=[page.pk]),
                    "edit_url": reverse("wagtailadmin_pages:edit", args=[page.pk]),
                    "view_url": page.get_url(request),
                }
                for page in pages
            ],
        }


@hooks.register("construct_homepage_panels")
def begin_with_welcome(request: HttpRequest, panels: list[Any]) -> None:
    panels.insert(0, Welcome())


@hooks.register("construct_page_action_menu")
def publish_first(menu_items: list[Any], request: HttpRequest, context: dict[str, Any]) -> None:
    """Let the big button publish: an editor answers for the village; drafts are the exception."""
    menu_items.sort(key=lambda item: item.name != "action-publish")
