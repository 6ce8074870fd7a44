"""Everything that says whether the code is good, in one command, the fast answers first.

Usage: python -m scripts.test [part]          (a part: only those tests, on SQLite, in seconds)

It brings its own PostgreSQL, Redis and Chromium where they can be had, and says in its last lines
what ran on what. What is missing is left out loudly; with CI=true it is a failure.
"""

import os
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from scripts import check, services

ROOT = Path(__file__).resolve().parent.parent
IN_CI = os.environ.get("CI", "").lower() == "true"
EVERYTHING = "tests"
PACKAGES = {
    "redis-server": "redis-server",
    "chromium": "chromium",
    "pdftoppm": "poppler-utils",
    "msgfmt": "gettext",
}
FONT = Path("/usr/share/fonts/truetype/wqy/wqy-microhei.ttc")
POLICY = Path("/usr/sbin/policy-rc.d")


@dataclass(frozen=True)
class Outcome:
    """What one part of the whole came to, for the last lines."""

    part: str
    is_good: bool
    words: str
    ran_on: str


def main(part: str) -> int:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    if part != EVERYTHING:
        return subprocess.run([*pytest(), *part.split()], cwd=ROOT, check=False).returncode
    bring_packages()
    missing = what_is_missing()
    outcomes = [checks(), *tests(missing)]
    return last_word(outcomes, missing)


# --- What it needs -----------------------------------------------------------------------------


def bring_packages() -> None:
    """Install what is missing from Debian, when we may, without starting any service."""
    wanted = [package for program, package in PACKAGES.items() if not shutil.which(program)]
    if not has_postgres():
        wanted.append("postgresql")
    if not FONT.exists():
        wanted.append("fonts-wqy-microhei")
    if not wanted or os.geteuid() != 0 or not shutil.which("apt-get"):
        return
    print(f"正在安装 Installing: {' '.join(wanted)} …", flush=True)
    keep_still = not POLICY.exists()
    if keep_still:
        POLICY.write_text("#!/bin/sh\nexit 101\n")
        POLICY.chmod(0o755)
    quiet = {"DEBIAN_FRONTEND": "noninteractive", **os.environ}
    try:
        for words in (["update"], ["install", "-y", "--no-install-recommends", *wanted]):
            subprocess.run(["apt-get", "-q", *words], env=quiet, check=False, capture_output=True)
    finally:
        if keep_still:
            POLICY.unlink()


def has_postgres() -> bool:
    try:
        services.postgres_programs()
    except services.Missing:
        return False
    return True


def what_is_missing() -> list[str]:
    found = {
        "PostgreSQL": has_postgres(),
        "Redis": shutil.which("redis-server"),
        "Chromium": chromium(),
        "gettext": shutil.which("msgfmt"),
    }
    return [name for name, here in found.items() if not here]


def chromium() -> str:
    return shutil.which("chromium") or shutil.which("chromium-browser") or ""


# --- What it does ------------------------------------------------------------------------------


def checks() -> Outcome:
    print("\n── 静态检查 checks ──", flush=True)
    start = time.monotonic()
    failed = check.main([])
    words = f"{len(check.CHECKS) - failed} good, {failed} bad in {time.monotonic() - start:.0f}s"
    return Outcome("checks", failed == 0, words, ", ".join(sorted(check.CHECKS)))


def tests(missing: list[str]) -> list[Outcome]:
    """Run the suite on SQLite, then on PostgreSQL and Redis, then the journeys in a browser."""
    sqlite = f"SQLite {sqlite3.sqlite_version}, Python {sys.version.split()[0]}"
    is_whole = not {"PostgreSQL", "Redis"} & set(missing)
    outcomes = [run("SQLite", "not postgres and not redis and not browser and not slow", sqlite)]
    with ExitStack() as stack:
        variables = stack.enter_context(services.running()) if is_whole else {}
        where = sqlite
        if is_whole:
            where = f"{version('PostgreSQL')}, {version('Redis')}, a real Celery worker"
            outcomes.append(run("PostgreSQL", "not browser and not slow", where, variables))
            outcomes.append(run("kill -9", "slow", where, variables, lanes=1, only="tests/faults"))
        if "Chromium" not in missing:
            where = f"{version('Chromium')}, {where}"
            outcomes.append(run("browser", "browser", where, variables, lanes=1))
    outcomes.append(run("set-up", "slow and not browser", "a fresh clone, `make run`", lanes=1))
    return outcomes


def run(
    part: str,
    marks: str,
    ran_on: str,
    variables: dict[str, str] | None = None,
    *,
    lanes: int = 2,
    only: str = EVERYTHING,
) -> Outcome:
    print(f"\n── {part}: {ran_on} ──", flush=True)
    command = [*pytest(), "-m", marks, only]
    if lanes > 1:
        command += ["-n", str(lanes), "--dist", "worksteal"]
    # A child of ours: without us it has no servers, so it ends with us.
    with subprocess.Popen(
        command,
        cwd=ROOT,
        env={**os.environ, "PYTHONUNBUFFERED": "1", **(variables or {})},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        preexec_fn=services.die_with_parent(os.getpid()),  # noqa: PLW1509 - we have one thread
    ) as process:
        last = ""
        try:
            for line in process.stdout or ():
                print(line, end="", flush=True)
                last = line.strip() or last
        except BaseException:  # told to stop: so is it, or we would wait for it
            process.terminate()
            raise
    nothing_to_do = 5  # pytest's word for a selection without tests
    return Outcome(part, process.returncode in (0, nothing_to_do), last.strip("= "), ran_on)


def pytest() -> list[str]:
    return [sys.executable, "-m", "pytest", "-q"]


# --- What it says ------------------------------------------------------------------------------


def last_word(outcomes: list[Outcome], missing: list[str]) -> int:
    is_good = all(outcome.is_good for outcome in outcomes) and not (IN_CI and missing)
    print("\n" + "─" * 78)
    for outcome in outcomes:
        print(f"{'✓' if outcome.is_good else '✗'} {outcome.part:<11} {outcome.words}")
        print(f"  {'':<11} {outcome.ran_on}")
    if missing:
        print(f"没有运行 NOT RUN: {', '.join(missing)} 不在本机 is not here.", end=" ")
        print("以 root 运行会自动安装 (as root, make test installs it).")
    print("全部通过。 All of it is good." if is_good else "有问题。 Something is wrong: see above.")
    return 0 if is_good else 1


def version(name: str) -> str:
    programs: dict[str, Callable[[], str]] = {
        "PostgreSQL": lambda: services.postgres_programs()[1],
        "Redis": services.redis_program,
        "Chromium": chromium,
    }
    command = [programs[name](), "--version"]
    words = subprocess.run(command, capture_output=True, text=True, check=False).stdout
    number = re.search(r"\d+(\.\d+)+", words)
    return f"{name} {number[0] if number else '?'}"


if __name__ == "__main__":
    sys.exit(main(" ".join(sys.argv[1:]) or EVERYTHING))
