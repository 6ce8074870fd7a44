"""A real Celery worker that also knows the event of the fault tests."""

import os
import sys

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.test")

import django

django.setup()

import tests.faults.events  # noqa: F401 (subscribes)
from config.celery import app

app.worker_main(["worker", "--loglevel=INFO", "--pool=solo", "--without-gossip",
                 "--without-mingle", "--without-heartbeat", *sys.argv[1:]])  # fmt: skip
