"""The product as somebody runs it: `make run` or `manage.py serve`, in a process of its own."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import time
from pathlib import Path

import httpx

OURS = ("CELERY", "DATABASE_URL", "DJANGO", "LINLI", "MAKE", "MFLAGS", "PYTEST", "REDIS_URL")


def environment(**more: str) -> dict[str, str]:
    """Return ours without what the tests put there: another process is to find its own way."""
    return {k: v for k, v in os.environ.items() if not k.startswith(OURS)} | more


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return listener.getsockname()[1]


class Running:
    """A server that `command` starts on `port`, with its data in `data`."""

    def __init__(self, command: list[str], *, cwd: Path, data: Path, port: int, **env: str) -> None:
        self.data, self.port, self.began_at = data, port, time.monotonic()
        self.url = f"http://127.0.0.1:{port}"
        self.log = data.parent / f"{data.name}.log"
        with self.log.open("wb") as output:
            self.process = subprocess.Popen(
                command,
                cwd=cwd,
                env=environment(**env),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def wait_until_it_answers(self, seconds: float) -> float:
        """Return how many seconds it took from the command to the first page."""
        while True:
            spent = time.monotonic() - self.began_at
            assert self.process.poll() is None, f"it stopped:\n{self.words}"
            assert spent < seconds, f"no page after {spent:.0f} s:\n{self.words}"
            try:
                if httpx.get(self.url, timeout=10).status_code == httpx.codes.OK:
                    return spent
            except httpx.TransportError:
                time.sleep(0.2)

    @property
    def words(self) -> str:
        return self.log.read_text(encoding="utf-8", errors="replace")

    @property
    def pid(self) -> int:
        return int((self.data / "serve.lock").read_text())

    @property
    def pss_kb(self) -> int:
        rollup = Path(f"/proc/{self.pid}/smaps_rollup").read_text()
        return int(re.search(r"^Pss:\s+(\d+)", rollup, re.MULTILINE)[1])

    def end(self, number: signal.Signals = signal.SIGTERM) -> int:
        """Send the server a signal, and return the exit code of the command."""
        os.kill(self.pid, number)
        return self.process.wait(timeout=90)

    def clear_away(self) -> None:
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
