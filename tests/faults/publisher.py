"""Processes that commit changes, each with its event, and are killed at a random moment.

Django is set up once; each round is a fork of it. A child tells the number of each change after
its commit; the parent prints what it was told: that must be there afterwards.
"""

import os
import random
import signal
import sys
import time
from itertools import count

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.test")

import django

django.setup()

from django.db import transaction
from django.utils import timezone

from community.models import AuditEntry
from community.publishing import publish
from config.celery import app
from tests.faults.events import Changed


def commit_until_killed(first: int, told: int) -> None:
    for number in count(first):
        with transaction.atomic():
            AuditEntry.objects.create(
                at=timezone.now(), act="fault.change", subject_type="fault", subject_id=str(number)
            )
            publish(Changed(at=timezone.now(), number=number))
        os.write(told, f"{number}\n".encode())


def one_round(first: int, seconds: float) -> str:
    reading, writing = os.pipe()
    if (child := os.fork()) == 0:
        commit_until_killed(first, writing)
    os.close(writing)
    told = os.read(reading, 100)  # it has begun
    time.sleep(seconds)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    while more := os.read(reading, 65536):
        told += more
    os.close(reading)
    return told.decode()


def warm_up() -> None:
    """Do what a process does once, so that fifty children need not; open no connection."""
    app.finalize()
    app.loader.import_default_modules()
    assert app.amqp.queues
    app.connection_for_write().get_transport_cls()
    Changed(at=timezone.now(), number=0).facts  # noqa: B018 (builds the schema)


warm_up()
rng = random.Random(0)
for number in range(int(sys.argv[1])):
    print(one_round(number * 1000, rng.uniform(0, 0.05)), end="", flush=True)
    print("round", flush=True)
