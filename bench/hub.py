"""What a delivered frame costs: the hub behind Channels, beside the `websockets` library alone.

``python bench/hub.py [sockets] [rounds]`` starts each server in a process of its own, opens the
sockets, has so many announcements made ten a second, and prints microseconds of server CPU for each
delivered frame and the latency until a page has it. No database, no session: the hub itself.
"""

from __future__ import annotations

import asyncio
import json
import os
import resource
import socket
import subprocess
import sys
import time
from pathlib import Path

from websockets.asyncio.client import ClientConnection, connect

SOCKETS, ROUNDS, PAUSE = 200, 30, 0.1
PAYLOAD = "x" * 150


def serve_hub(listener: socket.socket) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.test")
    os.environ["REDIS_URL"] = ""
    import django  # noqa: PLC0415

    django.setup()

    import uvicorn  # noqa: PLC0415
    from channels.generic.websocket import AsyncWebsocketConsumer  # noqa: PLC0415

    from community.hub import Seat, hub_of_this_loop  # noqa: PLC0415
    from community.hub.bus import publish  # noqa: PLC0415

    class Bench(AsyncWebsocketConsumer):
        channel_layer_alias = "none"

        async def dispatch(self, message: dict) -> None:
            await getattr(self, message["type"].replace(".", "_"))(message)

        async def connect(self) -> None:
            await self.accept()
            self.hub, self.seat = hub_of_this_loop(), Seat(self.base_send)
            self.hub.sit(self.seat)
            await self.hub.join(self.seat, "bench", since=None, snapshot=self.snapshot)

        async def snapshot(self) -> str:
            return "{}"

        async def receive(self, text_data=None, bytes_data=None) -> None:
            if text_data == "cpu":
                await self.send(text_data=json.dumps({"cpu": cpu()}))
            else:
                publish("bench", json.dumps({"said": text_data, "with": PAYLOAD}))

        async def disconnect(self, code: int) -> None:
            self.hub.rise(self.seat)

    uvicorn.Server(
        uvicorn.Config(
            Bench.as_asgi(),
            lifespan="off",
            log_config=None,
            access_log=False,
            ws="websockets-sansio",
            ws_per_message_deflate=False,
        )
    ).run(sockets=[listener])


def serve_bare(listener: socket.socket) -> None:
    import uvloop  # noqa: PLC0415
    from websockets.asyncio.server import broadcast, serve  # noqa: PLC0415

    async def main() -> None:
        async def handler(connection) -> None:
            async for text in connection:
                if text == "cpu":
                    await connection.send(f'{{"cpu": {cpu()}}}')
                else:
                    broadcast(server.connections, f'{{"said": "{text}", "with": "{PAYLOAD}"}}')

        async with serve(handler, sock=listener, compression=None) as server:
            await asyncio.Future()

    uvloop.run(main())


def cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


class Load:
    """Open pages that listen, and how long each frame took to reach them."""

    def __init__(self) -> None:
        self.latencies: list[float] = []

    async def listen(self, page: ClientConnection) -> None:
        async for text in page:
            message = json.loads(text)
            if said := message.get("frame", message).get("said"):
                self.latencies.append(time.perf_counter() - float(said))

    def at(self, share: float) -> float:
        """Return the latency in ms that so many of the frames did not exceed."""
        return sorted(self.latencies)[int(len(self.latencies) * share) - 1] * 1e3


async def cpu_of_server(control: ClientConnection) -> float:
    await control.send("cpu")
    while "cpu" not in (message := json.loads(await control.recv())):
        pass
    return message["cpu"]


async def drive(port: int, sockets: int, rounds: int) -> tuple[float, float, float, int]:
    """Return µs of server CPU a frame, p50 and p99 in ms, and how many frames were missing."""
    address, load = f"ws://127.0.0.1:{port}/", Load()
    pages = [await connect(address, compression=None) for _page in range(sockets)]
    control = await connect(address, compression=None)
    readers = [asyncio.create_task(load.listen(page)) for page in pages]
    await asyncio.sleep(0.5)
    before = await cpu_of_server(control)
    for _round in range(rounds):
        await pages[0].send(str(time.perf_counter()))
        await asyncio.sleep(PAUSE)
    await asyncio.sleep(1)
    spent = await cpu_of_server(control) - before
    for reader in readers:
        reader.cancel()
    for page in (*pages, control):
        await page.close()
    expected = sockets * rounds
    delivered = expected + rounds  # the control socket hears it too
    missing = expected - len(load.latencies)
    return spent / delivered * 1e6, load.at(0.5), load.at(0.99), missing


def measure(kind: str, sockets: int, rounds: int) -> tuple[float, float, float, int]:
    listener = socket.create_server(("127.0.0.1", 0), backlog=4096)
    port = listener.getsockname()[1]
    server = subprocess.Popen(
        [sys.executable, __file__, "--serve", kind, str(listener.fileno())],
        pass_fds=[listener.fileno()],
    )
    try:
        return asyncio.run(asyncio.wait_for(drive(port, sockets, rounds), 120))
    finally:
        server.kill()
        server.wait()
        listener.close()


def main(sockets: int = SOCKETS, rounds: int = ROUNDS) -> None:
    print(f"{sockets} sockets, {rounds} announcements at 10/s, loopback")
    results = {kind: measure(kind, sockets, rounds) for kind in ("bare", "hub")}
    for kind, label in (("bare", "websockets.broadcast"), ("hub", "hub behind Channels")):
        cost, p50, p99, missing = results[kind]
        print(
            f"{label:22} {cost:6.1f} µs/frame   p50 {p50:5.1f} ms   p99 {p99:6.1f} ms   "
            f"{missing} missing"
        )
    print(f"ratio {results['hub'][0] / results['bare'][0]:.2f}")


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
    if sys.argv[1:2] == ["--serve"]:
        kind, number = sys.argv[2:4]
        {"hub": serve_hub, "bare": serve_bare}[kind](socket.socket(fileno=int(number)))
    else:
        main(*map(int, sys.argv[1:]))
