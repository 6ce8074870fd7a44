"""The demo county's reports, replayed in the order of life through the services people use."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final

from django.db import transaction
from django.utils import timezone

from community.demo.context import areas, data, people
from community.demo.drawings import draw
from community.models import (
    Appointment,
    Area,
    Category,
    Evidence,
    Office,
    Person,
    Photo,
    Report,
    Subcategory,
    current_calendar,
)
from community.policies.reports import capacities
from community.queries.places import Placement
from community.queries.routing import departments_for, places_to_dispatch_to
from community.services import reports
from community.services.categories import load_categories
from community.services.photos import keep_photo
from community.workflow import Level, Status

NAMESPACE: Final = uuid.UUID("6f6e6c79-2064-656d-6f00-000000000000")
ANSWERS: Final = {
    "R-202603-0001": ("换了灯泡和时控开关，请您晚上再看看。", "埠头的灯亮了"),
    "R-202603-0002": ("换了防盗井盖，已压实，锥桶撤走。", "放平的井盖"),
    "R-202603-0003": ("保洁船来捞过，明天再巡一遍。", "石桥下清干净的水面"),
    "R-202603-0004": ("线已拆，车推到集中充电棚，和园区约了夜查。", "拆了线的窗口"),
    "R-202603-0008": ("已帮您登记适老化改造，扶手装好了。", ""),
    "R-202603-0009": ("维修费明细已补到公开栏和平台。", ""),
    "R-202603-0010": ("主意好，已转成提案，假期前开班。", ""),
    "R-202603-0013": ("和唱歌的几位约好九点半收场，贴了牌子。", ""),
}
"""What was answered to the samples that only say that they were solved."""

DUSK, DAWN = 18, 6


@dataclass
class Replay:
    """What is looked up again and again while the samples are replayed."""

    at: datetime
    day: datetime
    placed: dict[str, Area] = field(default_factory=areas)
    who: dict[str, Person] = field(default_factory=people)
    filed: dict[str, Report] = field(default_factory=dict)

    def moment(self, row: dict[str, Any]) -> datetime:
        if "ago" in row:
            return self.at - timedelta(minutes=row["ago"])
        hour, minute = map(int, row["time"].split(":"))
        day = self.day + timedelta(days=row["day"])
        return day.replace(hour=hour, minute=minute)

    def photos(
        self, person: Person, shown: list[str], at: datetime, *, is_after: bool
    ) -> list[Photo]:
        is_night = not DAWN <= timezone.localtime(at).hour < DUSK
        return [
            keep_photo(
                uploader=person,
                file=draw(words, is_night=is_night, is_after=is_after),
                at=at,
            )
            for words in shown
        ]


def load(at: datetime) -> dict[str, Report]:
    """Load the categories, then the sample reports; a county that has reports is left alone."""
    load_categories(table=data("report_categories.yaml"))
    if Report.objects.exists():
        return {}
    midnight = timezone.localtime(at).replace(hour=0, minute=0, second=0, microsecond=0)
    replay = Replay(at=at, day=midnight)
    rows = [*data("samples.yaml")["reports"], *data("reports_today.yaml")["reports"]]
    moments = sorted(
        (act for row in rows for act in _acts(replay, row)),
        key=lambda act: act[0],
    )
    for moment, row, act in moments:
        if moment > at:
            continue
        with transaction.atomic():
            _replay(replay, row, act, moment)
    return replay.filed


Acts = Iterator[tuple[datetime, dict[str, Any], dict[str, Any]]]


def _acts(replay: Replay, row: dict[str, Any]) -> Acts:
    """Return everything that happened to one sample, each with its moment."""
    filed_at = replay.moment(row)
    yield filed_at, row, {"to": "submitted"}
    for event in row.get("events", ()):
        yield replay.moment(event), row, event
    if "events" not in row:
        yield from _usual_acts(row, filed_at)


def _usual_acts(row: dict[str, Any], filed_at: datetime) -> Acts:
    """How a report usually goes that only says when it was closed, and at which level."""
    hours = timedelta(hours=row["hours_to_close"])
    text, shown = ANSWERS[row["code"]]
    at_work = current_calendar().add(filed_at, minutes=6).at
    accepted_at = at_work if at_work < filed_at + hours / 2 else filed_at + hours / 10
    steps: list[dict[str, Any]] = [{"to": "accepted"}]
    if row["handled_at"] != _first_level(row):
        steps.append({"to": "dispatched", "level": row["handled_at"], "text": "按事项清单派办"})
    steps.append({"to": "handling"})
    for number, step in enumerate(steps):
        yield accepted_at + number * timedelta(minutes=4), row, step
    done = {"to": "done", "text": text, "photos": [shown] if shown else []}
    yield filed_at + hours, row, done
    yield filed_at + hours + timedelta(hours=3), row, {"to": "rated", "stars": row["rating"]}


def _first_level(row: dict[str, Any]) -> str:
    """Return where a category starts; at a town's desk everything still has to be sent on."""
    categories = data("report_categories.yaml")["categories"]
    route = next(c["route"] for c in categories if c["code"] == row["category"])
    level = str(route[0]["level"])
    return level if level in ("grid", "village") else ""


