"""Draw the icons of the installed app from the logo: `python -m scripts.icons`.

Two sizes as the logo is, and one that phones may cut into any shape: there the wall goes to the
edge, and the ring stays within the safe circle of four fifths.
"""

from pathlib import Path
from typing import Final

from playwright.sync_api import Browser, sync_playwright

LOOK: Final = Path(__file__).resolve().parent.parent / "static" / "look"
WALL: Final = "#f4f4ef"
SAFE: Final = 0.72
ICONS: Final = (("icon-192.png", 192, 1.0), ("icon-512.png", 512, 1.0))
MASKABLE: Final = ("icon-maskable-512.png", 512, SAFE)


def main() -> None:
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        for name, size, share in (*ICONS, MASKABLE):
            draw(browser, LOOK / name, size, share)
        browser.close()


def draw(browser: Browser, path: Path, size: int, share: float) -> None:
    """Draw the logo over `share` of a square of `size` dots."""
    page = browser.new_page(viewport={"width": size, "height": size})
    logo = (LOOK / "logo.svg").read_text(encoding="utf-8")
    ground = WALL if share < 1 else "transparent"
    page.set_content(
        f"<body style='margin:0;height:100vh;display:grid;place-items:center;background:{ground}'>"
        f"<div style='width:{share * 100}vw;height:{share * 100}vw'>{logo}</div>"
    )
    page.screenshot(path=path, omit_background=share >= 1)
    page.close()


if __name__ == "__main__":
    main()
