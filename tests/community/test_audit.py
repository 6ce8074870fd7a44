"""Writing down what office holders do."""

from __future__ import annotations

import pytest
from django.db import transaction

from community.audit import record
from community.models import Area, AuditEntry, Person
from tests.times import on_monday

pytestmark = pytest.mark.django_db


@pytest.fixture
def grid_worker() -> Person:
    return Person.objects.create(phone="+8613800000001", display_name="静安")


@pytest.fixture
def county() -> Area:
    return Area.objects.create(kind="county", code="330400", name="清禾县", path="1/")


class TestARecordedAct:
    def test_says_who_did_what_to_what_where_when_and_why(self, grid_worker, county):
        entry = record(
            actor=grid_worker,
            act="area.rename",
            subject=county,
            at=on_monday("09:00"),
            area=county,
            office="grid_worker",
            reason="改名",
            former="清和县",
        )

        entry.refresh_from_db()
        assert entry.actor_id == grid_worker.pk
        assert entry.act == "area.rename"
        assert (entry.subject_type, entry.subject_id) == ("community.area", str(county.pk))
        assert entry.area_id == county.pk
        assert entry.at == on_monday("09:00")
        assert entry.reason == "改名"
        assert entry.facts == {"former": "清和县"}

    def test_may_be_the_clock_s(self, county):
        entry = record(actor=None, act="audit.purge", subject=county, at=on_monday("03:00"))

        assert entry.actor_id is None

    def test_is_undone_with_the_act(self, grid_worker, county):
        with transaction.atomic():
            record(actor=grid_worker, act="area.rename", subject=county, at=on_monday("09:00"))
            transaction.set_rollback(True)

        assert not AuditEntry.objects.exists()


@pytest.mark.django_db(transaction=True)
class TestAnActOutsideATransaction:
    def test_is_not_recorded(self, grid_worker):
        with pytest.raises(AssertionError, match="one"):
            record(actor=None, act="area.rename", subject=grid_worker, at=on_monday("09:00"))
