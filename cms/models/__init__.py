"""The pages people read, one module per concept."""

from cms.models.notices import Announcement, Audience, NoticeKind, NoticePage, Urgency
from cms.models.places import AreaPage, CountyPage, FrontPage, TownPage, UnitPage
from cms.models.plain import PlainPage

__all__ = [
    "Announcement",
    "AreaPage",
    "Audience",
    "CountyPage",
    "FrontPage",
    "NoticeKind",
    "NoticePage",
    "PlainPage",
    "TownPage",
    "UnitPage",
    "Urgency",
]
