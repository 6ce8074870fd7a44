"""What was found, as a line of a list: with the question marked in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from community.components.base import Part, Text
from community.components.gallery import Examples, exhibit
from community.terms import Chunk, Wanted, spans

EXCERPT_SIGNS: Final = 72
LEAD_SIGNS: Final = 16
"""How much of a text is shown, and how much of it before the first place where the question is."""


def marked(text: str, chunks: tuple[Chunk, ...]) -> SafeString:
    """Return `text`, escaped, with the question marked in it."""
    end = 0
    parts: list[tuple[str, SafeString]] = []
    for start, stop in spans(text, chunks):
        parts.append((text[end:start], format_html("<mark>{}</mark>", text[start:stop])))
        end = stop
    return format_html("{}{}", format_html_join("", "{}{}", parts), text[end:])


def excerpt(text: str, chunks: tuple[Chunk, ...]) -> str:
    """Return the piece of `text` around the first place where the question stands."""
    line = " ".join(text.split())
    first = next(iter(spans(line, chunks)), (0, 0))[0]
    start = max(0, min(first - LEAD_SIGNS, len(line) - EXCERPT_SIGNS))
    end = start + EXCERPT_SIGNS
    return f"{'…' if start else ''}{line[start:end]}{'…' if end < len(line) else ''}"


@dataclass(frozen=True, kw_only=True)
class FoundRow(Part):
    """One thing that was found: what it is, where the question stands in it, how it stands."""

    template_name = "community/components/found_row.html"

    title: str
    text: str
    wanted: Wanted
    url: str
    icon: str
    kind: Text
    place: str
    at: datetime | None
    stands: Text = ""

    @property
    def title_marked(self) -> SafeString:
        return marked(self.title, self.wanted.chunks)

    @property
    def excerpt_marked(self) -> SafeString:
        return marked(excerpt(self.text, self.wanted.chunks), self.wanted.chunks)


@exhibit(
    "found_row",
    title=_("Found"),
    notes=_("A title and one piece of the text, with the question marked in both."),
)
def found_row_examples() -> Examples:
    return [
        (
            _("In the title and in the text"),
            FoundRow(
                title="关于小区加装电梯的议事公告",
                text="东溪社区 3 幢加装电梯的事，星期六上午九点在邻里中心商量，请各户派人来。",
                wanted=Wanted.in_words("电梯"),
                url="#found_row",
                icon="scroll",
                kind=_("Notices"),
                place="东溪社区",
                at=None,
                stands=_("Current"),
            ),
        )
    ]
