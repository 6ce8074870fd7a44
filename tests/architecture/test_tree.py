"""What no file of the project may contain, and how long one may be."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from django.conf import settings

ROOT: Path = settings.BASE_DIR
LINES_MAX = 300
MAY_BE_LONGER = {
    "community/models/people.py": 360,  # persons, households and what binds them
    "community/workflow.py": 320,  # one table, read as one
}
TEXT = {".css", ".html", ".js", ".json", ".md", ".py", ".sh", ".svg", ".toml", ".txt", ".yaml"}
MACHINE = re.compile(r"(?<![\w.])/(?:work|root|home/\w+|Users/\w+|tmp)/")
MAY_NAME_A_MACHINE = {"tests/architecture/test_tree.py"}
REGISTRY = re.compile(r"https?://(?:\w+\.)*(?:pypi|pythonhosted|npmjs|aliyun|tencent|tuna)\.")
OUTSIDE = re.compile(r"""(?:src|href|action|srcset|url\()\s*=?\s*["'(]?(?:https?:)?//""")
INLINE = re.compile(
    r"""<style[\s>]|\sstyle\s*=\s*["']|\son(?!ly\b)\w+\s*=\s*["']|<script(?![^>]*\bsrc\s*=)""",
    re.IGNORECASE,
)
JSON_SCRIPT = re.compile(r'<script[^>]*type="application/json"')


def tracked() -> list[str]:
    if shutil.which("git") is None or not (ROOT / ".git").exists():
        pytest.skip("the tree is not a git checkout")
    command = ["git", "-c", "safe.directory=*", "ls-files", "-z"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return [name for name in listed.split("\0") if (ROOT / name).is_file()]


def texts() -> list[tuple[str, str]]:
    names = [n for n in tracked() if Path(n).suffix in TEXT or Path(n).suffix == ""]
    return [(name, (ROOT / name).read_text(encoding="utf-8")) for name in names]


class TestTheTree:
    def test_has_no_long_modules(self):
        modules = [n for n in tracked() if n.endswith(".py") and "/migrations/" not in n]
        long = {n: len((ROOT / n).read_text(encoding="utf-8").splitlines()) for n in modules}

        assert not {
            n: lines
            for n, lines in long.items()
            if lines > MAY_BE_LONGER.get(n, LINES_MAX) and is_ours(n)
        }

    def test_knows_no_machine(self):
        found = [name for name, text in texts() if MACHINE.search(text)]

        assert not set(found) - MAY_NAME_A_MACHINE

    def test_knows_no_registry(self):
        assert not [name for name, text in texts() if REGISTRY.search(text)]


class TestATemplate:
    def test_has_no_inline_script_or_style(self):
        found = {name: INLINE.search(JSON_SCRIPT.sub("", text)) for name, text in templates()}

        assert not {name: hit[0] for name, hit in found.items() if hit}

    def test_calls_no_other_host(self):
        found = {name: OUTSIDE.search(text) for name, text in templates()}

        assert not {name: hit[0] for name, hit in found.items() if hit}


def is_ours(name: str) -> bool:
    return not name.startswith(("bench/", "tests/"))


def templates() -> list[tuple[str, str]]:
    return [(name, text) for name, text in texts() if name.endswith((".html", ".svg"))]
