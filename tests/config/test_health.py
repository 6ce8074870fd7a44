"""What the process says about itself to whoever restarts it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from community.models import EventRecord

pytestmark = pytest.mark.django_db


class TestHealth:
    def test_is_good_when_every_part_works(self, client):
        answer = client.get("/healthz")

        assert answer.status_code == 200
        assert answer.json() == dict.fromkeys(("database", "queue", "delivery", "sockets"), True)

    def test_says_that_nobody_delivers(self, client):
        long_ago = timezone.now() - timedelta(hours=1)
        EventRecord.objects.create(name="tests.forgotten", at=long_ago, next_attempt_at=long_ago)

        answer = client.get("/healthz")

        assert answer.status_code == 503
        assert answer.json()["delivery"] is False

    def test_names_no_reason_when_a_part_is_gone(self, client, settings):
        settings.REDIS_URL = "redis://127.0.0.1:1/0"
        settings.CELERY_BROKER_URL = settings.REDIS_URL

        answer = client.get("/healthz")

        assert set(answer.json().values()) <= {True, False}
