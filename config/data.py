"""The data folder of an embedded county: who uses it, bringing it up to date, starting over."""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import Final

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from community.triggers import assert_armed
from config.static import collect_static_files
from config.trouble import IN_USE

FOLDERS: Final = ("media", "private", "queue", "queue-done", "queue-control")
FILES: Final = ("linli.sqlite3", "linli.sqlite3-wal", "linli.sqlite3-shm", "sms.jsonl")


class DataInUse(Exception):
    """Two processes on one in-process queue would each see half of what happens."""


@contextmanager
def claimed(folder: Path) -> Iterator[None]:
    """Keep others away from the data until the block ends, or this process does, however.

    :raises DataInUse: another process has claimed it.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "serve.lock").open("a+", encoding="utf-8") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            raise DataInUse(IN_USE.format(pid=lock.read().strip() or "?")) from None
        lock.truncate(0)
        lock.write(str(os.getpid()))
        lock.flush()
        yield
        lock.truncate(0)


def bring_up_to_date(say: Callable[[str], object]) -> None:
    """Migrate what is there, and load the demo county into what is new."""
    for name in FOLDERS:
        (settings.DATA_DIR / name).mkdir(parents=True, exist_ok=True)
    collect_static_files()
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        say("正在准备数据库 … Preparing the database …")
        in_a_child(partial(call_command, "migrate", verbosity=0, interactive=False))
    assert_armed()
    if settings.DEMO:
        in_a_child(partial(call_command, "load_demo"))


def in_a_child(work: Callable[[], object]) -> None:
    """Do the work in a process that ends with it, and takes the memory it needed along.

    A server that had loaded the demo itself would keep 65 MB more for the rest of its life.
    """
    connection.close()
    with ProcessPoolExecutor(1, mp_context=get_context("fork")) as children:
        children.submit(work).result()


def start_over() -> None:
    """Forget everything that residents and the demo have put into the embedded county."""
    connection.close()
    for name in FILES:
        (settings.DATA_DIR / name).unlink(missing_ok=True)
    for name in FOLDERS:
        shutil.rmtree(settings.DATA_DIR / name, ignore_errors=True)
