"""What goes wrong on somebody's own machine, said in one line instead of a traceback."""

from __future__ import annotations

import errno
import sqlite3
from typing import Final

DISK_IS_FULL: Final = (
    "磁盘满了，什么也没有丢；腾出空间后再来。"
    " The disk is full, nothing is lost: free some space and try again."
)
MAY_NOT_WRITE: Final = (
    "没有权限写入 {path}；请检查目录的所有者。 No permission to write to {path}: check its owner."
)
IN_USE: Final = (
    "数据正被另一个进程使用（{pid}）；请先停下它，或用 LINLI_DATA=目录 另开一份。"
    " Another process ({pid}) is using this data: stop it first, or choose LINLI_DATA=folder."
)
PORT_IS_TAKEN: Final = (
    "端口 {port} 已被占用；换一个：make run PORT={other}"
    " Port {port} is taken; choose another: make run PORT={other}"
)
FULL_CODES: Final = (sqlite3.SQLITE_FULL,)
UNWRITABLE_CODES: Final = (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM)


def explained(error: BaseException, path: object) -> str | None:
    """Return the line for an error that the machine caused, or None when it is our own fault."""
    cause = error.__cause__ if isinstance(error.__cause__, sqlite3.Error) else error
    if isinstance(cause, OSError):
        if cause.errno in (errno.ENOSPC, errno.EDQUOT):
            return DISK_IS_FULL
        if cause.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
            return MAY_NOT_WRITE.format(path=cause.filename or path)
    if isinstance(cause, sqlite3.Error):
        code = getattr(cause, "sqlite_errorcode", 0) & 0xFF
        if code in FULL_CODES:
            return DISK_IS_FULL
        if code in UNWRITABLE_CODES:
            return MAY_NOT_WRITE.format(path=path)
    return None
