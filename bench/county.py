"""How fast the county set-up is, beside a bare Django view in the same run.

Usage: python -m bench.county [--reports 10000] [--seconds 6] [--threads 4]

Starts a private PostgreSQL and Redis, fills them, starts one web process as `deploy/` does and a
worker, drives home, list, detail, inbox and filing one after the other for a bounded time, and
prints a table. Everything stays on 127.0.0.1 and is ended at the end.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import secrets
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.load import Cost, Request, children, cpu_seconds, drive, memory_mb, share
from scripts import services

ROOT = Path(__file__).resolve().parent.parent
FLAGS = [
    *("--loop", "uvloop", "--ws", "websockets-sansio", "--ws-per-message-deflate", "false"),
    *("--lifespan", "off", "--no-access-log", "--log-level", "warning"),
]


WARM_UP = 10


@dataclass(frozen=True)
class Scenario:
    name: str
    make: Callable[[int], Request]
    good: frozenset[int] = frozenset({200})
    most: int | None = None
    """How many requests there are to make; none: as many as the time allows."""


def main() -> None:
    options = read_options()
    with (
        tempfile.TemporaryDirectory(prefix="linli-bench-") as data,
        services.running() as urls,
    ):
        # On a server that is not the tests': what is written is written through to the disk.
        env = {
            **os.environ,
            **urls,
            "LINLI_DATA": data,
            "DJANGO_SETTINGS_MODULE": "bench.settings",
            "PYTHONPATH": str(ROOT),
        }
        began = time.perf_counter()
        facts = fill(options, env, Path(data) / "facts.json")
        print(f"{facts['reports']} reports in {time.perf_counter() - began:.0f} s", flush=True)
        with served("config.asgi:application", env) as web, worker(env):
            with served("bench.bare:application", env) as bare:
                yardstick = measure(
                    Scenario("a bare Django view", lambda n: Request("/")), bare, options
                )
            costs = [yardstick, *(measure(s, web, options) for s in scenarios(facts))]
        print_table(costs, options)


def read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reports", type=int, default=10_000)
    parser.add_argument("--seconds", type=float, default=6.0)
    parser.add_argument("--threads", type=int, default=4)
    parser.add_argument("--drafts", type=int, default=600)
    return parser.parse_args()


def fill(options: argparse.Namespace, env: dict[str, str], file: Path) -> dict[str, Any]:
    command = [sys.executable, "-m", "bench.seed"]
    command += [str(options.reports), str(options.drafts), str(file)]
    subprocess.run(command, check=True, env=env, cwd=ROOT, stdout=subprocess.DEVNULL)
    facts: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return facts


def scenarios(facts: dict[str, Any]) -> list[Scenario]:
    resident = {"Cookie": f"sessionid={facts['resident']}"}
    worker = {"Cookie": f"sessionid={facts['worker']}"}
    numbers, drafts = facts["numbers"], facts["drafts"]
    token = secrets.token_hex(16)

    def file(turn: int) -> Request:
        draft = drafts[turn % len(drafts)]
        return Request(
            f"/reports/new/{draft['id']}/check/",
            method="POST",
            body=b"visibility=public",
            headers={
                "Cookie": f"sessionid={draft['session']}; csrftoken={token}",
                "X-CSRFToken": token,
                "Content-Type": "application/x-www-form-urlencoded",
            },
        )

    return [
        Scenario("home, a guest", lambda n: Request("/")),
        Scenario("home, a resident", lambda n: Request("/", headers=resident)),
        Scenario("list, a guest", lambda n: Request("/reports/")),
        Scenario("detail, a guest", lambda n: Request(f"/reports/{numbers[n % len(numbers)]}/")),
        Scenario("inbox, a grid worker", lambda n: Request("/inbox/", headers=worker)),
        Scenario("filing", file, good=frozenset({302}), most=len(drafts)),
    ]


@dataclass(frozen=True)
class Server:
    pid: int
    port: int


@contextmanager
def served(application: str, env: dict[str, str]) -> Iterator[Server]:
    port = services.free_port()
    command = [sys.executable, "-m", "uvicorn", application, "--host", "127.0.0.1"]
    process = subprocess.Popen([*command, "--port", str(port), *FLAGS], env=env, cwd=ROOT)
    try:
        wait_for(port, process)
        yield Server(process.pid, port)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=30)


@contextmanager
def worker(env: dict[str, str]) -> Iterator[None]:
    command = [sys.executable, "-m", "celery", "-A", "config", "worker", "--loglevel", "ERROR"]
    process = subprocess.Popen(
        [*command, "--concurrency", "1", "--pool", "solo"],
        env=env,
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
    )
    try:
        yield
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=30)


def wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    for _ in range(200):
        if process.poll() is not None:
            sys.exit("The server did not start.")
        try:
            ask(port, Request("/"))
        except OSError:
            time.sleep(0.1)
        else:
            return
    sys.exit("The server did not answer within 20 seconds.")


def ask(port: int, request: Request) -> http.client.HTTPResponse:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request(request.method, request.path, body=request.body, headers=request.headers)
    response = connection.getresponse()
    response.read()
    connection.close()
    return response


def measure(scenario: Scenario, server: Server, options: argparse.Namespace) -> Cost:
    """Warm up, drive, and read what it cost; a request that fails is said, never hidden."""
    for turn in range(WARM_UP):  # the last one's queries are what every later one costs
        answer = ask(server.port, scenario.make(turn))
        if answer.status not in scenario.good:
            sys.exit(f"{scenario.name}: {answer.status} instead of {sorted(scenario.good)}")
    left = iter(range(WARM_UP, scenario.most or WARM_UP))
    backends = database_backends()
    web, database = cpu_seconds([server.pid]), cpu_seconds(backends)
    times, failed, seconds, sizes = drive(
        port=server.port,
        make=lambda turn: (
            next(map(scenario.make, left), None) if scenario.most else scenario.make(turn)
        ),
        seconds=options.seconds,
        threads=options.threads,
        good=set(scenario.good),
    )
    web, database = (
        cpu_seconds([server.pid]) - web,
        cpu_seconds(database_backends() | backends) - database,
    )
    return Cost(
        name=scenario.name,
        requests=len(times),
        failed=failed,
        per_second=len(times) / seconds,
        p50_ms=share(times, 0.5),
        p95_ms=share(times, 0.95),
        web_cpu_ms=web / len(times) * 1000,
        db_cpu_ms=database / len(times) * 1000,
        sql=int(answer.headers.get("X-Queries", "0")),
        kilobytes=sum(sizes) / len(sizes) / 1024,
        memory_mb=memory_mb(server.pid),
    )


def database_backends() -> set[int]:
    """Return the processes of our PostgreSQL: the server that is our child, and its children."""
    ours = children(os.getpid())
    servers = [pid for pid in ours if Path(f"/proc/{pid}/comm").read_text().strip() == "postgres"]
    return {*servers, *(child for server in servers for child in children(server))}


def print_table(costs: list[Cost], options: argparse.Namespace) -> None:
    bare = costs[0]
    heads = ("", "requests", "failed", "req/s", "p50 ms", "p95 ms", "CPU ms", "× bare")
    heads += ("DB CPU ms", "SQL", "kB", "MB")
    rows = [
        (
            cost.name,
            f"{cost.requests}",
            f"{cost.failed}",
            f"{cost.per_second:.0f}",
            f"{cost.p50_ms:.1f}",
            f"{cost.p95_ms:.1f}",
            f"{cost.web_cpu_ms:.2f}",
            f"{cost.web_cpu_ms / bare.web_cpu_ms:.1f}",
            f"{cost.db_cpu_ms:.2f}",
            f"{cost.sql}",
            f"{cost.kilobytes:.1f}",
            f"{cost.memory_mb:.0f}",
        )
        for cost in costs
    ]
    print(f"{options.threads} clients, {options.seconds:g} s each, one web process\n")
    print("| " + " | ".join(heads) + " |")
    print("|---" * len(heads) + "|")
    for row in rows:
        print("| " + " | ".join(row) + " |")


if __name__ == "__main__":
    main()
