from __future__ import annotations

from datetime import datetime

from cms.components.notices import icon_of, tone_of
from cms.models import NoticePage
from cms.queries.places import NOTICES
from community.components.deadlines import day_of, moment_of
from community.home import News, NewsProvider, register_news
from community.models import Area, Person


def new_notices(area: Area, person: Person | None, at: datetime, limit: int) -> list[News]:
    """Return the notices that concern an area now, urgent ones first."""
    found = NoticePage.objects.for_area(area, person=person, at=at).select_related("area")
    return [
        News(
            title=notice.title,
            note=_note(notice, at),
            icon=icon_of(notice),
            url=notice.get_url(),
            at=notice.starts_at,
            tone=tone_of(notice),
            is_urgent=notice.is_urgent,
        )
        for notice in found.defer("body").urgent_first()[:limit]
    ]


def _note(notice: NoticePage, at: datetime) -> str:
    """Return when it happens and where; for what does not happen, who says it and when."""
    if notice.happens_at is None:
        return f"{notice.area.name}　{day_of(notice.starts_at)}"
    return f"{moment_of(notice.happens_at, at=at)}　{notice.happens_where}".strip()


register_news(NewsProvider(key=NOTICES, rows=new_notices))
