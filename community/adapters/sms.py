"""Carriers of text messages: two for development, and the shape of one operator over HTTP."""

from __future__ import annotations

import hashlib
import hmac
import json
import sys
import time
from http import HTTPStatus
from pathlib import Path
from typing import Final

import httpx
from django.conf import settings

from community.sms import NotSent, Sms, wording

TIMEOUT: Final = httpx.Timeout(4.0, connect=2.0)
ATTEMPTS: Final = 3
FIRST_WAIT_S: Final = 0.2
"""Doubled after each attempt: somebody is looking at a page that waits for us."""


class ConsoleSender:
    """Prints the message where the server was started."""

    def send(self, sms: Sms) -> None:
        sys.stdout.write(f"\n  SMS → {sms.phone}\n  {wording(sms)}\n\n")
        sys.stdout.flush()


class FileSender:
    """Adds the message as one line of JSON to ``SMS_FILE``: what tests and demos read."""

    def send(self, sms: Sms) -> None:
        line = {
            "id": str(sms.id),
            "phone": sms.phone,
            "template": sms.template,
            "values": sms.values,
            "text": wording(sms),
        }
        with Path(settings.SMS_FILE).open("a", encoding="utf-8") as file:
            file.write(json.dumps(line, ensure_ascii=False) + "\n")


class HttpSender:
    """Posts the message as signed JSON.

    The body is ``{"id", "phone", "template", "values"}``. ``X-Signature`` is the hex HMAC-SHA256 of
    ``timestamp + "." + body`` under the shared secret; ``Idempotency-Key`` is the message's id, the
    same in every attempt. 2xx is taken, 4xx is refused for good, anything else is tried again.
    """

    def send(self, sms: Sms) -> None:
        body = json.dumps(
            {"id": str(sms.id), "phone": sms.phone, "template": sms.template, "values": sms.values},
            ensure_ascii=False,
            separators=(",", ":"),
        ).encode()
        problem = "no_attempt"
        with httpx.Client(timeout=TIMEOUT) as client:
            for attempt in range(ATTEMPTS):
                if attempt:
                    time.sleep(FIRST_WAIT_S * 2 ** (attempt - 1))
                problem = self._attempt(client, sms, body)
                if not problem:
                    return
                if problem.startswith("refused"):
                    break
        raise NotSent(problem)

    def _attempt(self, client: httpx.Client, sms: Sms, body: bytes) -> str:
        """Try once; return why it did not work, or nothing."""
        try:
            answer = client.post(
                settings.SMS_HTTP_URL, content=body, headers=self._headers(sms, body)
            )
        except httpx.HTTPError as error:
            return type(error).__name__
        if answer.is_success:
            return ""
        again = answer.is_server_error or answer.status_code == HTTPStatus.TOO_MANY_REQUESTS
        return f"{'busy' if again else 'refused'}_{answer.status_code}"

    def _headers(self, sms: Sms, body: bytes) -> dict[str, str]:
        timestamp = str(int(time.time()))
        secret = settings.SMS_HTTP_SECRET.encode()
        signed = hmac.new(secret, timestamp.encode() + b"." + body, hashlib.sha256)
        return {
            "Content-Type": "application/json; charset=utf-8",
            "Idempotency-Key": str(sms.id),
            "X-Timestamp": timestamp,
            "X-Signature": signed.hexdigest(),
        }
