"""Pieces of the pages that are used in more than one place."""

from cms.components.maps import AreaMap, MapArea
from cms.components.notices import NoticeRow

__all__ = ["AreaMap", "MapArea", "NoticeRow"]
