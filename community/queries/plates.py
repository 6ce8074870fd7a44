"""What hangs where, what is printed, and what was revoked by whom."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import override

from community.models import Area, Household, Person, Plate, PlatePrint, PrintJob
from community.models.places import UNIT_KINDS, path_range
from community.models.plates import PlateQuerySet
from community.policies.households import STAFF_OF_THE_GRID
from community.sheets import A_SHEET, Face, Words

ROWS_MAX: Final = 50
AREAS_MAX: Final = 200
PATH: Final = "/d/{code}/"
"""Printed on plates that hang for years: this address may never change."""


@dataclass(frozen=True, kw_only=True)
class Counted:
    """How many plates hang in an area, and how many of them are not printed yet."""

    all: int
    new: int
    doors_without: int


def counted(area: Area) -> Counted:
    current = Plate.objects.current().within(area)
    return Counted(
        all=current.count(),
        new=current.unprinted().count(),
        doors_without=Household.objects.within(area)
        .exclude(plates__in=Plate.objects.current())
        .count(),
    )


def areas_served_by(person: Person, *, at: datetime) -> Sequence[Area]:
    """The areas whose plates somebody looks after, the largest first."""
    held = person.appointments.current(at=at).filter(office__in=STAFF_OF_THE_GRID)
    areas = Area.objects.filter(pk__in=held.values("area")).defer("boundary")
    return list(areas.order_by("path")[:AREAS_MAX])


def areas_in(area: Area) -> Sequence[Area]:
    inside = Area.objects.filter(parent=area).defer("boundary")
    return list(inside.order_by("code", "pk")[:AREAS_MAX])


def plates_of(area: Area) -> PlateQuerySet:
    """The plates that hang there now, in the order in which one walks the lane."""
    plates = Plate.objects.current().within(area)
    rows = plates.select_related("household__micro_grid", "micro_grid")
    rows = rows.defer("household__micro_grid__boundary", "micro_grid__boundary")
    return rows.order_by("household__micro_grid__path", "household__code", "label", "pk")


def replaced_lately(area: Area) -> Sequence[Plate]:
    """The plates revoked last, with who said that they are gone."""
    revoked = Plate.objects.within(area).exclude(revoked_at=None)
    rows = revoked.select_related("household", "revoked_by", "micro_grid")
    return list(rows.defer("micro_grid__boundary").order_by("-revoked_at", "-pk")[:10])


def history_of(plate: Plate) -> Sequence[Plate]:
    """Every plate that hung in this place, the newest first."""
    same = Plate.objects.filter(
        household=plate.household_id, micro_grid=plate.micro_grid_id, label=plate.label
    )
    rows = same.select_related("revoked_by", "issued_by")
    return list(rows.order_by("-issued_at", "-pk")[:ROWS_MAX])


def jobs_of(area: Area) -> Sequence[PrintJob]:
    rows = PrintJob.objects.within(area).select_related("asked_by", "area").defer("area__boundary")
    return list(rows.order_by("-asked_at", "-pk")[:10])


# --- Printing ----------------------------------------------------------------------------------


def topic_of(job_id: UUID) -> str:
    return f"print:{job_id}"


def standing(job: PrintJob) -> Mapping[str, Any]:
    return {"state": job.state, "done": job.done, "total": job.total}


def faces_of(job: PrintJob) -> Iterator[Face | None]:
    """The faces of a job's plates in their places; None where one was revoked meanwhile."""
    villages = _villages_around(job.area)
    places = PlatePrint.objects.filter(job=job).order_by("position")
    rows = places.values_list(
        "plate__code",
        "plate__label",
        "plate__revoked_at",
        "plate__household__micro_grid__path",
        "plate__micro_grid__path",
    )
    for code, label, revoked_at, home, thing in rows.iterator(chunk_size=2000):
        if revoked_at is not None:
            yield None
            continue
        path = home or thing
        village = next((villages[key] for key in path.split("/") if key in villages), "")
        address = job.origin.rstrip("/") + PATH.format(code=code)
        yield Face(code=code, address=address, village=village, label=label)


def words_of(job: PrintJob) -> Words:
    """What the plates say, in the language that the county is run in."""
    with override(settings.LANGUAGE_CODE):
        return Words(
            call=_("Scan to report it"),
            lines=(
                _("A dark lamp, a broken road, rubbish left behind:"),
                _("scan, choose, take a photo, and the village knows."),
                _("Nothing to install; see how far they are at any time."),
            ),
            by_hand=_("No camera? Open %(address)s and type this code.")
            % {"address": urlsplit(job.origin).netloc + "/scan"},
            foot=_("Cut along the marks · sheet %(sheet)d of %(sheets)d"),
        )


def _villages_around(area: Area) -> dict[str, str]:
    """The names of the villages that an area is in or holds, by the keys in a path."""
    low, high = path_range(area.path)
    units = Area.objects.filter(kind__in=UNIT_KINDS)
    found = units.filter(path__gte=low, path__lt=high) | units.filter(pk__in=area.ancestor_ids)
    return {str(pk): name for pk, name in found.values_list("pk", "name")}


@dataclass(frozen=True, kw_only=True)
class Hanging:
    """Where one plate of a job is on the sheets, and where it is to hang."""

    sheet: int
    place: int
    plate: Plate


def hanging(places: Sequence[PlatePrint]) -> list[Hanging]:
    return [
        Hanging(
            sheet=place.position // A_SHEET + 1,
            place=place.position % A_SHEET + 1,
            plate=place.plate,
        )
        for place in places
    ]


def places_of(job: PrintJob) -> QuerySet[PlatePrint]:
    rows = job.places.select_related("plate__household__micro_grid", "plate__micro_grid")
    rows = rows.defer("plate__household__micro_grid__boundary", "plate__micro_grid__boundary")
    return rows.order_by("position")
