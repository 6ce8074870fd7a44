"""The Celery app and the clock."""

import os
from typing import Any

from celery import Celery
from celery.schedules import crontab
from celery.signals import worker_init

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.dev")
app = Celery("linli")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
app.conf.beat_schedule = {
    "drive-print-jobs": {"task": "community.tasks.drive_print_jobs", "schedule": 30.0},
    "forget-old-notifications": {
        "task": "community.tasks.forget_old_notifications",
        "schedule": crontab(hour="3", minute="40"),
    },
    "grow-missing-pages": {"task": "cms.tasks.grow_missing_pages", "schedule": 600.0},
    "move-reports-on": {"task": "community.tasks.move_reports_on", "schedule": 60.0},
    "publish-scheduled-pages": {"task": "cms.tasks.publish_scheduled_pages", "schedule": 60.0},
    "purge-audit": {
        "task": "community.tasks.purge_audit",
        "schedule": crontab(hour="3", minute="20"),
    },
    "redeliver-events": {"task": "community.tasks.redeliver_events", "schedule": 15.0},
    "reindex-search": {
        "task": "community.tasks.reindex_search",
        "schedule": crontab(hour="4", minute="10"),
    },
    "tidy-drafts": {"task": "community.tasks.tidy_drafts", "schedule": 3600.0},
}


@worker_init.connect
def refuse_unguarded_history(**signal: Any) -> None:
    """Start only on a database whose triggers are in place."""
    from config.start import check_worker  # noqa: PLC0415 (models are ready only by now)

    check_worker(**signal)
