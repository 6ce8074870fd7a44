"""What the code declares is written down."""

from __future__ import annotations

import re

import pytest
from django.conf import settings

from config.reference import SETTINGS, pages

READ = re.compile(r"""os\.environ(?:\.get\(|\[)["'](\w+)["']""")
OF_THE_SUITE = {"LINLI_TASKS", "LINLI_TEST_RUN", "PYTEST_XDIST_WORKER"}


class TestTheReference:
    @pytest.mark.parametrize("name", ["events.md", "refusals.md", "settings.md"])
    def test_is_what_the_code_says(self, name):
        written = (settings.BASE_DIR / "docs" / "reference" / name).read_text(encoding="utf-8")

        assert written == pages()[name], "run make docs"

    def test_names_every_setting_that_is_read(self):
        sources = (settings.BASE_DIR / "config" / "settings").glob("*.py")
        read = {name for path in sources for name in READ.findall(path.read_text())}

        assert read - OF_THE_SUITE == set(SETTINGS)
