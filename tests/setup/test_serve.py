"""`manage.py serve`: a county in one process, and what it says when it cannot be."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from celery.worker import state
from django.conf import settings

from config.celery import app
from config.data import DataInUse, claimed
from config.embedded import start_worker
from config.trouble import explained
from tests.setup.running import Running, environment, free_port

SECONDS_MAX = 300


def serve(*options: str, **env: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "manage.py", "serve", *options]
    return subprocess.run(
        command,
        cwd=settings.BASE_DIR,
        env=environment(**env),
        capture_output=True,
        text=True,
        timeout=SECONDS_MAX,
        check=False,
    )


class TestACountyThatCannotStart:
    def test_says_that_the_port_is_taken(self, tmp_path):
        with socket.create_server(("127.0.0.1", 0)) as taken:
            port = taken.getsockname()[1]

            answer = serve(f"--port={port}", LINLI_DATA=str(tmp_path))

        assert answer.returncode == 1
        assert f"Port {port} is taken" in answer.stderr
        assert_one_line(answer)

    def test_says_that_its_data_is_in_use(self, tmp_path):
        with claimed(tmp_path):
            answer = serve(f"--port={free_port()}", LINLI_DATA=str(tmp_path))

        assert answer.returncode == 1
        assert "is using this data" in answer.stderr
        assert_one_line(answer)

    def test_says_that_it_may_not_write(self):
        answer = serve(f"--port={free_port()}", LINLI_DATA="/sys/linli")

        assert answer.returncode == 1
        assert "No permission to write to /sys/linli" in answer.stderr
        assert_one_line(answer)

    @pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
    def test_says_that_the_disk_is_full(self):
        disk = os.open("/dev/full", os.O_WRONLY)

        with pytest.raises(OSError, match="No space left") as caught:
            os.write(disk, b"x")
        os.close(disk)

        assert "The disk is full" in explained(caught.value, "var")


def assert_one_line(answer: subprocess.CompletedProcess[str]) -> None:
    assert len(answer.stderr.strip().splitlines()) == 1, answer.stderr
    assert "Traceback" not in answer.stderr


class TestTheData:
    def test_is_claimed_by_one_process_at_a_time(self, tmp_path):
        with claimed(tmp_path), pytest.raises(DataInUse), claimed(tmp_path):
            pass

        with claimed(tmp_path):
            assert (tmp_path / "serve.lock").read_text()


@pytest.fixture
def queue(tmp_path) -> Iterator[None]:
    before = app.conf.broker_url, app.conf.broker_transport_options, app.conf.task_always_eager
    folders = ("data_folder_in", "data_folder_out", "control_folder")
    app.conf.broker_url = "filesystem://localhost"
    app.conf.broker_transport_options = {name: str(tmp_path) for name in folders}
    app.conf.task_always_eager = False
    yield
    app.conf.broker_url, app.conf.broker_transport_options, app.conf.task_always_eager = before
    state.should_stop = None
    app.pool.force_close_all()


class TestTheWorker:
    def test_finishes_the_task_that_runs_before_it_ends(self, queue):
        begun, done = threading.Event(), threading.Event()

        @app.task(name="tests.take_your_time")
        def take_your_time() -> None:
            begun.set()
            time.sleep(0.5)
            done.set()

        end = start_worker()
        take_your_time.delay()
        assert begun.wait(20), "the task begins"
        end()

        assert done.is_set()
        assert not [t for t in threading.enumerate() if t.name == "worker"]


@pytest.mark.slow
class TestACounty:
    def test_ends_whole_when_told_and_survives_being_killed(self, tmp_path):
        data, port = tmp_path / "var", free_port()
        command = [sys.executable, "manage.py", "serve", f"--port={port}"]

        for number, code in ((signal.SIGTERM, 0), (signal.SIGKILL, -9), (signal.SIGINT, 0)):
            county = Running(
                command, cwd=settings.BASE_DIR, data=data, port=port, LINLI_DATA=str(data)
            )
            county.wait_until_it_answers(SECONDS_MAX)

            assert county.end(number) == code, county.words
            assert "Traceback" not in county.words
