"""Recording events, and delivering them at least once."""

from __future__ import annotations

import threading
from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from kombu.exceptions import OperationalError as BrokerDown

from community import publishing
from community.models import AuditEntry, EventRecord
from community.publishing import (
    ATTEMPTS_MAX,
    GRACE,
    SUBSCRIBERS,
    DomainEvent,
    EventGivenUp,
    deliver_event,
    publish,
    subscribe,
    wait_after,
)
from community.tasks.events import BATCH, redeliver_events
from tests.times import on_monday

pytestmark = pytest.mark.django_db


@dataclass(frozen=True, kw_only=True)
class BellRung(DomainEvent):
    """Somebody rang the bell at the temple; only the suite hears it."""

    name = "test.bell_rung"
    label = "The bell was rung"
    version = 2

    times: int
    tower: str | None = None


def write(record: EventRecord) -> None:
    """A subscriber that writes a row each time, as no real one may: so doubles can be counted."""
    AuditEntry.objects.create(
        at=record.at, act="test.rung", subject_type="event", subject_id=str(record.pk)
    )


def test_a_subscriber_is_not_taken_for_another_of_the_same_name():
    first, second = Faulty(), Faulty()
    for each in (first, second):
        each.__qualname__ = "the same"
    subscribe(BellRung.name)(first)

    with pytest.raises(AssertionError, match="taken for another"):
        subscribe(BellRung.name)(second)

    SUBSCRIBERS[BellRung.name].remove(first)


class Faulty:
    """A subscriber that fails until it is mended, and counts what it was asked."""

    def __init__(self, *, mended: bool = False) -> None:
        self.mended = mended
        self.calls = 0

    def __call__(self, record: EventRecord) -> None:
        self.calls += 1
        write(record)
        if not self.mended:
            raise RuntimeError("the rope broke")


@pytest.fixture
def subscribers(monkeypatch) -> list[Any]:
    """Return the list of those who listen to the bell, and to nothing else."""
    listening: list[Any] = []
    monkeypatch.setitem(SUBSCRIBERS, BellRung.name, listening)
    return listening


def listener(number: int):
    """Return a subscriber with a name of its own, and the Counter of what it got."""
    got: Counter[str] = Counter()

    def listen(record: EventRecord) -> None:
        got[str(record.pk)] += 1

    listen.__qualname__ = f"listen_{number}"
    return listen, got


def faulty(number: int = 0, *, mended: bool = False) -> Any:
    one = Faulty(mended=mended)
    one.__qualname__ = f"faulty_{number}"  # type: ignore[attr-defined]
    return one


def ring(**facts) -> EventRecord:
    return publish(BellRung(at=on_monday("09:00"), times=3, **facts))


def put_forward(record: EventRecord) -> None:
    """Let the time come at which `record` is due again."""
    EventRecord.objects.filter(pk=record.pk).update(next_attempt_at=on_monday("00:00"))


def try_again(record: EventRecord) -> None:
    put_forward(record)
    with pytest.raises(ExceptionGroup):
        redeliver_events()


class TestAPublishedEvent:
    def test_is_recorded_with_its_facts_and_its_version(self):
        record = ring(actor_id=7, tower="东")

        record.refresh_from_db()
        assert record.name == "test.bell_rung"
        assert record.version == 2
        assert record.at == on_monday("09:00")
        assert (record.actor_id, record.subject_id) == (7, None)
        assert record.facts == {"times": 3, "tower": "东"}

    def test_reads_as_it_was_told(self):
        record = ring(subject_id=8)

        record.refresh_from_db()
        assert BellRung.of(record) == BellRung(at=on_monday("09:00"), times=3, subject_id=8)

    def test_is_gone_when_its_change_is_undone(self):
        with transaction.atomic():
            ring()
            transaction.set_rollback(True)

        assert not EventRecord.objects.exists()

    def test_must_fit_its_own_schema(self):
        with pytest.raises(ValueError, match="times"):
            publish(BellRung(at=on_monday("09:00"), times="three"))  # type: ignore[arg-type]

        assert not EventRecord.objects.exists()

    def test_has_a_name_of_its_own(self):
        with pytest.raises(AssertionError, match="two events are called"):
            type("Another", (DomainEvent,), {"name": "test.bell_rung"})


