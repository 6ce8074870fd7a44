"""Making the virtual environment on somebody else's machine."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest
from django.conf import settings

from scripts import prepare
from scripts.prepare import Trouble
from tests.setup.running import environment
from tests.support.worker import wait_until


class Usage(NamedTuple):
    total: int
    used: int
    free: int


@pytest.fixture
def project(tmp_path, monkeypatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "requirements.txt").write_text("one==1 --hash=sha256:0")
    return tmp_path


class TestAnOldPython:
    def test_is_named_with_what_to_do(self, monkeypatch):
        monkeypatch.setattr(prepare, "CANDIDATES", ())
        monkeypatch.setattr(sys, "executable", "/bin/false")
        monkeypatch.setattr(sys, "version_info", (3, 9, 2))

        with pytest.raises(Trouble, match=r"Python 3\.11 or newer is needed, this is 3\.9\.2"):
            prepare.find_python()

    def test_gives_way_to_a_newer_one_on_the_path(self, monkeypatch):
        good = sys.executable
        monkeypatch.setattr(prepare, "CANDIDATES", ("no-such-python", good))
        monkeypatch.setattr(sys, "executable", "/bin/false")

        assert prepare.find_python() == good

    def test_without_venv_says_which_package_brings_it(self, monkeypatch):
        monkeypatch.setattr(prepare, "CANDIDATES", ())
        monkeypatch.setattr(sys, "executable", "/bin/false")

        with pytest.raises(Trouble, match="apt install python3-venv"):
            prepare.find_python()


class TestAFullDisk:
    def test_is_seen_before_anything_is_written(self, project, monkeypatch):
        monkeypatch.setattr(prepare.shutil, "disk_usage", lambda path: Usage(9, 9, 2**20 * 12))

        with pytest.raises(Trouble, match="The disk is full: 12 MB left"):
            prepare.require_room()

    def test_is_read_from_what_pip_says(self):
        said = b"ERROR: Could not install packages: [Errno 28] No space left on device\n"

        assert "The disk is full" in str(prepare.explained(said, "Installation failed"))


class TestAFailedInstallation:
    def test_is_one_line_and_is_tried_again(self, project):
        said = b"Collecting one\nERROR: No matching distribution found for one==1\nmore\n"

        line = str(prepare.explained(said, "Installation failed"))

        assert line == "Installation failed: ERROR: No matching distribution found for one==1"
        assert not prepare.is_installed("requirements.txt")


class TestAnInstallation:
    def test_stands_until_the_file_changes(self, project, monkeypatch):
        (project / ".venv").mkdir()
        monkeypatch.setattr(prepare, "PYTHON", Path(sys.executable))
        prepare.stamp_of("requirements.txt").write_text(prepare.digest_of("requirements.txt"))

        assert prepare.is_installed("requirements.txt")
        (project / "requirements.txt").write_text("two==2 --hash=sha256:0")
        assert not prepare.is_installed("requirements.txt")


class TestTheServices:
    @pytest.mark.slow
    def test_end_with_the_process_that_started_them_however_it_dies(self, tmp_path):
        pids = tmp_path / "pids"
        ask = f"pgrep -P $PPID > '{pids}'; sleep 60"
        command = [sys.executable, "-m", "scripts.services", "sh", "-c", ask]
        with subprocess.Popen(
            command, cwd=settings.BASE_DIR, env=environment(), start_new_session=True
        ) as parent:
            wait_until(lambda: pids.exists() and pids.read_text().strip(), 120)
            servers = [int(pid) for pid in pids.read_text().split()]
            parent.kill()

        wait_until(lambda: not any(runs_a_server(pid) for pid in servers), 60)


def runs_a_server(pid: int) -> bool:
    try:
        name = Path(f"/proc/{pid}/comm").read_text().strip()
        return name in ("postgres", "redis-server") and "Z" not in state_of(pid)
    except FileNotFoundError:
        return False


def state_of(pid: int) -> str:
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
