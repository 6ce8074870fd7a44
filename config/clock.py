"""The clock: when each task of the schedule ran last, kept in the database."""

from __future__ import annotations

from django_celery_beat.models import PeriodicTask
from django_celery_beat.schedulers import DatabaseScheduler


class Clock(DatabaseScheduler):
    """The schedule itself stands in `config/celery.py`; the database only remembers.

    A file would remember too, but not after a kill -9 in the middle of a write; and a task that
    an upgrade took away must not be sent for ever because a table still lists it.
    """

    def setup_schedule(self) -> None:
        PeriodicTask.objects.exclude(name__in=self.app.conf.beat_schedule).delete()
        super().setup_schedule()
