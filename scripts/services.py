"""A private PostgreSQL and Redis, for as long as one command runs.

Usage: python -m scripts.services pytest -q     (which finds DATABASE_URL and REDIS_URL)

They listen on free ports of this machine only, keep their data in `var/test-services/<pid>`, and
are children that the kernel ends when this process dies, however it dies. Nothing here is for
data that matters: nothing is flushed to disk.
"""

import ctypes
import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "var" / "test-services"
START_SECONDS = 60
XDIST_WORKERS = ("gw0", "gw1")  # what is announced through Redis is heard in all its databases
PR_SET_PDEATHSIG = 1
POSTGRES_OPTIONS = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "jit": "off",
    "max_connections": "80",
    "shared_buffers": "64MB",
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",  # a path in a deep folder is too long for one
    "logging_collector": "off",
}


class Missing(Exception):
    """A program that is not installed here."""


@contextmanager
def running() -> Iterator[dict[str, str]]:
    """Start both; yield the variables that point to them.

    :raises Missing: PostgreSQL or Redis is not installed.
    """
    postgres_programs(), redis_program()
    with own_folder() as folder, ExitStack() as stack:
        variables = {"REDIS_URL": stack.enter_context(redis(folder, "redis"))}
        for worker in XDIST_WORKERS:
            variables[f"REDIS_URL_{worker.upper()}"] = stack.enter_context(redis(folder, worker))
        variables["DATABASE_URL"] = stack.enter_context(postgres(folder))
        yield variables


@contextmanager
def own_folder() -> Iterator[Path]:
    """Give a folder of our own, and remove those of processes that were killed."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for left in FOLDER.iterdir():
        if not Path(f"/proc/{left.name}").exists():
            shutil.rmtree(left, ignore_errors=True)
    folder = FOLDER / str(os.getpid())
    folder.mkdir()
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


# --- PostgreSQL --------------------------------------------------------------------------------


@contextmanager
def postgres(folder: Path) -> Iterator[str]:
    initdb, server = postgres_programs()
    user = unprivileged_user()
    with within_reach(folder, user) as data:
        password, port = secrets.token_hex(16), free_port()
        secret = data / "password"
        secret.write_text(password)
        if user:
            shutil.chown(secret, user)
        cluster = data / "cluster"
        command: list[object] = [initdb, "-D", cluster, "-U", "linli", "-A", "scram-sha-256"]
        command += ["--pwfile", secret, "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"]
        words = [str(word) for word in command]
        subprocess.run(words, check=True, user=user, cwd=data, stdout=subprocess.DEVNULL)
        options = {**POSTGRES_OPTIONS, "port": str(port)}
        settings = [word for name, value in options.items() for word in ("-c", f"{name}={value}")]
        with child(
            [server, "-D", cluster, *settings], folder / "postgres.log", data, user
        ) as ready:
            log = folder / "postgres.log"
            ready(lambda: "ready to accept connections" in log.read_text(errors="replace"))
            yield f"postgres://linli:{password}@127.0.0.1:{port}/postgres"


def postgres_programs() -> tuple[str, str]:
    """Return the paths of `initdb` and `postgres`; Debian keeps them off the PATH."""
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda p: int(p.parent.name))
    path = os.pathsep.join([*map(str, reversed(folders)), os.environ.get("PATH", "")])
    initdb, server = shutil.which("initdb", path=path), shutil.which("postgres", path=path)
    if not (initdb and server):
        raise Missing("PostgreSQL")
    return initdb, server


def unprivileged_user() -> str | None:
    """Return whom the server runs as: PostgreSQL refuses to run as root."""
    if os.geteuid() != 0:
        return None
    return next(name for name in ("postgres", "nobody") if has_user(name))


def has_user(name: str) -> bool:
    try:
        pwd.getpwnam(name)
    except KeyError:
        return False
    return True


@contextmanager
def within_reach(folder: Path, user: str | None) -> Iterator[Path]:
    """Give a folder that `user` owns: ours, or a temporary one when they cannot come this far."""
    if user is None:
        yield folder
        return
    ours = folder / "postgres"
    ours.mkdir(mode=0o700)
    shutil.chown(ours, user)
    if subprocess.run(["test", "-x", ours], user=user, cwd="/", check=False).returncode == 0:
        yield ours
        return
    with tempfile.TemporaryDirectory(prefix="linli-postgres-") as temporary:
        shutil.chown(temporary, user)
        yield Path(temporary)


# --- Redis -------------------------------------------------------------------------------------


@contextmanager
def redis(folder: Path, name: str) -> Iterator[str]:
    port = free_port()
    command: list[object] = [
        redis_program(),
        "--port",
        str(port),
        "--bind",
        "127.0.0.1",
        "--save",
        "",
    ]
    command += ["--appendonly", "no", "--dir", folder, "--databases", "16"]
    with child(command, folder / f"{name}.log", folder, None) as ready:
        ready(lambda: answers(port))
        yield f"redis://127.0.0.1:{port}/0"


def redis_program() -> str:
    found = shutil.which("redis-server")
    if not found:
        raise Missing("Redis")
    return found


# --- Children ----------------------------------------------------------------------------------


@contextmanager
def child(
    command: list[object], log: Path, cwd: Path, user: str | None
) -> Iterator[Callable[[Callable[[], bool]], None]]:
    """Run a server that ends with us; yield a function that waits until it is ready."""
    with log.open("wb") as output:
        process = subprocess.Popen(
            [str(word) for word in command],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            cwd=cwd,
            user=user,
            preexec_fn=die_with_parent(os.getpid()),  # noqa: PLW1509 - we have one thread
            start_new_session=True,  # Ctrl+C is for the command; the servers outlive it
        )

    def wait(is_ready: Callable[[], bool]) -> None:
        give_up_at = time.monotonic() + START_SECONDS
        while not is_ready():
            if process.poll() is not None or time.monotonic() > give_up_at:
                raise RuntimeError(
                    f"{command[0]} did not start:\n{log.read_text(errors='replace')}"
                )
            time.sleep(0.05)

    try:
        yield wait
    finally:
        process.send_signal(signal.SIGINT)  # PostgreSQL: now, without waiting for clients
        try:
            process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def die_with_parent(parent: int, by: signal.Signals = signal.SIGINT) -> Callable[[], None]:
    """Return what a child does first: ask the kernel to end it when this process has died."""
    libc = ctypes.CDLL(None, use_errno=True)

    def ask() -> None:
        libc.prctl(PR_SET_PDEATHSIG, by)
        if os.getppid() != parent:
            os._exit(1)

    return ask


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
        return port


def answers(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except OSError:
        return False
    return True


def main() -> int:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        with running() as variables:
            environment = {**os.environ, **variables}
            return subprocess.run(
                sys.argv[1:],
                env=environment,
                check=False,
                preexec_fn=die_with_parent(os.getpid(), signal.SIGTERM),
            ).returncode
    except Missing as missing:
        print(f"{missing} 没有安装。 {missing} is not installed.", file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
