"""The Celery app and the clock."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.dev")
app = Celery("linli")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
app.conf.beat_schedule = {
    "grow-missing-pages": {"task": "cms.tasks.grow_missing_pages", "schedule": 600.0},
    "publish-scheduled-pages": {"task": "cms.tasks.publish_scheduled_pages", "schedule": 60.0},
    "redeliver-events": {"task": "community.tasks.redeliver_events", "schedule": 15.0},
    "tidy-drafts": {"task": "community.tasks.tidy_drafts", "schedule": 3600.0},
}
