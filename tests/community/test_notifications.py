"""Telling people what happened."""

from __future__ import annotations

import pytest
from django.utils.translation import gettext_lazy as _

from community.kinds import KINDS, Kind, kind_of, register_kind, words
from community.models import EventRecord, Notification, Person
from community.services.notifications import notify
from tests.community.test_publishing import run_at_once
from tests.times import on_monday

pytestmark = pytest.mark.django_db


@pytest.fixture
def lamp_fixed(monkeypatch) -> Kind:
    kind = Kind(
        key="test.lamp_fixed", icon="s-done", tone="warm", title=_("Fixed: %(title)s"), text="…"
    )
    monkeypatch.setitem(KINDS, kind.key, kind)
    return kind


@pytest.fixture
def resident() -> Person:
    return Person.objects.create(phone="+8613800000001", display_name="禾生")


@pytest.fixture
def neighbour() -> Person:
    return Person.objects.create(phone="+8613800000002", display_name="采菱")


def event(name: str = "test.happened") -> EventRecord:
    return EventRecord.objects.create(
        name=name, at=on_monday("09:00"), next_attempt_at=on_monday("09:01")
    )


def tell(*persons, kind="test.lamp_fixed", about="report:7", happened=None, clock="09:00"):
    notify(
        persons=[person.pk for person in persons],
        kind=kind,
        event=happened or event(),
        group=about,
        path="/reports/7/",
        facts={"title": "路灯"},
        at=on_monday(clock),
    )


class TestNotifying:
    def test_tells_everybody_once(self, lamp_fixed, resident, neighbour):
        tell(resident, neighbour, resident)

        assert Notification.objects.count() == 2

    def test_changes_nothing_when_the_event_is_delivered_again(self, lamp_fixed, resident):
        happened = event()
        tell(resident, happened=happened)
        Notification.objects.update(read_at=on_monday("10:00"))

        tell(resident, happened=happened, clock="11:00")

        notification = Notification.objects.get()
        assert notification.read_at == on_monday("10:00")
        assert notification.created_at == on_monday("09:00")

    def test_reaches_those_who_were_left_out_the_first_time(self, lamp_fixed, resident, neighbour):
        happened = event()
        tell(resident, happened=happened)

        tell(resident, neighbour, happened=happened)

        assert Notification.objects.filter(person=neighbour).count() == 1

    def test_of_nobody_is_nothing(self, lamp_fixed):
        tell()

        assert not Notification.objects.exists()

    def test_needs_a_kind_that_has_words(self, resident):
        with pytest.raises(AssertionError, match="register_kind"):
            tell(resident, kind="test.unheard_of")


class TestAKind:
    def test_has_words_in_the_language_of_the_reader(self, lamp_fixed):
        assert words(lamp_fixed.title, {"title": "路灯"}) == "Fixed: 路灯"

    def test_leaves_out_a_fact_that_is_lacking(self, lamp_fixed):
        assert words(lamp_fixed.title, {}) == "Fixed: "

    def test_has_words_even_when_it_is_gone(self):
        assert words(kind_of("points.long_gone").title, {}) == "There is something new."

    def test_is_registered_once(self, lamp_fixed):
        with pytest.raises(AssertionError, match="two kinds"):
            register_kind(lamp_fixed)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
class TestNotifyingAtOnce:
    def test_tells_everybody_once(self, lamp_fixed, resident, neighbour):
        happened = event()

        faults = run_at_once(*[lambda: tell(resident, neighbour, happened=happened)] * 4)

        assert faults == []
        assert Notification.objects.count() == 2