def _replay(replay: Replay, row: dict[str, Any], act: dict[str, Any], at: datetime) -> None:
    if act.get("to") == "submitted":
        replay.filed[row["code"]] = _file(replay, row, at)
        return
    report = Report.objects.get(pk=replay.filed[row["code"]].pk)
    target = act.get("event") or act["to"]
    by = replay.who[act["by"]] if "by" in act else _somebody(report, target, at=at)
    SERVICES[target](Doing(replay=replay, row=row, act=act, report=report, by=by, at=at))


def _file(replay: Replay, row: dict[str, Any], at: datetime) -> Report:
    category = Category.objects.get(code=row["category"])
    reporter = replay.who[row["by"]]
    shown = row.get("photos", [])
    lng, lat = row["location"]
    return reports.file_report(
        reporter=reporter,
        on_behalf_of=replay.who[row["on_behalf_of"]] if "on_behalf_of" in row else None,
        client_id=uuid.uuid5(NAMESPACE, row["code"]),
        category=category,
        subcategory=Subcategory.objects.get(category=category, name=row["sub"]),
        title=row["title"],
        body=row["body"],
        placement=Placement(
            area=replay.placed[row["micro_grid"]], evidence=Evidence.POLYGON, accuracy_m=12
        ),
        point=(lng, lat),
        photos=replay.photos(reporter, shown, at, is_after=False),
        captions=shown,
        visibility=row["visibility"],
        at=at,
    )


@dataclass(frozen=True, kw_only=True)
class Doing:
    """One act of the replay, with everything that a service may want to know."""

    replay: Replay
    row: dict[str, Any]
    act: dict[str, Any]
    report: Report
    by: Person
    at: datetime

    @property
    def text(self) -> str:
        return str(self.act.get("text", ""))

    @property
    def who(self) -> dict[str, Any]:
        return {"report": self.report, "by": self.by, "at": self.at}


def _dispatch(doing: Doing) -> None:
    offices = capacities(doing.by, doing.report, at=doing.at)
    places = places_to_dispatch_to(doing.report, offices=offices, at=doing.at)
    department = doing.act.get("department") or _department(doing)
    level = doing.act.get("level") or (Level.VILLAGE if not department else "")
    to = next(
        place
        for place in places
        if (place.department == department if department else place.level == level)
        and place.office != Office.MEDIATOR
    )
    reports.dispatch(to=to, text=doing.text, **doing.who)


def _department(doing: Doing) -> str:
    """Return the department that the category's route names for a level that has some."""
    level = doing.act.get("level", "")
    has_departments = level in (Level.TOWN, Level.COUNTY)
    return departments_for(doing.report).get(Level(level), "") if has_departments else ""


def _finish(doing: Doing) -> None:
    shown = doing.act.get("photos", [])
    photos = doing.replay.photos(doing.by, shown, doing.at, is_after=True)
    reports.finish(text=doing.text, photos=photos, captions=shown, **doing.who)


def _hold(doing: Doing) -> None:
    day = doing.replay.day + timedelta(days=doing.row["expect_day"])
    request = reports.ask_for_approval(
        target=Status.SUSPENDED,
        text=doing.text,
        expected_at=max(day.replace(hour=17, minute=30), doing.at + timedelta(days=1)),
        **doing.who,
    )
    _approve(doing, request)


def _return(doing: Doing) -> None:
    request = reports.ask_for_approval(target=Status.ACCEPTED, text=doing.text, **doing.who)
    _approve(doing, request)


def _approve(doing: Doing, request: Any) -> None:
    approver = doing.replay.who[doing.act["approved_by"]]
    reports.decide(request=request, by=approver, is_approved=True, at=doing.at)


def _merge(doing: Doing) -> None:
    into = doing.replay.filed[doing.row["merged_into"]]
    reports.merge(into=into, text=doing.text, **doing.who)


SERVICES: Final[dict[str, Callable[[Doing], object]]] = {
    "accepted": lambda doing: reports.accept(text=doing.text, **doing.who),
    "dispatched": _dispatch,
    "handling": lambda doing: reports.take_on(text=doing.text, **doing.who),
    "awaiting_reporter": lambda doing: reports.ask_reporter(text=doing.text, **doing.who),
    "done": _finish,
    "rated": lambda doing: reports.rate(stars=doing.act["stars"], **doing.who),
    "reopened": lambda doing: reports.say_not_solved(text=doing.text, **doing.who),
    "escalated": lambda doing: reports.escalate(text=doing.text, **doing.who),
    "returned": _return,
    "suspended": _hold,
    "duplicate": _merge,
}


def _somebody(report: Report, target: str, *, at: datetime) -> Person:
    """Return who would do it: the resident rates, the desk or leader sends on, the owner works."""
    if target == "rated":
        return report.reporter
    offices: tuple[str, ...] = (report.owner_office,)
    if target == "dispatched":
        offices = (Office.TOWN_DISPATCHER,)
    chosen = (
        Appointment.objects.current(at=at)
        .over(report.area)
        .filter(office__in=offices)
        .select_related("person")
        .order_by("pk")
    )
    if report.owner_department and target != "dispatched":
        chosen = chosen.filter(department=report.owner_department)
    found: Person = chosen[0].person
    return found
