"""What was done in somebody's name, as a list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.utils.translation import gettext_lazy as _

from community.components.base import Part, Text
from community.components.gallery import Examples, exhibit

ACTS: Final[dict[str, Text]] = {
    "report.filed": _("Reported a matter"),
    "report.supplemented": _("Answered a question about a report"),
    "report.withdrawn": _("Took a report back"),
    "report.resolved": _("Rated how a report was handled"),
    "report.reopened": _("Said that a matter is not solved"),
}
"""What the acts that services mark are called; one that is not listed is “something”."""


def words_of(act: str) -> Text:
    return ACTS.get(act, _("Did something"))


@dataclass(frozen=True, kw_only=True)
class Done:
    """One act: what it was, who did it for whom, and, for who may read it, where to see it."""

    act: Text
    who: Text
    at: datetime
    url: str = ""


@dataclass(frozen=True, kw_only=True)
class DoneForOthers(Part):
    """Everything that was done in somebody's name, the newest first."""

    template_name = "community/components/done_for_others.html"

    rows: Sequence[Done]


@exhibit(
    "done-for-others",
    title=_("Done for somebody else"),
    notes=_("Every act in another's name is listed, with a way to it for who may read it."),
)
def done_for_others_examples() -> Examples:
    at = datetime.fromisoformat("2026-03-02T09:00:00+08:00")
    return [
        (
            _("With and without a way to it"),
            DoneForOthers(
                rows=[
                    Done(act=words_of("report.filed"), who="Mei", at=at, url="#"),
                    Done(act=words_of("report.withdrawn"), who="Mei", at=at),
                ]
            ),
        )
    ]
