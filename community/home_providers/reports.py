"""Reports on the home page: what waits, what was solved nearby, how much was done this month."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from django.core.cache import caches
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from community.components.deadlines import due_of, moment_of
from community.components.reports import icon_of
from community.home import (
    Drawer,
    Figure,
    FigureProvider,
    News,
    NewsProvider,
    Tab,
    Todo,
    TodoProvider,
    Waiting,
    register_drawer,
    register_figure,
    register_news,
    register_tab,
    register_todos,
    waiting_in,
)
from community.models import Area, Office, Person, Report
from community.queries.reports import Figures, figures_of
from community.workflow import OFFICE_LEVELS, Status

NEWS_DAYS: Final = 14
INBOX_OFFICES: Final = [office for office in OFFICE_LEVELS if office != Office.VOLUNTEER]


def tasks_waiting(person: Person, at: datetime) -> int:
    return Report.objects.tasks_of(person, at=at).to_be_handled().count()


def own_todos(person: Person, at: datetime, limit: int) -> Waiting:
    """What waits for the resident: their rating, or their answer."""
    waiting = (Status.DONE, Status.AWAITING_REPORTER)
    found = Report.objects.concerning(person, at=at).filter(status__in=waiting)
    return waiting_in(
        found.select_related("category").order_by("changed_at", "pk"),
        limit,
        shown_as=lambda report: _own_todo(report, at),
    )


def _own_todo(report: Report, at: datetime) -> Todo:
    if report.status == Status.AWAITING_REPORTER:
        return Todo(
            title=report.title,
            note=_("A question waits for your answer"),
            icon="edit",
            url=reverse("community:supplement", args=[report.number]),
            action=_("Answer"),
            due_at=report.expected_at,
        )
    until = report.rating_due_at
    moment = moment_of(until, at=at) if until else ""
    return Todo(
        title=report.title,
        note=_("Done; rate it until %(moment)s") % {"moment": moment},
        icon="s-done",
        url=reverse("community:rate_report", args=[report.number]),
        action=_("Rate it"),
        due_at=until,
    )


def task_todos(person: Person, at: datetime, limit: int) -> Waiting:
    """What is to be accepted or handled by an office of theirs, the most pressing first."""
    found = Report.objects.tasks_of(person, at=at).to_be_handled()
    return waiting_in(
        found.select_related("category", "area").order_by("due_at", "pk"),
        limit,
        shown_as=lambda report: _task_todo(report, at),
    )


def _task_todo(report: Report, at: datetime) -> Todo:
    return Todo(
        title=report.title,
        note="　".join(filter(None, (report.area.name, _due_words(report, at)))),
        icon="s-new" if report.status == Status.SUBMITTED else "s-doing",
        url=report.get_absolute_url(),
        action=_("Accept it") if report.status == Status.SUBMITTED else _("Handle it"),
        due_at=report.due_at,
    )


def _due_words(report: Report, at: datetime) -> str:
    due = due_of(report, at=at)
    return str(due.text) if due else ""


def solved_nearby(area: Area, person: Person | None, at: datetime, limit: int) -> list[News]:
    """What was reported in public in an area and solved there lately."""
    found = (
        Report.objects.public()
        .within(area)
        .filter(status__in=(Status.DONE, Status.RESOLVED))
        .filter(done_at__gte=at - timedelta(days=NEWS_DAYS), done_at__lte=at)
        .select_related("category", "area")
        .order_by("-done_at", "-pk")[:limit]
    )
    return [
        News(
            title=_("Done: %(title)s") % {"title": report.public_title},
            note=f"{report.category}　{report.area.name}",
            icon=icon_of(report),
            url=report.get_absolute_url(),
            at=report.done_at or report.changed_at,
            tone="leaf",
        )
        for report in found
    ]


def done_this_month(area: Area, at: datetime) -> Figure | None:
    """How many of this month's reports came to an end, with the bad beside the good.

    Counted once a minute for everybody: it is the dearest question of the page.
    """
    since = timezone.localtime(at).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    figures: Figures | None = caches["minute"].get_or_set(
        f"figures:{area.pk}:{since:%Y-%m}", lambda: figures_of(area, since=since, at=at)
    )
    if figures is None or not figures.received:
        return None
    facts = {"over": figures.over, "received": figures.received}
    return Figure(
        title=_("Reports this month"),
        count=figures.over,
        total=figures.received,
        out_of=_("came to an end, of %(received)d received") % facts,
        sentence=_("%(over)d of %(received)d reports came to an end this month") % facts,
        word=_("at an end"),
        notes=_notes(figures),
        url=reverse("community:reports"),
    )


def _notes(figures: Figures) -> list[str]:
    notes = [
        ngettext("%(n)d overdue", "%(n)d overdue", figures.overdue) % {"n": figures.overdue},
        ngettext("%(n)d handled again", "%(n)d handled again", figures.reopened)
        % {"n": figures.reopened},
    ]
    if figures.average is not None:
        facts = {
            "average": number_format(figures.average, 1),
            "rated": figures.rated,
            "asked": figures.asked,
        }
        notes.append(_("rated %(average)s of 5 on average (%(rated)d of %(asked)d)") % facts)
    return notes


register_tab(
    Tab(
        key="inbox",
        label=gettext_lazy("Inbox"),
        icon="inbox",
        url_name="community:inbox",
        order=15,
        offices=INBOX_OFFICES,
        badge=tasks_waiting,
        todos="report_tasks",
    )
)
register_tab(
    Tab(
        key="reports",
        label=gettext_lazy("Reports"),
        icon="report",
        url_name="community:reports",
        order=20,
    )
)
register_drawer(
    Drawer(
        key="my_reports",
        label=gettext_lazy("What I have reported"),
        note=gettext_lazy("How far each of them is"),
        icon="report",
        url_name="community:my_reports",
        order=20,
    )
)
register_todos(TodoProvider(key="own_reports", find=own_todos))
register_todos(TodoProvider(key="report_tasks", find=task_todos))
register_news(NewsProvider(key="reports", rows=solved_nearby))
register_figure(FigureProvider(key="reports", figure=done_this_month))
