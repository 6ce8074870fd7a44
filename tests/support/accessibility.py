"""What axe-core says about a page: WCAG 2.2 AA, and its best practices."""

from __future__ import annotations

from collections.abc import Callable, Collection

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")


def violations(page: Page, *, without: Collection[str] = ()) -> list[str]:
    """Return one line for each violation, with the elements that cause it."""
    options = {"runOnly": list(TAGS), "resultTypes": ["violations"]}
    found = Axe().run(page, options=options).response["violations"]
    return [
        f"{rule['id']} ({rule['impact']}): {rule['help']}\n"
        + "\n".join(f"    {' '.join(map(str, node['target']))}" for node in rule["nodes"])
        for rule in found
        if rule["id"] not in without
    ]


@pytest.fixture
def axe() -> Callable[..., None]:
    """`axe(page)`: fail when the page as it stands is not accessible."""

    def check(page: Page, *, without: Collection[str] = ()) -> None:
        found = violations(page, without=without)
        assert not found, f"{page.url} is not accessible:\n" + "\n".join(found)

    return check
