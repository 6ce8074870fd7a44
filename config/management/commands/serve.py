"""`make run`: the demo county on this machine, in one process."""

from __future__ import annotations

import errno
import os
import socket
from argparse import ArgumentParser
from typing import Any, Final

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from config.data import DataInUse, bring_up_to_date, claimed
from config.embedded import serve
from config.trouble import PORT_IS_TAKEN, explained

SCREEN: Final = """
  邻里园 Linli

    打开  open         {url}/
    进入  sign in as   {url}/demo/    任选一位村民、网格员、村干部 · any of the demo people
    后台  back office  {url}/cms/     先以「县管理员」进入 · as the county's administrator
    停止  stop         Ctrl+C
    重来  start over   make demo-reset

  数据都在 {data}，再次 make run 会接着用。 Your data stays in {data} for the next make run.
"""


class Command(BaseCommand):
    help = "Serve pages, sockets, background work and the clock in one process, on this machine."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            with claimed(settings.DATA_DIR), self._listener(**options) as listener:
                bring_up_to_date(self._say)
                serve(listener, when_ready=lambda: self._say(screen(listener)))
        except DataInUse as refusal:
            raise CommandError(str(refusal)) from None
        except KeyboardInterrupt:
            raise CommandError("已停止。 Stopped.") from None
        except Exception as error:
            if line := explained(error, settings.DATA_DIR):
                raise CommandError(line) from None
            raise
        self._say("已停止，数据都在。 Stopped; your data is kept.")

    def _listener(self, *, host: str, port: int, **options: Any) -> socket.socket:
        """Take the port before anything else, so that a taken one is said at once."""
        try:
            return socket.create_server((host, port), backlog=4096)
        except OSError as error:
            if error.errno in (errno.EADDRINUSE, errno.EACCES):
                other = port + 1 if error.errno == errno.EADDRINUSE else 8000
                raise CommandError(PORT_IS_TAKEN.format(port=port, other=other)) from None
            raise

    def _say(self, text: str) -> None:
        self.stdout.write(text)
        self.stdout.flush()


def screen(listener: socket.socket) -> str:
    host, port = listener.getsockname()[:2]
    name = "localhost" if host in ("127.0.0.1", "0.0.0.0") else host  # noqa: S104 - compared only
    return SCREEN.format(url=f"http://{name}:{port}", data=os.path.relpath(settings.DATA_DIR))
