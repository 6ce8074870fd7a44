"""Reading gettext catalogues, and gathering the strings of the sources as they are now."""

from __future__ import annotations

import ast
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from django.conf import settings
from django.core.management import call_command

SOURCES = ("cms", "community", "config", "councils", "points", "volunteers", "templates")
FIELD = re.compile(
    r'^(msgctxt|msgid|msgid_plural|msgstr|msgstr\[0\]) ((?:"(?:[^"\\]|\\.)*"\s*)+)', re.MULTILINE
)


class Entry(NamedTuple):
    context: str
    msgid: str
    plural: str
    said: str
    is_fuzzy: bool

    @property
    def key(self) -> tuple[str, str]:
        return self.context, self.msgid


def entries(path: Path) -> Iterator[Entry]:
    """Yield what a catalogue says, without its header and what is no longer used."""
    for block in path.read_text(encoding="utf-8").split("\n\n"):
        fields = {name: _joined(text) for name, text in FIELD.findall(block)}
        if fields.get("msgid"):
            yield Entry(
                context=fields.get("msgctxt", ""),
                msgid=fields["msgid"],
                plural=fields.get("msgid_plural", ""),
                said=fields.get("msgstr", fields.get("msgstr[0]", "")),
                is_fuzzy=bool(re.search(r"^#,.*\bfuzzy\b", block, re.MULTILINE)),
            )


def _joined(text: str) -> str:
    return "".join(ast.literal_eval(piece) for piece in re.findall(r'"(?:[^"\\]|\\.)*"', text))


def gathered(folder: Path, monkeypatch: pytest.MonkeyPatch) -> list[Entry]:
    """Gather every string of the sources, in a folder where nothing is overwritten."""
    for name in SOURCES:
        shutil.copytree(
            settings.BASE_DIR / name,
            folder / name,
            ignore=lambda _dir, names: [
                name
                for name in names
                if "." in name and not name.endswith((".py", ".html", ".txt"))
            ],
        )
    (folder / "locale").mkdir()
    monkeypatch.chdir(folder)
    monkeypatch.setattr(settings, "LOCALE_PATHS", [folder / "locale"])
    call_command("makemessages", locale=["zh_Hans"], no_location=True, no_wrap=True, verbosity=0)
    return list(entries(folder / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.po"))
