"""New plates that wait to be printed, and the way to the desk."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from community.home import (
    Drawer,
    Todo,
    TodoProvider,
    Waiting,
    register_drawer,
    register_todos,
    waiting_in,
)
from community.models import Person, Plate
from community.queries.plates import areas_served_by, waiting_for_print


def plates(person: Person, at: datetime, limit: int) -> Waiting:
    waiting = waiting_for_print(person, at=at)
    return waiting_in(waiting.order_by("issued_at", "pk"), limit, shown_as=_plate)


def _plate(plate: Plate) -> Todo:
    return Todo(
        title=_("A plate in your grid was replaced"),
        note=_("The new one, %(code)s, waits to be printed and hung.") % {"code": plate.code},
        icon="qr",
        url=reverse("community:plate", args=[plate.pk]),
        action=_("Have a look"),
    )


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
register_todos(TodoProvider(key="plates", find=plates))
