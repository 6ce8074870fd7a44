"""The real server, in a thread: uvicorn, with pages and sockets as they are deployed."""

from __future__ import annotations

import logging
import socket
import threading
import time
from collections.abc import Iterator

import pytest
import uvicorn

START_SECONDS = 20


class Faults(logging.Handler):
    """What the server logged as an error: every fault asks for a change in the code."""

    LOGGERS = ("django.request", "uvicorn.error", "asyncio")

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(self.format(record))

    def listen(self) -> None:
        for name in self.LOGGERS:
            logging.getLogger(name).addHandler(self)

    def stop(self) -> None:
        for name in self.LOGGERS:
            logging.getLogger(name).removeHandler(self)


class LiveServer:
    """`url` for pages and `ws_url` for sockets; both without a slash at the end.

    A fault that a test provokes on purpose is taken out with `live.faults.lines.clear()`.
    """

    def __init__(self) -> None:
        self.faults = Faults()
        self._socket = socket.create_server(("127.0.0.1", 0), backlog=512)
        self.host = f"127.0.0.1:{self._socket.getsockname()[1]}"
        self.url = f"http://{self.host}"
        self.ws_url = f"ws://{self.host}"

    def start(self) -> None:
        from config.asgi import application  # noqa: PLC0415 - needs the test settings

        self._server = uvicorn.Server(
            uvicorn.Config(
                application,
                lifespan="off",
                log_config=None,
                access_log=False,
                ws="websockets-sansio",
                ws_per_message_deflate=False,
                timeout_graceful_shutdown=3,
            )
        )
        self._thread = threading.Thread(
            target=self._server.run, kwargs={"sockets": [self._socket]}, name="live", daemon=True
        )
        self._thread.start()
        give_up_at = time.monotonic() + START_SECONDS
        while not self._server.started:
            assert self._thread.is_alive(), "the live server did not start"
            assert time.monotonic() < give_up_at, "the live server takes too long to start"
            time.sleep(0.01)

    def stop(self) -> None:
        self._server.should_exit = True
        self._thread.join(timeout=START_SECONDS)
        self._socket.close()
        assert not self._thread.is_alive(), "the live server did not stop"


@pytest.fixture(scope="session")
def _live_server() -> Iterator[LiveServer]:
    server = LiveServer()
    server.start()
    yield server
    server.stop()


@pytest.fixture
def live(transactional_db, _live_server: LiveServer) -> Iterator[LiveServer]:
    """The real server on this test's database; what it logs as an error fails the test."""
    faults = _live_server.faults
    faults.lines.clear()
    faults.listen()
    yield _live_server
    faults.stop()
    assert not faults.lines, "the server logged errors:\n" + "\n".join(faults.lines)
