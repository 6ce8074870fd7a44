"""What Wagtail and Django ask about rights, answered from appointments.

Wagtail asks a permission policy per model and Django an authentication backend; both look into
groups by default. Ours ask `policies.editors`, once a request, and no group is ever consulted
(docs/adr/0050-rights-from-appointments.md).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from django.contrib.auth.backends import BaseBackend
from django.db.models import QuerySet
from django.utils import timezone
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Collection, Page
from wagtail.permission_policies.collections import (
    CollectionManagementPermissionPolicy,
    CollectionOwnershipPermissionPolicy,
)
from wagtail.permission_policies.pages import PagePermissionPolicy
from wagtail.permissions import register_permission_policy

from cms.models import AreaPage
from cms.policies.editors import (
    areas_written_for,
    editors_appointments,
    is_administrator,
    reads_the_record,
)
from community.models import Person

ENTRY: Final = "wagtailadmin.access_admin"
PAGE_ACTS: Final = ("add", "change", "publish", "bulk_delete", "unlock")
MEDIA_ACTS: Final = (
    *("add_image", "change_image", "choose_image"),
    *("add_document", "change_document", "choose_document"),
)
KEPT: Final = ("category", "holidayyear", "officehours", "routestep", "specialday", "subcategory")
ADMINISTERED: Final = (
    *("community.view_area", "community.change_area", "community.view_appointment"),
    *("community.view_consenttext", "community.add_consenttext"),
    *(f"community.{act}_{model}" for model in KEPT for act in ("view", "add", "change")),
    *(f"community.delete_{model}" for model in ("officehours", "routestep", "specialday")),
)
"""What the administrator may do with reference data; what history rests on is never deleted."""

RECORD_ACTS: Final = ("community.view_auditentry",)
CACHE: Final = "_office_rights"


@dataclass(frozen=True)
class Right:
    """One thing one may do, by the name Wagtail knows it by."""

    codename: str


@dataclass(frozen=True)
class Grant:
    """One right on one branch of the tree of pages, in the shape Wagtail's policies read."""

    page: Page
    permission: Right

    @property
    def page_id(self) -> int:
        return int(self.page.pk)


@dataclass(frozen=True)
class CollectionGrant:
    """One right on one collection and what lies below it."""

    collection: Collection
    permission: Right

    @property
    def collection_id(self) -> int:
        return int(self.collection.pk)


def pages_written_by(user: Any) -> list[AreaPage]:
    """Return the pages of the areas this person writes for, the widest first."""
    if not isinstance(user, Person) or not user.is_active:
        return []
    areas = areas_written_for(user, at=timezone.now())
    pages = AreaPage.objects.filter(area__in=areas).select_related("collection", "page_ptr")
    return list(pages.order_by("path"))


def people_who_write(pages: QuerySet[AreaPage] | None = None) -> QuerySet[Person]:
    """Return everyone who writes one of these pages now, or any page at all."""
    held = editors_appointments(at=timezone.now())
    if pages is not None:
        held = held.filter(area__page__in=pages)
    return Person.objects.filter(pk__in=held.values("person"))


class AppointmentPagePolicy(PagePermissionPolicy):
    """Rights on pages: on the page of the area somebody writes for, and all below it."""

    permission_cache_name = "_page_grants"

    def get_all_permissions_for_user(self, user: Any) -> list[Grant]:
        return [
            Grant(page.page_ptr, Right(f"{act}_page"))
            for page in pages_written_by(user)
            for act in PAGE_ACTS
        ]

    def explorable_instances(self, user: Any) -> Any:
        if not user.is_superuser and not pages_written_by(user):
            return Page.objects.none()
        return super().explorable_instances(user)

    def users_with_any_permission(self, actions: Any, include_superusers: bool = True) -> Any:  # noqa: FBT001, FBT002  # Wagtail's
        return people_who_write()

    def users_with_any_permission_for_instance(self, actions: Any, instance: Page) -> Any:
        above = AreaPage.objects.filter(
            path__in=[ancestor.path for ancestor in instance.get_ancestors(inclusive=True)]
        )
        return people_who_write(above)


class AppointmentCollectionLookup:
    """Rights on what lies in collections: in those of the areas somebody writes for."""

    permission_cache_name = "_collection_grants"

    def get_all_permissions_for_user(self, user: Any) -> list[CollectionGrant]:
        return [
            CollectionGrant(page.collection, Right(act))
            for page in pages_written_by(user)
            for act in MEDIA_ACTS
        ]

    def users_with_any_permission(self, actions: Any) -> Any:
        return people_who_write()

    def users_with_any_permission_for_instance(self, actions: Any, instance: Any) -> Any:
        return people_who_write()


class AppointmentMediaPolicy(AppointmentCollectionLookup, CollectionOwnershipPermissionPolicy):
    """Pictures and documents."""


class AppointmentCollectionPolicy(
    AppointmentCollectionLookup, CollectionManagementPermissionPolicy
):
    """Collections themselves follow the areas: nobody adds, renames or deletes them by hand."""

    def user_has_any_permission(self, user: Any, actions: Any) -> bool:
        return bool(user.is_active and user.is_superuser)


class AppointmentBackend(BaseBackend):
    """What `Person.has_perm` answers: who enters the back office, and who keeps which tables."""

    def get_user_permissions(self, user_obj: Any, obj: Any = None) -> set[str]:
        if not isinstance(user_obj, Person) or not user_obj.is_active or obj is not None:
            return set()
        rights: set[str] | None = getattr(user_obj, CACHE, None)
        if rights is None:
            rights = _rights(user_obj)
            setattr(user_obj, CACHE, rights)
        return rights


def _rights(person: Person) -> set[str]:
    now = timezone.now()
    rights: set[str] = set()
    if pages_written_by(person):
        rights.add(ENTRY)
    if is_administrator(person, at=now):
        rights.update((ENTRY, *ADMINISTERED))
    if reads_the_record(person, at=now):
        rights.update((ENTRY, *RECORD_ACTS))
    return rights


def register_policies() -> None:
    """Give Wagtail our policies; exactly ours, whatever its own apps register afterwards."""
    register_permission_policy(Page, AppointmentPagePolicy(Page))
    register_permission_policy(
        Collection, AppointmentCollectionPolicy(Collection), exact_class=True
    )
    for model in (get_image_model(), get_document_model()):
        policy = AppointmentMediaPolicy(model, owner_field_name="uploaded_by_user")
        register_permission_policy(model, policy, exact_class=True)
