"""The demo's people, as the page of doors shows them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db.models import Prefetch
from django.utils.translation import gettext_lazy as _

from community.home import Text
from community.models import Appointment, Office, Person, Residence
from community.phones import DEMO_START

TRIES: Final[dict[str, Text]] = {
    Office.GRID_WORKER: _("Accept reports of the grid, handle them, send them on"),
    Office.GRID_LEADER: _("See what is late in the grid, and step in"),
    Office.TOWN_DISPATCHER: _("Take what comes up from the villages, and send it to a department"),
    Office.TOWN_HANDLER: _("Handle what the dispatcher sends, and answer with a photo"),
    Office.COUNTY_HANDLER: _("Handle what only the county may decide"),
    Office.MICRO_GRID_LEADER: _("Look after a dozen homes, and report for those without a phone"),
    Office.VILLAGE_COMMITTEE: _("Handle the village's own matters"),
    Office.VILLAGE_SECRETARY: _("See how the village's matters stand"),
    Office.VILLAGE_EDITOR: _("Publish notices and pages of the village"),
    Office.SUPERVISION_MEMBER: _("Check what is disclosed and decided"),
    Office.PRIVACY_OFFICER: _("Answer for personal data, and read the audit trail"),
    Office.SYSTEM_ADMIN: _("Run the platform: areas, offices, settings"),
    Office.SECURITY_AUDITOR: _("Read the audit trail"),
    Office.MEDIATOR: _("Take quarrels that both sides bring"),
    Office.TOWN_REVIEWER: _("Review village rules before they come into force"),
    Office.MODERATOR: _("Hide what must not be public, with a reason"),
    Office.LEGAL_ADVISER: _("Give an opinion on drafts"),
}
"""What somebody can try as the holder of an office."""

AS_RESIDENT: Final = _("Report something, follow it, and have the last word")
CHAIN: Final = (Office.GRID_WORKER, Office.TOWN_DISPATCHER, Office.TOWN_HANDLER)
BEST_FIRST: Final = tuple(TRIES)


@dataclass(frozen=True, kw_only=True)
class Door:
    """One person the demo can be entered as."""

    person: Person
    offices: tuple[str, ...]
    """What they hold, in words; empty for a resident."""

    best: str
    """The office that says most about what they can try, or nothing."""

    tries: Text
    is_elder: bool


@dataclass(frozen=True, kw_only=True)
class Doors:
    """One place's people."""

    place: str
    residents: tuple[Door, ...]
    staff: tuple[Door, ...]


def demo_people() -> list[Person]:
    """Return everybody with a demo number who may be entered."""
    people = Person.objects.filter(phone__gte=DEMO_START, phone__lt=f"{DEMO_START}~")
    return list(people.filter(is_active=True).select_related("lives_in").order_by("phone", "pk"))


def doors(*, at: datetime) -> list[Doors]:
    """Return the demo's people by place: first where most of them live."""
    people = Person.objects.filter(pk__in=[person.pk for person in demo_people()])
    offices = Appointment.objects.current(at=at).select_related("area__parent").order_by("pk")
    places: defaultdict[str, list[Door]] = defaultdict(list)
    for person in (
        people.select_related("lives_in")
        .prefetch_related(Prefetch("appointments", queryset=offices, to_attr="held"))
        .order_by("phone", "pk")
    ):
        held: list[Appointment] = person.held  # type: ignore[attr-defined]
        places[_place(person, held)].append(_door(person, held))
    return [
        Doors(
            place=place,
            residents=tuple(door for door in found if not door.offices),
            staff=tuple(door for door in found if door.offices),
        )
        for place, found in sorted(places.items(), key=lambda item: -len(item[1]))
    ]


def first_doors(places: list[Doors]) -> list[Door]:
    """Return whom to try first: a report goes through these hands."""
    everybody = [door for place in places for door in (*place.residents, *place.staff)]
    found = [next((d for d in everybody if not d.offices and not d.is_elder), None)]
    found += [next((d for d in everybody if d.best == office), None) for office in CHAIN]
    return [door for door in found if door]


def _place(person: Person, held: list[Appointment]) -> str:
    if person.lives_in:
        return person.lives_in.name
    if not held:
        return str(_("Guests of the county"))
    area = held[0].area
    return area.parent.name if area.parent and area.kind in ("grid", "micro_grid") else area.name


def _door(person: Person, held: list[Appointment]) -> Door:
    of_note = [office for office in held if office.office in TRIES]
    best = min(of_note, key=lambda office: BEST_FIRST.index(office.office), default=None)
    return Door(
        person=person,
        offices=tuple(
            dict.fromkeys(str(office.title or office.get_office_display()) for office in of_note)
        ),
        best=best.office if best else "",
        tries=TRIES[best.office] if best else AS_RESIDENT,
        is_elder=person.elder_mode and person.residence != Residence.STAFF_ONLY,
    )
