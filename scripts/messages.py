"""The Chinese catalogue: collect what is to be translated, and say whether all of it is.

Usage: python -m scripts.messages [--check]
"""

import gettext
import io
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "locale" / "zh_Hans" / "LC_MESSAGES"
OURS = ("cms", "community", "config", "councils", "points", "templates", "volunteers")


def main() -> int:
    if shutil.which("msgfmt") is None:
        print("gettext 没有安装。 gettext is not installed: apt install gettext")
        return 1
    if "--check" not in sys.argv:
        collect()
        return len(complaints())
    before = {path: path.read_bytes() for path in FOLDER.glob("*")}
    try:
        collect()
        found = complaints()
        if compiled(before.get(FOLDER / "django.mo", b"")) != compiled(mo()):
            found.append("the compiled catalogue is not the written one: run make messages")
    finally:
        for path in FOLDER.glob("*"):
            if path not in before:
                path.unlink()
        for path, content in before.items():
            path.write_bytes(content)
    for line in found:
        print(line)
    return min(len(found), 1)


def collect() -> None:
    """Write every string of the code into django.po, and compile it."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    others = (p.name for p in ROOT.iterdir() if p.is_dir() and p.name not in (*OURS, "locale"))
    ignored = [word for name in others for word in ("-i", f"{name}/*")]
    command = [sys.executable, "manage.py", "makemessages", "-l", "zh_Hans", "-v0"]
    command += ["--no-location", "--no-wrap", "--no-obsolete", *ignored]
    subprocess.run(command, cwd=ROOT, check=True)
    (FOLDER / "django.mo").write_bytes(mo())


def complaints() -> list[str]:
    """Return a line for each message that is not translated, or only guessed."""
    lines = []
    for kind in ("untranslated", "only-fuzzy"):
        command = [
            "msgattrib",
            f"--{kind}",
            "--no-obsolete",
            "--no-wrap",
            str(FOLDER / "django.po"),
        ]
        found = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        ids = [line for line in found.splitlines() if line.startswith("msgid ")]
        lines += [f"{kind.removeprefix('only-')}: {line}" for line in ids if line != 'msgid ""']
    return lines


def mo() -> bytes:
    command = ["msgfmt", "--check", "-o", "-", str(FOLDER / "django.po")]
    return subprocess.run(command, capture_output=True, check=True).stdout


def compiled(content: bytes) -> dict[object, object]:
    """Return the messages themselves: two tools write the same catalogue in different bytes."""
    if not content:
        return {}
    catalogue = gettext.GNUTranslations(io.BytesIO(content))
    words: dict[object, object] = vars(catalogue)["_catalog"]
    return {key: word for key, word in words.items() if key != ""}


if __name__ == "__main__":
    sys.exit(main())
