"""Filing a report: once, however often the phone asks."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol
from uuid import UUID

from django.db import transaction

from community.models import Area, Category, Person, Photo, Report, Subcategory


class Placed(Protocol):
    """Where something is, and how that is known: what `locate` answers."""

    @property
    def area(self) -> Area: ...

    @property
    def evidence(self) -> str: ...

    @property
    def accuracy_m(self) -> int | None: ...


@transaction.atomic
def file_report(
    *,
    reporter: Person,
    client_id: UUID,
    category: Category,
    subcategory: Subcategory | None,
    title: str,
    body: str,
    placement: Placed,
    photos: Sequence[Photo],
    at: datetime,
    captions: Sequence[str] = (),
    point: tuple[float, float] | None = None,
    place_note: str = "",
    visibility: str = "",
    on_behalf_of: Person | None = None,
    hides_name: bool = False,
    about_level: str = "",
) -> Report:
    """File a report, send it to the office that answers for it, and start its clock.

    The same `client_id` from the same reporter gives the same report again. `point` is longitude
    and latitude (WGS-84); `captions` say what each photo shows; `about_level` names the level
    whose own staff the matter is about. A blank `visibility` is the category's.
    """
    raise NotImplementedError
