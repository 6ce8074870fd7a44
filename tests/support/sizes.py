"""What can be measured only in a browser: what sticks out, what is too small to hit or to read."""

from __future__ import annotations

from playwright.sync_api import Page

TAP_PX, TAP_ELDER_PX = 44, 60
TYPE_PX, TYPE_ELDER_PX = 13, 20

STICKS_OUT = """() => {
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= width) return [];
  const guilty = [...document.querySelectorAll("body *")].filter((each) => {
    const box = each.getBoundingClientRect();
    return box.right > width + 1 && box.width > 0 && !each.closest("[data-scroll], .tabs, .scene");
  });
  return guilty.slice(0, 3).map((each) => `${each.tagName.toLowerCase()}.${each.className}`);
}"""

TOO_SMALL_TO_HIT = """(least) => {
  const targets = "a[href], button, summary, select, textarea, label.chip, label.pick, " +
    "input:not([type=radio], [type=checkbox], [type=file], [type=hidden])";
  return [...document.querySelectorAll(targets)].filter((each) => {
    const box = each.getBoundingClientRect();
    if (!box.width || !each.checkVisibility({visibilityProperty: true})) return false;
    // Links inside running text are exempt (WCAG 2.5.8), and so is the skip link until it shows.
    if (each.closest("p, dd, td, th, .notice, .skip, .sub, .read, .sr")) return false;
    if (each.closest(".leaflet-control")) return false;
    return box.height < least - 0.5;
  }).map((each) => {
    const height = Math.round(each.getBoundingClientRect().height);
    const words = each.textContent.trim().slice(0, 12);
    return `${each.className || each.tagName} “${words}” ${height}px`;
  });
}"""

TOO_SMALL_TO_READ = """(least) => {
  const found = new Set();
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const parent = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || !parent.getBoundingClientRect().width) continue;
    if (parent.closest(".sr, .badge, .skip, svg, script, option")) continue;
    const size = parseFloat(getComputedStyle(parent).fontSize);
    if (size < least - 0.1) found.add(`${parent.className || parent.tagName} ${size}px`);
  }
  return [...found];
}"""


def sticks_out(page: Page) -> list[str]:
    """Return what is wider than the screen."""
    return [f"sticks out: {what}" for what in page.evaluate(STICKS_OUT)]


def too_small(page: Page) -> list[str]:
    """Return what is too small to hit or to read, by the measure of large type where it is on."""
    is_large = page.evaluate("document.documentElement.hasAttribute('data-elder')")
    tap, size = (TAP_ELDER_PX, TYPE_ELDER_PX) if is_large else (TAP_PX, TYPE_PX)
    return [
        *(f"too small to hit: {what}" for what in page.evaluate(TOO_SMALL_TO_HIT, tap)),
        *(f"too small to read: {what}" for what in page.evaluate(TOO_SMALL_TO_READ, size)),
    ]
