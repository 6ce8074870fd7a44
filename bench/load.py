"""A bounded load on one address of this machine, and what it cost the processes that served it.

Requests go to 127.0.0.1 only, over kept-alive connections, from a few threads, for a fixed time.
The driver's own cost is in nobody's figure: CPU is read from the servers' processes.
"""

from __future__ import annotations

import http.client
import os
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Request:
    path: str
    method: str = "GET"
    body: bytes | None = None
    headers: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Cost:
    """What one scenario cost: times in milliseconds, memory in megabytes."""

    name: str
    requests: int
    failed: int
    per_second: float
    p50_ms: float
    p95_ms: float
    web_cpu_ms: float
    db_cpu_ms: float
    sql: int
    kilobytes: float
    memory_mb: float


def drive(  # noqa: PLR0915 (one loop and its bookkeeping read best together)
    *,
    port: int,
    make: Callable[[int], Request | None],
    seconds: float,
    threads: int,
    good: set[int],
) -> tuple[list[float], int, float, list[int]]:
    """Send requests until the time is over, or there are none left to make.

    Returns each request's milliseconds, how many failed, the seconds it took, and the sizes of
    the answers in bytes.
    """
    times: list[float] = []
    sizes: list[int] = []
    failed = [0]
    lock = threading.Lock()
    began = time.perf_counter()
    ends = began + seconds

    def one_client(number: int) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        mine: list[float] = []
        bytes_read: list[int] = []
        turn = number
        while time.perf_counter() < ends:
            if (request := make(turn)) is None:
                break
            turn += threads
            started = time.perf_counter()
            try:
                connection.request(
                    request.method, request.path, body=request.body, headers=request.headers
                )
                response = connection.getresponse()
                size = len(response.read())
                ok = response.status in good
            except (OSError, http.client.HTTPException):
                connection.close()
                ok, size = False, 0
            mine.append((time.perf_counter() - started) * 1000)
            bytes_read.append(size)
            if not ok:
                with lock:
                    failed[0] += 1
        connection.close()
        with lock:
            times.extend(mine)
            sizes.extend(bytes_read)

    clients = [threading.Thread(target=one_client, args=(n,)) for n in range(threads)]
    for client in clients:
        client.start()
    for client in clients:
        client.join()
    return times, failed[0], time.perf_counter() - began, sizes


def share(times: list[float], fraction: float) -> float:
    """Return the time within which that share of the requests was answered."""
    ordered = sorted(times)
    return ordered[min(len(ordered) - 1, int(len(ordered) * fraction))]


def cpu_seconds(pids: Iterable[int]) -> float:
    """Return user and system time that these processes have used so far."""
    total = 0.0
    for pid in pids:
        try:
            fields = Path(f"/proc/{pid}/stat").read_text().rsplit(") ", 1)[1].split()
        except FileNotFoundError:
            continue
        total += (int(fields[11]) + int(fields[12]) + int(fields[13]) + int(fields[14])) / TICKS
    return total


def memory_mb(pid: int) -> float:
    """Return the process's proportional share of memory."""
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) / 1024
    return 0.0


def children(pid: int) -> list[int]:
    found = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [int(child) for child in found]
