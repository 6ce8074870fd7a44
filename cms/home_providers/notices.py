from __future__ import annotations

from datetime import datetime

from django.utils.formats import date_format
from django.utils.timezone import localtime

from cms.components.notices import icon_of, tone_of
from cms.models import NoticePage
from cms.queries.places import NOTICES
from community.home import News, NewsProvider, register_news
from community.models import Area, Person


def new_notices(area: Area, person: Person | None, at: datetime, limit: int) -> list[News]:
    """Return the notices that concern an area now, urgent ones first."""
    found = NoticePage.objects.for_area(area, person=person, at=at).select_related("area")
    return [
        News(
            title=notice.title,
            note=_note(notice),
            icon=icon_of(notice),
            url=notice.get_url(),
            at=notice.starts_at,
            tone=tone_of(notice),
            is_urgent=notice.is_urgent,
        )
        for notice in found.defer("body").urgent_first()[:limit]
    ]


def _note(notice: NoticePage) -> str:
    """Return when it happens and where; for what does not happen, who says it and when."""
    if notice.happens_at is None:
        return f"{notice.area.name}　{date_format(localtime(notice.starts_at), 'MONTH_DAY_FORMAT')}"
    moment = localtime(notice.happens_at)
    when = f"{date_format(moment, 'MONTH_DAY_FORMAT')} {date_format(moment, 'H:i')}"
    return f"{when}　{notice.happens_where}".strip()


register_news(NewsProvider(key=NOTICES, rows=new_notices))
