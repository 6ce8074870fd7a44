"""What a page is made of, so that a browser need not measure the same thing twice."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Final

LOOKS: Final = ("class", "type", "role", "open", "hidden", "disabled")
"""Attributes that change how an element looks or sounds; so do all ``data-`` and ``aria-``."""

NAMES_ONLY: Final = ("aria-label", "aria-describedby", "aria-labelledby", "aria-controls")
"""Their words differ from page to page; that they are there is what counts."""

VOID: Final = frozenset({"br", "hr", "img", "input", "link", "meta", "source", "wbr"})
DEPTH: Final = 3


class Pieces(HTMLParser):
    """Reads a page into its pieces: each element with its looks, within the three around it."""

    def __init__(self) -> None:
        super().__init__()
        self.found: set[str] = set()
        self._around: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        piece = " ".join((tag, *sorted(filter(None, (_look(*attr) for attr in attrs)))))
        around = [look for _tag, look in self._around[-DEPTH:]]
        self.found.add(" > ".join((*around, piece)))
        if tag not in VOID:
            self._around.append((tag, piece))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self._around.pop()

    def handle_endtag(self, tag: str) -> None:
        while self._around and self._around.pop()[0] != tag:
            pass


def _look(name: str, value: str | None) -> str:
    if name in NAMES_ONLY:
        return name
    if name in LOOKS or name.startswith(("data-", "aria-")):
        # Numbers and addresses in data are content; words such as "warm" or "flush" are looks.
        is_look = value is not None and len(value) <= 20 and not any(c.isdigit() for c in value)
        return f"{name}={value}" if is_look or name == "class" else name
    return ""


def pieces_of(html: str) -> frozenset[str]:
    reader = Pieces()
    reader.feed(html)
    return frozenset(reader.found)
