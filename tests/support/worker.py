"""A real Celery worker: another process, fed through Redis, on the database of the test run."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from urllib.parse import quote

import pytest
from django.conf import settings
from django.db import connection

from config.celery import app
from scripts.services import die_with_parent

START_SECONDS = 90
QUIET = ("--loglevel=INFO", "--without-gossip", "--without-mingle", "--without-heartbeat")


def database_url() -> str:
    """Return the address of the database the tests run on, for other processes."""
    db = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{db['NAME']}"
    user = ":".join(quote(part, safe="") for part in (db["USER"], db["PASSWORD"]) if part)
    # The host may be a folder (a Unix socket), so it goes into the query.
    return f"postgres://{user}@/{db['NAME']}?host={quote(db['HOST'], safe='')}&port={db['PORT']}"


def environment() -> dict[str, str]:
    """Return the environment in which another process works beside the tests."""
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": settings.SETTINGS_MODULE,
        "DATABASE_URL": database_url(),
        "LINLI_TEST_RUN": settings.TEST_RUN,
        "LINLI_TASKS": "worker",
    }


class Worker:
    """`start()` returns when it takes tasks; `stop()` lets it finish, `kill()` does not."""

    def __init__(self, *options: str) -> None:
        self.options = options or ("--pool", "prefork", "--concurrency", "2")
        self.lines: list[str] = []

    def start(self) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "celery", "-A", "config", "worker", *QUIET, *self.options],
            cwd=settings.BASE_DIR,
            env=environment(),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
            # Cold: with the tests their database and Redis are gone, so there is nothing to finish.
            preexec_fn=die_with_parent(os.getpid(), signal.SIGQUIT),  # noqa: PLW1509 - fixtures run in the main thread
        )
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()
        wait_until(lambda: self._says(r"@\S+ ready\."), START_SECONDS, "the worker is ready")

    def stop(self) -> None:
        self.process.terminate()
        self._end()

    def kill(self) -> None:
        os.killpg(self.process.pid, 9)
        self._end()

    def _end(self) -> None:
        self.process.wait(timeout=START_SECONDS)
        self._reader.join(timeout=START_SECONDS)
        self.process.stdout.close()

    def _read(self) -> None:
        for line in self.process.stdout:
            self.lines.append(line.rstrip())

    def _says(self, pattern: str) -> bool:
        assert self.process.poll() is None, "the worker stopped:\n" + "\n".join(self.lines)
        return any(re.search(pattern, line) for line in self.lines)


def wait_until(holds: Callable[[], bool], seconds: float = 10, what: str = "it") -> None:
    """Wait for something another process or thread does; fail when it does not happen in time."""
    give_up_at = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < give_up_at, f"waited {seconds:g} s for: {what}"
        time.sleep(0.02)


@pytest.fixture
def worker(transactional_db) -> Iterator[Worker]:
    """A real worker in a process of its own; tasks go to it, through Redis."""
    worker = Worker()
    worker.start()
    app.conf.task_always_eager = False
    yield worker
    app.conf.task_always_eager = True
    if worker.process.poll() is None:
        worker.stop()
    with app.connection_for_write() as broker:
        app.amqp.TaskConsumer(broker.default_channel).purge()
