"""Attachments: a file is read by those who may read a page that carries it."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.utils import timezone
from wagtail import hooks
from wagtail.models import ReferenceIndex
from wagtail.permissions import policy_registry

from cms.models import NoticePage, PlainPage
from community.auth import guest_or_person


@hooks.register("before_serve_document")
def serve_with_its_page(document: Any, request: HttpRequest) -> None:
    """Refuse a file whose pages this reader may not read; addresses of files can be guessed."""
    person, now = guest_or_person(request), timezone.now()
    carriers = ReferenceIndex.get_references_to(document).values_list("object_id", flat=True)
    keys = [int(key) for key in carriers]
    if NoticePage.objects.filter(pk__in=keys).shown(person=person, at=now).exists():
        return
    if PlainPage.objects.live().filter(pk__in=keys).exists():
        return
    policy = policy_registry.get(document)
    if person is None or not policy.user_has_permission_for_instance(person, "choose", document):
        raise PermissionDenied
