"""The way to the desk of door plates."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from community.home import Drawer, register_drawer
from community.models import Person
from community.queries.plates import areas_served_by


def _looks_after_plates(person: Person | None, at: datetime) -> bool:
    return person is not None and bool(areas_served_by(person, at=at))


register_drawer(
    Drawer(
        key="plates",
        label=_("Door plates"),
        note=_("Print, replace, and see what was reported lost"),
        icon="qr",
        url_name="community:plates",
        order=55,
        is_for=_looks_after_plates,
    )
)
