"""The county's settings, as far as signing in is concerned."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest
from django.conf import settings

ASKED = """
import django, json
from django.conf import settings
django.setup()
from django.urls import NoReverseMatch, reverse
try:
    demo = reverse("community:demo")
except NoReverseMatch:
    demo = None
names = ["DEMO", "SMS_SENDER", "SESSION_COOKIE_SECURE", "SESSION_COOKIE_HTTPONLY",
         "SESSION_COOKIE_SAMESITE", "CSRF_COOKIE_SECURE", "SECURE_SSL_REDIRECT"]
print(json.dumps({"demo": demo, **{name: getattr(settings, name) for name in names}}))
"""


def answers(tmp_path, **environment):
    given = {
        "DJANGO_SETTINGS_MODULE": "config.settings.prod",
        "SECRET_KEY": "k" * 60,
        "DATABASE_URL": "sqlite:///:memory:",
        "REDIS_URL": "redis://127.0.0.1:1/0",
        "LINLI_DATA": str(tmp_path),
        "LINLI_HOSTS": "linli.example",
        "LINLI_URL": "https://linli.example",
        **environment,
    }
    kept = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME")}
    return subprocess.run(
        [sys.executable, "-W", "ignore", "-c", ASKED],
        env={**kept, **given},
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.slow
class TestProduction:
    def test_has_no_demo_and_guards_its_cookies(self, tmp_path):
        said = json.loads(answers(tmp_path, DEMO="1").stdout.splitlines()[-1])

        assert said == {
            "demo": None,
            "DEMO": False,
            "SMS_SENDER": "community.adapters.sms.HttpSender",
            "SESSION_COOKIE_SECURE": True,
            "SESSION_COOKIE_HTTPONLY": True,
            "SESSION_COOKIE_SAMESITE": "Lax",
            "CSRF_COOKIE_SECURE": True,
            "SECURE_SSL_REDIRECT": True,
        }

    def test_does_not_start_with_a_sender_that_writes_codes_down(self, tmp_path):
        sender = "community.adapters.sms.ConsoleSender"

        assert "would write codes down" in answers(tmp_path, LINLI_SMS_SENDER=sender).stderr
