"""One stream of log lines for everything: ours by structlog, the libraries' by logging."""

from __future__ import annotations

from typing import Any

import structlog
from structlog.stdlib import ProcessorFormatter

SHARED: list[Any] = [
    structlog.stdlib.add_logger_name,
    structlog.stdlib.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=False),
]


def logs(*, as_json: bool) -> dict[str, Any]:
    """Return the value of LOGGING: lines for people, or for a county's log store."""
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *SHARED,
            ProcessorFormatter.wrap_for_formatter,
        ],
        wrapper_class=structlog.stdlib.BoundLogger,
        logger_factory=structlog.stdlib.LoggerFactory(),
    )
    line: list[Any] = (
        [
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ]
        if as_json
        else [structlog.dev.ConsoleRenderer(colors=False)]
    )
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "line": {
                "()": ProcessorFormatter,
                "foreign_pre_chain": SHARED,
                "processors": [ProcessorFormatter.remove_processors_meta, *line],
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
