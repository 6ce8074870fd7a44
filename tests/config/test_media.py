"""Which files are open to everybody by their address alone."""

from __future__ import annotations

import re

import pytest

from config.urls import OPEN_MEDIA


class TestMedia:
    @pytest.mark.parametrize("path", ["images/lamp.width-400.jpg", "original_images/lamp.jpg"])
    def test_are_open_where_they_are_pictures(self, path):
        assert re.match(OPEN_MEDIA, f"media/{path}")

    @pytest.mark.parametrize(
        "path",
        [
            "documents/plan.pdf",
            "./documents/plan.pdf",
            "/documents/plan.pdf",
            "images/../documents/plan.pdf",
            "private/photo.jpg",
        ],
    )
    def test_are_closed_where_a_view_asks_who_reads(self, path):
        assert not re.match(OPEN_MEDIA, f"media/{path}")
