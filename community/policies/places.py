"""Who may change the area tree and its boundaries."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.utils.translation import gettext_lazy as _

from community.errors import Refusal
from community.models import Area, Office, Person
from community.models.places import LEVELS
from community.policies.registry import policy


class NotYourMap(Refusal):
    reason = _("Only a system administrator changes areas and boundaries.")


class KindDoesNotFit(Refusal):
    reason = _("%(kind)s cannot lie directly under %(parent)s.")


class WouldHoldItself(Refusal):
    reason = _("%(area)s cannot lie within itself.")


class CodeTaken(Refusal):
    reason = _("%(area)s already has the code %(code)s.")


MAP_KEEPERS: Final = (Office.SYSTEM_ADMIN,)


@policy("area.change", label=_("Add, rename, move an area or redraw its boundary"))
def objection_to_changing_areas(person: Person, area: Area, *, at: datetime) -> Refusal | None:
    if person.is_superuser or person.serves(area, at=at, offices=MAP_KEEPERS):
        return None
    return NotYourMap()


def objection_to_place_in_tree(kind: str, label: str, parent: Area) -> Refusal | None:
    """Say whether an area of that kind may lie directly under `parent`."""
    if LEVELS[kind] != parent.level + 1:
        return KindDoesNotFit(kind=label, parent=parent)
    return None
