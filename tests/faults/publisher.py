"""A process that commits changes, each with its event, until it is killed.

It prints one number a commit, after the commit: what it printed must be there afterwards.
"""

import os
import sys

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.test")

import django

django.setup()

from django.db import transaction
from django.utils import timezone

from community.models import AuditEntry
from community.publishing import publish
from tests.faults.events import Changed

first = int(sys.argv[1])
print("ready", flush=True)
for number in range(first, first + 1000):
    with transaction.atomic():
        AuditEntry.objects.create(
            at=timezone.now(), act="fault.change", subject_type="fault", subject_id=str(number)
        )
        publish(Changed(at=timezone.now(), number=number))
    print(number, flush=True)
