"""Take the README's picture: three real pages of the demo county, on a phone.

Usage: python -m scripts.pictures     (writes docs/img/readme.png)

Starts the site with data of its own in a temporary folder, enters as people of the demo, and
photographs what they see.
"""

import os
import signal
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, ViewportSize, sync_playwright

from scripts.services import free_port

ROOT = Path(__file__).resolve().parent.parent
FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
PHONE: ViewportSize = {"width": 390, "height": 844}
GAP, WALL = 24, "#ebece5"
SHOTS = (("立诚", "/"), ("守义", "/"), ("静安", "/inbox/"))
"""Who looks at which page: a resident whose turn it is, one who reads large type, a grid worker."""


def main() -> None:
    with tempfile.TemporaryDirectory() as data, served(data) as url, sync_playwright() as play:
        browser = play.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        files = [
            shoot(browser, url, who, page, Path(data) / f"{number}.png")
            for number, (who, page) in enumerate(SHOTS)
        ]
        join(files, ROOT / "docs" / "img" / "readme.png")
        browser.close()


@contextmanager
def served(data: str) -> Iterator[str]:
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "manage.py", "serve", "--port", str(port)],
        cwd=ROOT,
        env={**os.environ, "LINLI_DATA": data},
        stdout=subprocess.DEVNULL,
    )
    url = f"http://127.0.0.1:{port}"
    try:
        wait_for(f"{url}/healthz")
        yield url
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=30)


def wait_for(url: str) -> None:
    for _ in range(240):
        try:
            urllib.request.urlopen(url, timeout=5).close()  # noqa: S310 (our own address)
        except (OSError, urllib.error.URLError):
            time.sleep(0.5)
        else:
            return
    sys.exit("The site did not start within two minutes.")


def shoot(browser: Browser, url: str, who: str, page_path: str, file: Path) -> Path:
    context = browser.new_context(viewport=PHONE, locale="zh-CN", device_scale_factor=2)
    page = context.new_page()
    page.goto(f"{url}/demo/")
    page.locator(f"form:has-text('{who}') button, button:has-text('{who}')").first.click()
    page.goto(url + page_path, wait_until="networkidle")
    page.screenshot(path=file)
    context.close()
    return file


def join(files: list[Path], out: Path) -> None:
    """Put the pictures beside each other on a wall of ours."""
    pictures = [Image.open(file).convert("RGB") for file in files]
    pictures = [picture.resize((picture.width // 2, picture.height // 2)) for picture in pictures]
    width = sum(picture.width for picture in pictures) + GAP * (len(pictures) + 1)
    joined = Image.new("RGB", (width, pictures[0].height + 2 * GAP), WALL)
    left = GAP
    for picture in pictures:
        joined.paste(picture, (left, GAP))
        left += picture.width + GAP
    out.parent.mkdir(parents=True, exist_ok=True)
    joined.save(out, optimize=True)


if __name__ == "__main__":
    main()
