"""A whole county in one process: pages and sockets, background work, and the clock.

The server has the main thread and its signals. Work and clock are threads beside it; when the
server ends, the clock stops ticking, the task that runs is finished, and the process leaves with 0.
"""

from __future__ import annotations

import signal
import socket
import threading
from collections.abc import Callable, Generator
from contextlib import contextmanager
from typing import Any, Final

import uvicorn
from celery.beat import Service
from celery.worker import WorkController, state

from config.celery import app

ENDING: Final = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
CLOCK_SECONDS_MAX: Final = 2
TASK_SECONDS_MAX: Final = 60
REQUEST_SECONDS_MAX: Final = 10


def serve(listener: socket.socket, *, when_ready: Callable[[], object]) -> None:
    """Serve on `listener` until the process is told to end, and end whole."""
    from config.asgi import application  # noqa: PLC0415 - importing it sets Django up

    server = Server(
        uvicorn.Config(
            application,
            lifespan="off",
            log_config=None,
            access_log=False,
            server_header=False,
            ws="websockets-sansio",
            ws_per_message_deflate=False,  # 32 KB a socket, and CPU for every frame
            timeout_graceful_shutdown=REQUEST_SECONDS_MAX,
        ),
        when_ready=when_ready,
    )
    worker, clock = start_worker(), start_clock()
    try:
        server.run(sockets=[listener])
    finally:
        clock()
        worker()


class Server(uvicorn.Server):
    """Uvicorn that says when it is ready, and whose end is an end like any other.

    Since 0.29 uvicorn raises the signal again once it has stopped, which would kill the process
    before the task that runs is finished.
    """

    def __init__(self, config: uvicorn.Config, *, when_ready: Callable[[], object]) -> None:
        super().__init__(config)
        self._when_ready = when_ready

    @contextmanager
    def capture_signals(self) -> Generator[None, None, None]:
        before = {number: signal.signal(number, self.handle_exit) for number in ENDING}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets=sockets)
        if self.started:
            self._when_ready()


def start_worker() -> Callable[[], None]:
    """Take tasks from the queue in a thread; return what ends it after the task that runs."""
    worker = WorkController(
        app=app,
        pool_cls="solo",  # one writer at a time is what SQLite can do
        concurrency=1,
        without_gossip=True,
        without_mingle=True,
        without_heartbeat=True,
        loglevel="WARNING",
        quiet=True,
    )
    thread = threading.Thread(target=worker.start, name="worker", daemon=True)
    thread.start()

    def end() -> None:
        setattr(state, "should_stop", 0)  # noqa: B010 - its type is guessed from the None it starts as
        thread.join(timeout=TASK_SECONDS_MAX)

    return end


def start_clock() -> Callable[[], None]:
    """Tick in a thread; return what ends it."""
    service: Any = Service(app, max_interval=CLOCK_SECONDS_MAX)
    service.scheduler_cls = app.conf.beat_scheduler
    thread = threading.Thread(target=service.start, name="clock", daemon=True)
    thread.start()

    def end() -> None:
        service.stop()
        thread.join(timeout=CLOCK_SECONDS_MAX + 1)

    return end
