"""What is written down while the platform runs: one event a line, and nobody's number in it.

JSON for machines in the county, coloured lines for people in development. Every line of a request
carries its id, which the answer carries too (`X-Request-Id`), so that what a resident reports can
be found. Mobile and identity numbers are masked wherever they turn up, also inside a traceback.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, Final
from uuid import uuid4

import structlog
from django.http import HttpRequest, HttpResponse

PERSONAL: Final = re.compile(r"(?<!\d)(?:\+?86)?1[3-9]\d{9}(?!\d)|(?<!\d)\d{17}[\dXx](?!\d)")
MASK: Final = "…"

Event = structlog.typing.EventDict
GetResponse = Callable[[HttpRequest], HttpResponse]


def without_personal_numbers(logger: object, method: str, event: Event) -> Event:
    """Mask what looks like a mobile or an identity number in every text of a line."""
    return {
        name: PERSONAL.sub(MASK, value) if isinstance(value, str) else value
        for name, value in event.items()
    }


SHARED: Final[list[structlog.typing.Processor]] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.stdlib.PositionalArgumentsFormatter(),
    structlog.processors.TimeStamper(fmt="iso", utc=False),
    structlog.processors.StackInfoRenderer(),
    structlog.processors.format_exc_info,
    without_personal_numbers,
]


def logs(*, as_json: bool) -> dict[str, Any]:
    """Return the value of LOGGING: lines for people, or for a county's log store."""
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *SHARED,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
    )
    last: structlog.typing.Processor = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if as_json
        else structlog.dev.ConsoleRenderer(colors=False)
    )
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "line": {
                "()": structlog.stdlib.ProcessorFormatter,
                "foreign_pre_chain": SHARED,
                "processors": [structlog.stdlib.ProcessorFormatter.remove_processors_meta, last],
            }
        },
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
        "root": {"handlers": ["console"], "level": "WARNING"},
        "loggers": {
            # Django's default mails faults to administrators that we do not have.
            "django": {"handlers": [], "level": "WARNING"},
            "django.request": {"level": "ERROR"},  # a page that is not there is nobody's fault
        },
    }


class RequestIdMiddleware:
    """Give every request an id, that of the proxy in front of us if it sent a plain one."""

    PLAIN: Final = re.compile(r"[\w-]{8,64}")

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        sent = request.headers.get("X-Request-Id", "")
        request_id = sent if self.PLAIN.fullmatch(sent) else uuid4().hex
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request_id=request_id)
        response = self.get_response(request)
        response.headers["X-Request-Id"] = request_id
        return response
