"""Fill a county for a load: the demo, then as many reports as asked for, and who drives it.

Usage: python -m bench.seed REPORTS DRAFTS FILE

Some reports are led through life by the services people use; the rest are copies of these, spread
over two years. What the driver needs (addresses, sessions, drafts) is written to FILE as JSON.
"""

from __future__ import annotations

import json
import os
import sys
import uuid
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.settings")
django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.utils import timezone  # noqa: E402

from community.models import (  # noqa: E402
    Area,
    Category,
    Draft,
    Evidence,
    Office,
    Person,
    Report,
    Routing,
    Step,
)
from community.queries.places import Placement  # noqa: E402
from community.services import reports  # noqa: E402
from community.workflow import Status  # noqa: E402
from tests.support.keys import enter  # noqa: E402

DAYS = 700
RESIDENTS = 60
PHOTOLESS = ("C12", "C09", "C06")


def seed(*, number: int, drafts: int) -> dict[str, Any]:
    call_command("migrate", verbosity=0)
    call_command("load_demo", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    now = timezone.now()
    residents = [register(n) for n in range(RESIDENTS)]
    originals = list(live_through(residents, now))
    copies(originals, number - len(originals), now)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    worker = Person.objects.filter(appointments__office=Office.GRID_WORKER).order_by("pk").first()
    assert worker is not None
    public = Report.objects.public().order_by("-filed_at", "-pk")
    return {
        "reports": Report.objects.count(),
        "resident": session_of(residents[0]),
        "worker": session_of(worker),
        "numbers": list(public.values_list("number", flat=True)[:500]),
        "drafts": [draft_of(residents[n % RESIDENTS], n, now) for n in range(drafts)],
    }


def register(number: int) -> Person:
    return Person.objects.create(
        phone=f"+861005550{number:04d}",
        display_name=f"居民{number}",
        phone_verified_at=timezone.now(),
    )


def micro_grids() -> list[Area]:
    return list(Area.objects.filter(kind="micro_grid").order_by("pk"))


def live_through(residents: list[Person], now: datetime) -> Iterator[Report]:
    """File one report a micro-grid and category; most are handled, and half of those rated."""
    turn = 0
    for area in micro_grids():
        placement = Placement(area=area, evidence=Evidence.CHOSEN, accuracy_m=None)
        for category in Category.objects.filter(code__in=PHOTOLESS).order_by("pk"):
            turn += 1
            at = now - timedelta(days=2)
            report = reports.file_report(
                reporter=residents[turn % RESIDENTS],
                client_id=uuid.uuid4(),
                category=category,
                subcategory=category.subcategories.order_by("pk").first(),
                title=f"{category.name}的一件事，在{area.name}",
                body="路过时看到的，请看一下。",
                placement=placement,
                photos=[],
                at=at,
                visibility="public",
            )
            if turn % 10:
                handle(report, at)
            report.refresh_from_db()
            yield report


def handle(report: Report, at: datetime) -> None:
    held = report.owner_area.appointments.filter(office=report.owner_office).select_related(
        "person"
    )
    holder = held.order_by("pk").first()
    if holder is None:
        return
    report = reports.accept(report=report, by=holder.person, at=at + timedelta(minutes=30))
    reports.take_on(report=report, by=holder.person, at=at + timedelta(minutes=40))


def copies(originals: list[Report], number: int, now: datetime) -> None:
    """Copy reports with their history, each some days earlier than the one it copies."""
    steps = {
        report.pk: list(report.steps.order_by("number").select_related("routing"))
        for report in originals
    }
    made = list(range(max(0, number)))
    for start in range(0, len(made), 1000):
        pairs = [
            (original, copy_of(original, n, now))
            for n in made[start : start + 1000]
            for original in [originals[n % len(originals)]]
        ]
        Report.objects.bulk_create([copy for _, copy in pairs])
        new_steps, new_routings = [], []
        for original, copy in pairs:
            for step in steps[original.pk]:
                new = Step(**{**values(step), "report_id": copy.pk, "at": shifted(step.at, copy)})
                new_steps.append(new)
                if hasattr(step, "routing"):
                    facts = {**values(step.routing), "report_id": copy.pk, "at": new.at}
                    new_routings.append((facts, new))
        Step.objects.bulk_create(new_steps)
        Routing.objects.bulk_create(
            Routing(**{**facts, "step_id": step.pk}) for facts, step in new_routings
        )


def copy_of(original: Report, number: int, now: datetime) -> Report:
    days = 1 + number * (DAYS - 1) // 10_000 % DAYS
    copy = Report(**values(original))
    copy.client_id = uuid.uuid4()
    copy.bench_days = days  # type: ignore[attr-defined]
    for field in Report._meta.get_fields():
        if field.get_internal_type() == "DateTimeField" and (at := getattr(copy, field.name)):
            setattr(copy, field.name, at - timedelta(days=days))
    copy.number = f"R-{copy.filed_at:%Y%m}-{50_000 + number}"
    if number % 100:  # nearly all are over, as in a real county
        copy.status, copy.done_at = Status.RESOLVED, copy.filed_at + timedelta(hours=20)
        copy.over_at = copy.changed_at = copy.filed_at + timedelta(hours=30)
        copy.due_at = copy.yellow_at = copy.orange_at = copy.escalate_at = None
    return copy


def shifted(at: datetime, copy: Report) -> datetime:
    return at - timedelta(days=copy.bench_days)  # type: ignore[attr-defined]


def values(row: Any) -> dict[str, Any]:
    """Return a row's own values, by attribute, without its key."""
    fields = (field for field in row._meta.concrete_fields if not field.primary_key)
    return {field.attname: getattr(row, field.attname) for field in fields}


def draft_of(person: Person, number: int, now: datetime) -> dict[str, str]:
    areas = micro_grids()
    category = Category.objects.get(code=PHOTOLESS[number % len(PHOTOLESS)])
    draft = Draft.objects.create(
        person=person,
        created_at=now,
        changed_at=now,
        category=category,
        subcategory=category.subcategories.order_by("pk").first(),
        body=f"第 {number} 件，路过时看到的。",
        area=areas[number % len(areas)],
        evidence=Evidence.CHOSEN,
    )
    return {"id": str(draft.pk), "session": session_of(person)}


SESSIONS: dict[int, str] = {}


def session_of(person: Person) -> str:
    """Return the key of a session as sign-in leaves it, the second key of an office shown."""
    if person.pk not in SESSIONS:
        client = enter(Client(), person)
        SESSIONS[person.pk] = client.session.session_key
    return SESSIONS[person.pk]


if __name__ == "__main__":
    facts = seed(number=int(sys.argv[1]), drafts=int(sys.argv[2]))
    Path(sys.argv[3]).write_text(json.dumps(facts), encoding="utf-8")
