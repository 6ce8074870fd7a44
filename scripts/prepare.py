"""Make `.venv` and install the pinned requirements, when that is needed and not otherwise.

Usage: python3 scripts/prepare.py requirements.txt

It runs before anything is installed and perhaps under an old Python, so it keeps to the library
and to the syntax of Python 3.6. What goes wrong on other people's machines is said in one line.
"""

import errno
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

OLDEST = (3, 11)
CANDIDATES = ("python3", "python3.13", "python3.12", "python3.11", "python3.14")
MEGABYTES_NEEDED = 700
VENV = Path(".venv")
PYTHON = VENV / "bin" / "python"
PROBE = f"import sys, ensurepip, venv; sys.exit(sys.version_info[:2] < {OLDEST!r})"


class Trouble(Exception):
    """Something the person at the keyboard can do something about, in one line."""


def main(requirements):
    os.chdir(str(Path(__file__).resolve().parent.parent))
    if is_installed(requirements):
        return
    require_room()
    if not runs(PYTHON):
        make_venv()
    install(requirements)


def is_installed(requirements):
    """Whether exactly this requirements file was installed whole into this environment."""
    stamp = stamp_of(requirements)
    return stamp.exists() and stamp.read_text() == digest_of(requirements) and runs(PYTHON)


def stamp_of(requirements):
    return VENV / f"installed-{Path(requirements).name}"


def digest_of(requirements):
    return hashlib.sha256(Path(requirements).read_bytes()).hexdigest()


def require_room():
    if not os.access(".", os.W_OK):
        raise Trouble(
            f"没有权限在 {os.getcwd()} 写入；请换一个目录，或用有权限的用户。"
            f" You may not write in {os.getcwd()}: use another folder or another user."
        )
    free = shutil.disk_usage(".").free // 1024**2
    if free < MEGABYTES_NEEDED and not PYTHON.exists():
        raise disk_is_full()


def disk_is_full():
    free = shutil.disk_usage(".").free // 1024**2
    return Trouble(
        f"磁盘空间不够：还剩 {free} MB，需要约 {MEGABYTES_NEEDED} MB。"
        f" The disk is full: {free} MB left, about {MEGABYTES_NEEDED} MB needed."
    )


def runs(python, code=PROBE):
    try:
        done = subprocess.run(
            [str(python), "-c", code], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
    except OSError:
        return False
    return done.returncode == 0


def find_python():
    """Return a Python that is new enough and can make virtual environments."""
    for name in (sys.executable, *CANDIDATES):
        if name and runs(name):
            return name
    wanted = ".".join(map(str, OLDEST))
    if sys.version_info[:2] >= OLDEST:
        raise Trouble(
            "Python 缺少 venv 模块；在 Debian/Ubuntu 上：apt install python3-venv。"
            " This Python lacks venv; on Debian or Ubuntu: apt install python3-venv."
        )
    raise Trouble(
        "需要 Python {0} 或更新，这里是 {1}；装好后可用 make run PYTHON=python{0} 指定。"
        " Python {0} or newer is needed, this is {1};"
        " once installed, choose it with make run PYTHON=python{0}.".format(
            wanted, ".".join(map(str, sys.version_info[:3]))
        )
    )


def make_venv():
    say("正在创建 .venv … Creating .venv …")
    command = [find_python(), "-m", "venv", "--clear", str(VENV)]
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    if done.returncode:
        raise explained(done.stdout, "无法创建 .venv Cannot create .venv")


def install(requirements):
    say(f"正在安装依赖（{requirements}），约一分钟 … Installing {requirements}, about a minute …")
    command = [str(PYTHON), "-m", "pip", "install", "--quiet", "--no-input"]
    command += ["--disable-pip-version-check", "--require-hashes", "-r", requirements]
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    if done.returncode:
        (VENV / "install.log").write_bytes(done.stdout)
        raise explained(done.stdout, "安装失败 Installation failed (.venv/install.log)")
    stamp_of(requirements).write_text(digest_of(requirements))


def explained(output, what):
    """Return the trouble behind the output of a command that failed."""
    text = output.decode("utf-8", "replace")
    if os.strerror(errno.ENOSPC) in text:
        return disk_is_full()
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    errors = [line for line in lines if line.lower().startswith("error")]
    return Trouble("{}: {}".format(what, (errors or lines or ["?"])[-1]))


def say(line):
    """Print Chinese whatever the locale says; a terminal that cannot show it shows the English."""
    sys.stdout.buffer.write(line.encode("utf-8") + b"\n")
    sys.stdout.flush()


if __name__ == "__main__":
    try:
        main(sys.argv[1])
    except Trouble as trouble:
        say(str(trouble))
        sys.exit(1)
    except OSError as error:
        say(str(disk_is_full() if error.errno == errno.ENOSPC else error))
        sys.exit(1)