class TestDelivery:
    def test_reaches_everyone(self, subscribers):
        (first, got_first), (second, got_second) = listener(1), listener(2)
        subscribers.extend([first, second])
        record = ring()

        deliver_event(event_id=str(record.pk))

        record.refresh_from_db()
        assert got_first[str(record.pk)] == got_second[str(record.pk)] == 1
        assert record.delivered_at is not None

    def test_happens_after_the_commit(self, subscribers, django_capture_on_commit_callbacks):
        listen, got = listener(1)
        subscribers.append(listen)

        with django_capture_on_commit_callbacks(execute=True):
            ring()
            assert not got

        assert got.total() == 1

    def test_happens_once_however_often_it_is_asked_for(self, subscribers):
        listen, got = listener(1)
        subscribers.append(listen)
        record = ring()

        for _time in range(3):
            deliver_event(event_id=str(record.pk))

        assert got.total() == 1

    def test_of_an_event_that_is_not_there_is_nothing(self):
        deliver_event(event_id="00000000-0000-0000-0000-000000000000")

    def test_goes_on_past_a_subscriber_that_fails(self, subscribers):
        listen, got = listener(1)
        subscribers.extend([faulty(), listen])
        record = ring()

        with pytest.raises(ExceptionGroup, match="not delivered to all"):
            deliver_event(event_id=str(record.pk))

        record.refresh_from_db()
        assert got.total() == 1
        assert record.delivered_at is None
        assert "faulty_0: RuntimeError: the rope broke" in record.last_error

    def test_undoes_what_a_failing_subscriber_had_written(self, subscribers):
        subscribers.append(faulty())

        with pytest.raises(ExceptionGroup):
            deliver_event(event_id=str(ring().pk))

        assert not AuditEntry.objects.exists()

    def test_is_repeated_only_for_those_who_failed(self, subscribers):
        listen, got = listener(1)
        broken = faulty()
        subscribers.extend([listen, broken])
        record = ring()
        with pytest.raises(ExceptionGroup):
            deliver_event(event_id=str(record.pk))
        broken.mended = True

        put_forward(record)
        redeliver_events()

        record.refresh_from_db()
        assert record.delivered_at is not None
        assert got.total() == 1
        assert broken.calls == 2
        assert record.attempts == 2

    def test_waits_longer_after_every_failure(self, subscribers):
        subscribers.append(faulty())
        record = ring()
        with pytest.raises(ExceptionGroup):
            deliver_event(event_id=str(record.pk))
        waits = []

        for _time in range(3):
            try_again(record)
            record.refresh_from_db()
            assert record.next_attempt_at > on_monday("00:00")
            waits.append(wait_after(record.attempts))

        assert waits == [GRACE * 2, GRACE * 4, GRACE * 8]
        assert wait_after(ATTEMPTS_MAX) == timedelta(hours=1)


class TestAPoisonousEvent:
    def test_is_given_up_after_so_many_attempts(self, subscribers, heard):
        subscribers.append(faulty())
        record = ring()
        with pytest.raises(ExceptionGroup):
            deliver_event(event_id=str(record.pk))

        for _time in range(ATTEMPTS_MAX - 1):
            try_again(record)
        put_forward(record)
        redeliver_events()

        record.refresh_from_db()
        assert record.dead_at is not None
        assert record.attempts == ATTEMPTS_MAX
        assert subscribers[0].calls == ATTEMPTS_MAX

    def test_that_kills_its_worker_is_given_up_too(self, subscribers):
        def kill(record: EventRecord) -> None:
            raise SystemExit

        subscribers.append(kill)
        record = ring()

        for _time in range(ATTEMPTS_MAX - 1):
            put_forward(record)
            with pytest.raises(SystemExit):
                redeliver_events()
        put_forward(record)
        redeliver_events()

        record.refresh_from_db()
        assert record.dead_at is not None
        assert record.last_error == publishing.NEVER_ANSWERED

    def test_is_told_of(self, django_capture_on_commit_callbacks, heard):
        record = ring()
        EventRecord.objects.filter(pk=record.pk).update(version=1)

        with django_capture_on_commit_callbacks(execute=True):
            deliver_event(event_id=str(record.pk))

        told = [event for event in heard if event.name == EventGivenUp.name]
        assert [EventGivenUp.of(event).event_name for event in told] == ["test.bell_rung"]

    def test_does_not_tell_of_its_own_telling(self):
        record = publish(EventGivenUp(at=on_monday("09:00"), event_id="7", event_name="x"))
        EventRecord.objects.filter(pk=record.pk).update(version=99)

        deliver_event(event_id=str(record.pk))

        assert EventRecord.objects.dead().count() == EventRecord.objects.count() == 1

    def test_never_keeps_the_others_waiting(self, subscribers):
        """Five hundred that always fail fill one batch; the next batch is somebody else's."""
        listen, got = listener(1)
        subscribers.extend([listen])
        for _number in range(BATCH):
            put_forward(ring())
        EventRecord.objects.update(version=1)
        good = ring()
        EventRecord.objects.filter(pk=good.pk).update(next_attempt_at=on_monday("08:00"))

        redeliver_events()
        redeliver_events()

        assert got[str(good.pk)] == 1


