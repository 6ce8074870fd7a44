"""Everything that can be said about the code without running it, two questions at a time.

Usage: python -m scripts.check [name …]      (all of them, or those that are named)
"""

import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
APPS = ("cms", "community", "config", "councils", "points", "volunteers")
SOURCE = (*APPS, "bench", "docs", "scripts", "templates", "tests")
BIN = Path(sys.executable).parent


def python(*words: str) -> list[str]:
    return [sys.executable, *words]


def templates() -> list[str]:
    return sorted(str(p.relative_to(ROOT)) for s in SOURCE for p in (ROOT / s).rglob("*.html"))


def lint_imports() -> list[str]:
    run = "from importlinter.cli import lint_imports_command as run; run()"
    return python("-c", run, "--no-logo")


CHECKS: dict[str, Callable[[], list[str]]] = {
    "types": lambda: python("-m", "mypy"),
    "schema": lambda: python("manage.py", "makemigrations", "--check", "--dry-run"),
    "system": lambda: python("manage.py", "check", "--fail-level", "WARNING"),
    "messages": lambda: python("-m", "scripts.messages", "--check"),
    "imports": lint_imports,
    "lint": lambda: python("-m", "ruff", "check", "-q", "."),
    "format": lambda: python("-m", "ruff", "format", "--check", "-q", "."),
    "spelling": lambda: python("-m", "codespell_lib", "-q", "3"),
    "templates": lambda: python("-m", "djlint", "--lint", "--quiet", *templates()),
    "tags": lambda: [str(BIN / "djade"), "--check", "--target-version", "5.2", *templates()],
}
"""In the order in which they are started: the longest first."""


def main(names: Iterable[str]) -> int:
    wanted = list(names) or list(CHECKS)
    failed = 0
    with ThreadPoolExecutor(2) as lanes:
        for answer in as_completed([lanes.submit(ask, name) for name in wanted]):
            name, is_good, seconds, words = answer.result()
            print(f"{'✓' if is_good else '✗'} {name:<10} {seconds:5.1f} s", flush=True)
            if not is_good:
                failed += 1
                print(words.strip(), flush=True)
    return failed


def ask(name: str) -> tuple[str, bool, float, str]:
    start = time.monotonic()
    done = subprocess.run(
        CHECKS[name](),
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    return name, done.returncode == 0, time.monotonic() - start, done.stdout


if __name__ == "__main__":
    sys.exit(min(main(sys.argv[1:]), 1))
