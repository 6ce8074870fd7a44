"""Moments to test with. Nothing in the suite reads the clock."""

from datetime import datetime
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")


def on_monday(clock: str) -> datetime:
    """Return a time of day on the Monday on which everything in the suite happens."""
    hour, minute = map(int, clock.split(":"))
    return datetime(2026, 3, 2, hour, minute, tzinfo=SHANGHAI)