class TestARecordThatNobodyUnderstands:
    @pytest.mark.parametrize(
        ("change", "reason"),
        [
            ({"name": "points.long_gone"}, "knows no event called points.long_gone"),
            ({"version": 1}, "has version 1 of test.bell_rung; this program knows version 2"),
            ({"version": 3}, "has version 3 of test.bell_rung; this program knows version 2"),
            ({"facts": {}}, "do not fit test.bell_rung version 2: times: Field required"),
            ({"facts": {"times": "3"}}, "times: Input should be a valid integer"),
            ({"facts": {"times": 3, "rope": 1}}, "rope: Unexpected keyword argument"),
        ],
    )
    def test_is_set_aside_at_once_with_the_reason(self, subscribers, change, reason):
        listen, got = listener(1)
        subscribers.append(listen)
        record = ring()
        EventRecord.objects.filter(pk=record.pk).update(**change)

        deliver_event(event_id=str(record.pk))

        record.refresh_from_db()
        assert record.dead_at is not None
        assert reason in record.last_error
        assert not got


class TestTheClock:
    def test_leaves_alone_what_is_not_due(self, subscribers):
        listen, got = listener(1)
        subscribers.append(listen)
        ring()

        redeliver_events()

        assert not got

    def test_leaves_alone_what_is_delivered_or_dead(self, subscribers, django_assert_num_queries):
        listen, got = listener(1)
        subscribers.append(listen)
        delivered, dead = ring(), ring()
        EventRecord.objects.update(next_attempt_at=on_monday("00:00"))
        EventRecord.objects.filter(pk=delivered.pk).update(delivered_at=on_monday("09:01"))
        EventRecord.objects.filter(pk=dead.pk).update(dead_at=on_monday("09:01"))

        redeliver_events()

        assert not got

    def test_puts_off_what_it_hands_to_the_queue(self, monkeypatch):
        asked = []
        monkeypatch.setattr(
            "community.tasks.events.deliver_event.delay",
            lambda **asked_for: asked.append(asked_for),
        )
        record = ring()
        put_forward(record)

        redeliver_events()
        redeliver_events()

        assert asked == [{"event_id": str(record.pk), "again": True}]


class TestABrokerThatIsDown:
    @pytest.fixture(autouse=True)
    def _rested(self, monkeypatch):
        monkeypatch.setattr(publishing, "_broker_rests_until", 0.0)

    def test_costs_no_answer_and_only_one_attempt(
        self, monkeypatch, django_capture_on_commit_callbacks
    ):
        attempts = []

        def refuse(**_options):
            attempts.append(1)
            raise BrokerDown("refused")

        monkeypatch.setattr(publishing.deliver_event, "apply_async", refuse)

        with django_capture_on_commit_callbacks(execute=True):
            for _time in range(5):
                ring()

        assert EventRecord.objects.waiting().count() == 5
        assert len(attempts) == 1

    def test_is_made_up_for_by_the_clock(self, subscribers):
        listen, got = listener(1)
        subscribers.append(listen)
        put_forward(ring())

        redeliver_events()

        assert got.total() == 1


class TestTheRecord:
    @pytest.mark.parametrize(
        "wrong",
        [
            {"delivered_at": on_monday("09:00"), "dead_at": on_monday("09:00")},
            {"dropped_at": on_monday("09:00")},
        ],
    )
    def test_cannot_contradict_itself(self, wrong):
        record = ring()

        with pytest.raises(Exception, match="event_"), transaction.atomic():
            EventRecord.objects.filter(pk=record.pk).update(**wrong)


def run_at_once(*acts) -> list[BaseException]:
    gate, faults = threading.Barrier(len(acts)), []

    def run(act):
        try:
            gate.wait(timeout=10)
            act()
        except BaseException as fault:  # noqa: BLE001
            faults.append(fault)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    return faults


@pytest.mark.django_db(transaction=True)
class TestTwoAtOnce:
    def test_deliver_an_event_once(self, subscribers):
        subscribers.append(write)
        record = ring()
        EventRecord.objects.update(delivered_at=None)  # it was delivered as it was published
        written = AuditEntry.objects.count()

        faults = run_at_once(*[lambda: deliver_event(event_id=str(record.pk))] * 4)

        assert faults == []
        assert AuditEntry.objects.count() == written + 1

    def test_clocks_share_the_work(self, subscribers, monkeypatch):
        asked = []
        monkeypatch.setattr(
            "community.tasks.events.deliver_event.delay",
            lambda **asked_for: asked.append(asked_for["event_id"]),
        )
        for _number in range(20):
            ring()
        EventRecord.objects.update(delivered_at=None, next_attempt_at=on_monday("00:00"))

        faults = run_at_once(redeliver_events, redeliver_events)

        assert faults == []
        assert len(asked) == len(set(asked)) == 20
