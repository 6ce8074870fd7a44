"""What every page costs, with one row of each kind and with fifty, for a guest and for two persons.

Both are as busy as people get: unread messages, something to rate, claims and reports that wait.
What is remembered for a minute is asked anew for every page. What is only written down now and
then is not counted: that somebody was here (once a minute), that an office looked (once an hour).
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from uuid import uuid4

import pytest
from allauth.usersessions.models import UserSession
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cms.models import Audience, NoticePage
from community.models import (
    ConsentText,
    Kind,
    Notification,
    Office,
    Person,
    Purpose,
    Report,
)
from community.services import reports
from community.services.consent import give_consent, withdraw_consent
from tests.factories.cms import a_notice, page_of
from tests.factories.community import (
    AppointmentFactory,
    AreaFactory,
    HouseholdClaimFactory,
    HouseholdFactory,
    MembershipFactory,
)
from tests.factories.reports import PhotoFactory, Staffed, file, staffed_county

BUDGET = 12
HOUR = 60 * 60
BACKEND = "django.contrib.auth.backends.ModelBackend"


@dataclass(frozen=True, kw_only=True)
class Village:
    """A village with `rows` of everything, and the two who look at it."""

    place: Staffed
    resident: Person
    open_report: Report
    done_report: Report
    notice: NoticePage
    claim_id: int

    @property
    def worker(self) -> Person:
        return self.place.worker

    @property
    def public_pages(self) -> list[str]:
        line = self.place.line
        return [
            "/",
            "/reports/",
            *(report.get_absolute_url() for report in (self.open_report, self.done_report)),
            *(page_of(area).get_url() for area in (line.county, line.town, line.village)),
            self.notice.get_url(),
            f"/notices/{line.village.code}/",
            "/places/",
            f"/places/{line.grid.pk}/",
            "/here/",
        ]

    @property
    def own_pages(self) -> list[str]:
        return [
            "/notifications/",
            "/me/",
            "/me/account/",
            "/me/consents/",
            "/me/preferences/",
            "/reports/mine/",
            "/household/",
            "/accounts/sessions/",
        ]

    @property
    def office_pages(self) -> list[str]:
        chips = [f"/inbox/?show={show}" for show in ("mine", "soon", "waiting", "over")]
        return ["/inbox/", *chips, "/claims/", f"/claims/{self.claim_id}/"]


def a_village(rows: int) -> Village:
    place, now = staffed_county(), timezone.now()
    line = place.line
    home = HouseholdFactory(micro_grid=line.micro_grid)
    resident = MembershipFactory(household=home).person
    MembershipFactory(household=HouseholdFactory(micro_grid=line.micro_grid), person=place.worker)
    for number in range(rows):
        open_report = file(place, at=now, reporter=resident)
        done_report = _done(file(place, at=now, reporter=resident), place, now)
        file(place, at=now, reporter=place.worker)
        a_notice(line.village, starts_at=now, audience=Audience.RESIDENTS)
        notice = a_notice(line.grid, starts_at=now)
        household = HouseholdFactory(micro_grid=line.micro_grid)
        claim = HouseholdClaimFactory(household=household, claimed_at=now)
        MembershipFactory(household=home)
        AreaFactory(kind=Kind.MICRO_GRID, parent=line.grid)
        AreaFactory(kind=Kind.VILLAGE, parent=line.town)
        AppointmentFactory(area=line.village, office=Office.VILLAGE_COMMITTEE)
        for person in (resident, place.worker):
            _use(person, number, now)
    return Village(
        place=place,
        resident=resident,
        open_report=_talked_about(open_report, place, now, times=rows),
        done_report=done_report,
        notice=notice,
        claim_id=claim.pk,
    )


def _done(report: Report, place: Staffed, now: datetime) -> Report:
    """Have it handled, with a photo of what was done."""
    for act in (reports.accept, reports.take_on):
        report = act(report=report, by=place.worker, at=now)
    photo = PhotoFactory(uploader=place.worker)
    return reports.finish(
        report=report, by=place.worker, text="A new bulb is in.", photos=[photo], at=now
    )


def _talked_about(report: Report, place: Staffed, now: datetime, *, times: int) -> Report:
    """Have it accepted, and asked and answered about again and again."""
    report = reports.accept(report=report, by=place.worker, at=now)
    for _each in range(times):
        report = reports.ask_reporter(report=report, by=place.worker, text="Which lamp?", at=now)
        report = reports.supplement(
            report=report, by=report.reporter, text="The one at the jetty, on the left.", at=now
        )
    return report


def _use(person: Person, number: int, now: datetime) -> None:
    """Sign in on one more phone, be told one more thing, and change one's mind once more."""
    phone = Client()
    phone.force_login(person, BACKEND)
    UserSession.objects.create(
        user=person, ip="127.0.0.1", session_key=phone.session.session_key, user_agent="A phone"
    )
    Notification.objects.create(
        person=person,
        kind="cms.notice",
        event_id=uuid4(),
        group=f"thing:{number}",
        path="/",
        created_at=now,
    )
    text = ConsentText.objects.in_force(at=now).get(purpose=Purpose.SMS)
    give_consent(person=person, text=text, by=person, at=now)
    withdraw_consent(person=person, purpose=Purpose.SMS, by=person, at=now)


def device_of(person: Person | None) -> Client:
    """Return a phone; of somebody in office, one with the second factor just shown."""
    phone = Client()
    if person is not None:
        phone.force_login(person, BACKEND)
        session = phone.session
        session["seen_at"] = time.time() + HOUR
        session["account_authentication_methods"] = [{"method": "mfa", "at": time.time()}]
        session["account_authentication_methods_user"] = str(person.pk)
        session.save()
    return phone


def cost_of(device: Client, page: str) -> tuple[int, list[str]]:
    device.get(page)
    caches["minute"].clear()
    with CaptureQueriesContext(connection) as asked:
        answer = device.get(page)
    assert answer.status_code == HTTPStatus.OK, (page, answer.status_code)
    return len(asked), [query["sql"][:160] for query in asked]


@pytest.mark.django_db
@pytest.mark.parametrize("rows", [1, 50])
def test_every_page_costs_twelve_queries_at_most(rows):
    village = a_village(rows)
    looks = {
        "guest": (None, village.public_pages),
        "resident": (village.resident, village.public_pages + village.own_pages),
        "grid worker": (
            village.worker,
            village.public_pages + village.own_pages + village.office_pages,
        ),
    }

    dear = []
    for persona, (person, pages) in looks.items():
        device = device_of(person)
        for page in pages:
            cost, asked = cost_of(device, page)
            if cost > BUDGET:
                dear.append("\n  ".join([f"{page} as {persona}: {cost}", *asked]))

    assert not dear, "\n".join(dear)
