"""`manage.py serve`: a county in one process, and what it says when it cannot be."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

from config.data import DataInUse, claimed
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


A_TASK_THAT_TAKES_ITS_TIME = """
import threading, time
import django
django.setup()
from django.conf import settings
from config.celery import app
from config.data import FOLDERS
from config.embedded import start_worker

for name in FOLDERS:
    (settings.DATA_DIR / name).mkdir(parents=True)
begun = threading.Event()

@app.task(name="tests.take_your_time")
def take_your_time():
    begun.set()
    time.sleep(0.5)
    print("done")

end = start_worker()
take_your_time.delay()
assert begun.wait(30), "the task begins"
end()
print("ended", [thread.name for thread in threading.enumerate() if thread.name == "worker"])
"""


class TestTheWorker:
    def test_finishes_the_task_that_runs_before_it_ends(self, tmp_path):
        """In a process of its own: a broker that was used cannot be exchanged for another."""
        env = environment(LINLI_DATA=str(tmp_path), DJANGO_SETTINGS_MODULE="config.settings.dev")

        told = subprocess.run(
            [sys.executable, "-c", A_TASK_THAT_TAKES_ITS_TIME],
            cwd=settings.BASE_DIR,
            env=env,
            capture_output=True,
            text=True,
            timeout=SECONDS_MAX,
            check=False,
        )

        assert told.stdout.split("\n")[:2] == ["done", "ended []"], told.stderr


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
