"""One open socket, and how to write to it without ever waiting for it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Final

from websockets.frames import Close, Frame, Opcode

Send = Callable[[dict[str, Any]], Awaitable[None]]

SLOW: Final = 4008
"""Close code: this socket did not read; come back and ask for what was missed."""

GOODBYE: Final = 4401
"""Close code: the session is over; do not come back before signing in again."""

TRY_LATER: Final = 1013

BUFFER_BYTES_MAX: Final = 256 * 1024
QUEUE_FRAMES_MAX: Final = 64
ABORT_AFTER_SECONDS: Final = 5


@dataclass(frozen=True, slots=True)
class Message:
    """One text on its way to many sockets: framed once, for all."""

    text: str
    frame: bytes

    @classmethod
    def of(cls, text: str) -> Message:
        return cls(text, Frame(Opcode.TEXT, text.encode()).serialize(mask=False))


class Seat:
    """A socket as the hub sees it.

    Under uvicorn the hub writes the frame to the transport itself, which costs a third of the way
    through the framework (docs/adr/0060); a transport that holds more than 256 kB unread is hung
    up on. Under any other server frames go through a queue of 64 and a task.
    """

    __slots__ = (
        "_queue",
        "_send",
        "_writer",
        "is_gone",
        "person_id",
        "session",
        "topics",
        "transport",
    )

    def __init__(self, send: Send, *, person_id: int | None = None, session: str = "") -> None:
        self.person_id = person_id
        self.session = session
        self.topics: set[str] = set()
        self.is_gone = False
        self.transport = transport_behind(send)
        self._send = send
        self._queue: asyncio.Queue[str] | None = None
        self._writer: asyncio.Task[None] | None = None
        if self.transport is None:
            self._queue = asyncio.Queue(QUEUE_FRAMES_MAX)
            self._writer = asyncio.create_task(self._write_on())

    def write(self, message: Message) -> None:
        """Send without waiting; a socket that has not read what it was sent is hung up on."""
        if self.is_gone:
            return
        if self.transport is not None:
            if self.transport.is_closing():
                return
            if self.transport.get_write_buffer_size() > BUFFER_BYTES_MAX:
                self.hang_up(SLOW)
                return
            self.transport.write(message.frame)
            return
        assert self._queue is not None
        try:
            self._queue.put_nowait(message.text)
        except asyncio.QueueFull:
            self.hang_up(SLOW)

    def hang_up(self, code: int) -> None:
        """Close with `code`, and for good after five seconds if nobody answers."""
        if self.is_gone:
            return
        self.is_gone = True
        if self.transport is None:
            self.stop()
            self._writer = asyncio.create_task(self._close(code))
        elif not self.transport.is_closing():
            frame = Frame(Opcode.CLOSE, Close(code, "").serialize())
            self.transport.write(frame.serialize(mask=False))
            loop = asyncio.get_running_loop()
            loop.call_later(ABORT_AFTER_SECONDS, self.transport.abort)

    def stop(self) -> None:
        """End what the seat has running; the socket has closed."""
        self.is_gone = True
        if self._writer is not None:
            self._writer.cancel()

    async def _write_on(self) -> None:
        assert self._queue is not None
        while True:
            await self._send({"type": "websocket.send", "text": await self._queue.get()})

    async def _close(self, code: int) -> None:
        # The socket may be gone already, which is what was wanted.
        with suppress(Exception):
            await self._send({"type": "websocket.close", "code": code})


def transport_behind(send: Send) -> asyncio.Transport | None:
    """Return uvicorn's transport under `send`, or None where there is none to write to.

    Channels' SessionMiddleware wraps `send` in an object that keeps the real one.
    """
    owner = getattr(send, "__self__", None)
    while (inner := getattr(owner, "real_send", None)) is not None:
        owner = getattr(inner, "__self__", None)
    if not type(owner).__module__.startswith("uvicorn.protocols.websockets"):
        return None
    transport = getattr(owner, "transport", None)
    return transport if hasattr(transport, "get_write_buffer_size") else None
