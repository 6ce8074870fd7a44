"""kill -9, between the commit and the delivery and anywhere else: nothing lost, nothing doubled.

Fifty times a process commits changes with their events and is killed at a random moment; real
workers deliver meanwhile, and are killed too. Afterwards the clock picks up what was left. On
SQLite the queue is the embedded one, on PostgreSQL with Redis the county's.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.utils import timezone

from community.models import AuditEntry, EventRecord
from community.tasks.events import redeliver_events
from tests.faults import events  # noqa: F401 (subscribes in this process too)
from tests.support.worker import environment

ROUNDS = 50
WORKER_LIVES_ROUNDS = 20
END_SECONDS = 60


class Process:
    """A Python module of the fault tests in a process of its own, in a group of its own."""

    def __init__(self, module: str, *arguments: str, env: dict[str, str]) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", module, *arguments],
            cwd=settings.BASE_DIR,
            env=env,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            start_new_session=True,
        )

    def kill(self) -> None:
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        self.process.stdout.close()


@pytest.fixture
def env(transactional_db) -> dict[str, str]:
    """The environment of all processes: the database of this test, and a queue of their own."""
    for folder in ("queue", "queue-done", "queue-control"):
        (settings.DATA_DIR / folder).mkdir(exist_ok=True, parents=True)
    return {**environment(), "LINLI_TEST_RUN": f"{settings.TEST_RUN}-faults"}


@pytest.fixture
def workers(env) -> Iterator[list[Process]]:
    running = [Process("tests.faults.worker", env=env)]
    yield running
    for worker in running:
        worker.kill()


def waiting() -> int:
    return EventRecord.objects.waiting().count()


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_nothing_is_lost_and_nothing_doubled_by_kill_9(env, workers):
    publisher = Process("tests.faults.publisher", str(ROUNDS), env=env)
    acknowledged: set[int] = set()
    rounds = 0

    for line in publisher.process.stdout:
        if line != "round\n":
            acknowledged.add(int(line))
            continue
        rounds += 1
        if rounds % WORKER_LIVES_ROUNDS == 0:  # in the middle of whatever it was doing
            workers.pop().kill()
            workers.append(Process("tests.faults.worker", env=env))
    publisher.process.wait()
    publisher.process.stdout.close()
    _let_the_clock_pick_up_the_rest()

    changes = _numbers("fault.change")
    followed = _numbers("fault.followed")
    assert rounds == ROUNDS
    assert acknowledged <= set(changes), "a change that was acknowledged is gone"
    assert len(changes) >= ROUNDS, "the processes were killed before they did anything"
    assert set(followed) == set(changes), "an event was lost, or one came of nothing"
    assert max(Counter(followed).values()) == 1, "an event was delivered twice"
    assert not EventRecord.objects.dead().exists()


def _let_the_clock_pick_up_the_rest() -> None:
    """What the clock does every 15 seconds, at once and here: the grace of 30 s is taken off."""
    give_up_at = time.monotonic() + END_SECONDS
    while waiting():
        assert time.monotonic() < give_up_at, f"{waiting()} events are still waiting"
        EventRecord.objects.waiting().update(next_attempt_at=timezone.now())
        redeliver_events()
        time.sleep(0.2)


def _numbers(act: str) -> list[int]:
    rows = AuditEntry.objects.filter(act=act).values_list("subject_id", flat=True)
    return [int(number) for number in rows]
