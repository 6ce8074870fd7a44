"""Numbers of reports: one series a month, in the order in which they are filed."""

from __future__ import annotations

from datetime import datetime

from django.db.models import F
from django.utils import timezone

from community.models import NumberSeries


def next_number(*, at: datetime) -> str:
    """Take the next number of the month, like ``R-202603-0042``.

    The row of the series stays locked until the transaction ends, so two filings never get the
    same one. A transaction that is rolled back gives its number to the next.
    """
    month = timezone.localtime(at).strftime("%Y%m")
    NumberSeries.objects.bulk_create([NumberSeries(month=month)], ignore_conflicts=True)
    NumberSeries.objects.filter(month=month).update(last=F("last") + 1)
    last = NumberSeries.objects.values_list("last", flat=True).get(month=month)
    return f"R-{month}-{last:04d}"
