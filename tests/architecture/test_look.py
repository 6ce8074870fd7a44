"""What the style sheets, the icons and the weight of a page must keep to."""

from __future__ import annotations

import gzip
import re
from itertools import chain
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.test import Client

ROOT: Path = settings.BASE_DIR
LOOK = ROOT / "static" / "look"
APPS = ("cms", "community", "councils", "points", "volunteers")
WAGTAILS = {"wagtail_hooks", "blocks.py", "snippets.py", "models"}
"""Where icons are those of the Wagtail admin."""

FIRST_LOAD_BYTES_MAX = 100_000
LATER_PAGE_BYTES_MAX = 30_000


def files(*patterns: str) -> list[Path]:
    folders = [ROOT / "templates", ROOT / "static", *(ROOT / app for app in APPS)]
    return sorted(
        path for folder in folders for pattern in patterns for path in folder.rglob(pattern)
    )


def tokens(source: str) -> dict[str, str]:
    return dict(re.findall(r"(--[\w-]+):\s*(#[0-9a-fA-F]{3,6})\b", source))


LIGHT = tokens((LOOK / "tokens.css").read_text().split("/* 长辈版")[0])
DARK = {**LIGHT, **tokens((LOOK / "dark.css").read_text().split(":root[data-elder]")[0])}


def luminance(colour: str) -> float:
    """Return the relative luminance of WCAG 2.2."""
    digits = colour.lstrip("#")
    if len(digits) == 3:
        digits = "".join(digit * 2 for digit in digits)
    channels = [int(digits[n : n + 2], 16) / 255 for n in (0, 2, 4)]
    red, green, blue = (
        channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4
        for channel in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def pairs() -> list[tuple[str, str, float]]:
    """Return what stands on what, and the contrast it needs (LOOK: body 7, text 4.5, shapes 3)."""
    text = ["--ink-3", "--leaf", "--persimmon", "--water", "--brick"]
    tones = ["leaf", "persimmon", "water", "osman", "brick"]
    on_grounds = chain.from_iterable(
        [
            ("--ink", ground, 7),
            ("--ink-2", ground, 4.5 if ground == "--sunk" else 7),
            *((word, ground, 4.5) for word in text),
            ("--edge", ground, 3),
            ("--osman", ground, 3),
        ]
        for ground in ("--wall", "--card", "--sunk")
    )
    on_tones = chain.from_iterable(
        [
            ("--ink", f"--{tone}-soft", 7),
            ("--ink-2", f"--{tone}-soft", 4.5),
            ("--ink-3", f"--{tone}-soft", 4.5),
            (f"--{tone}-ink", f"--{tone}-soft", 4.5),
            (f"--{tone}", f"--{tone}-soft", 3),
        ]
        for tone in tones
    )
    others = [
        ("--on-leaf", "--leaf-fill", 4.5),
        ("--on-leaf", "--leaf-2", 4.5),
        ("--on-persimmon", "--persimmon-fill", 4.5),
        ("--on-brick", "--brick", 4.5),
        ("--card", "--due-red", 4.5),
        ("--leaf-fill", "--card", 3),
        ("--persimmon-fill", "--card", 3),
        ("--wall", "--ink", 7),
        *((f"--due-{level}", f"--due-{level}-soft", 4.5) for level in ("yellow", "orange", "red")),
        *((f"--c{number}", "--card", 3) for number in range(1, 7)),
    ]
    return [*on_grounds, *on_tones, *others]


class TestColours:
    @pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
    def test_can_be_told_from_what_they_stand_on(self, palette):
        weak = [
            f"{word} on {ground}: {ratio:.2f}, needs {needed}"
            for word, ground, needed in pairs()
            if (ratio := contrast(palette[word], palette[ground])) < needed
        ]

        assert not weak

    def test_are_measured_as_wcag_measures_them(self):
        assert contrast("#fff", "#000") == pytest.approx(21)
        assert contrast("#777", "#fff") == pytest.approx(4.48, abs=0.01)


class TestStyleSheets:
    @pytest.mark.parametrize("path", files("*.css"), ids=lambda path: path.name)
    def test_are_understood_by_old_browsers(self, path):
        """No layers (Chrome before 99), and :has() never beside another selector (before 105)."""
        source = re.sub(r"/\*.*?\*/", "", path.read_text(), flags=re.DOTALL)

        assert "@layer" not in source
        beside = [
            selectors
            for selectors in re.findall(r"(?:^|[{};])\s*([^{};@]+)\{", source)
            if ":has(" in selectors and "," in re.sub(r"\([^)]*\)", "", selectors)
        ]
        assert not beside

    @pytest.mark.parametrize("path", files("*.css"), ids=lambda path: path.name)
    def test_take_every_colour_from_the_tokens(self, path):
        if path.name in ("tokens.css", "dark.css"):
            return
        used = set(re.findall(r"var\((--[\w-]+)", path.read_text()))
        known = set(re.findall(r"(--[\w-]+)\s*:", (LOOK / "tokens.css").read_text()))
        known |= set(re.findall(r"(--[\w-]+)\s*:", (LOOK / "components.css").read_text()))
        known |= set(re.findall(r"(--[\w-]+)\s*:", path.read_text()))

        wagtails = {name for name in used if name.startswith("--w-")}
        assert used - known - wagtails - {"--ring", "--map-t"} == set()


class TestIcons:
    SPRITE = set(re.findall(r'id="i-([\w-]+)"', (LOOK / "icons.svg").read_text()))

    def test_are_all_in_the_sprite(self):
        used = {
            (name, path.name)
            for path in files("*.html", "*.py")
            if not WAGTAILS & set(path.parts)
            for name in re.findall(
                r"""\{% icon "([\w-]+)"|\bicon=["']([\w-]+)["']""", path.read_text()
            )
            for name in name
            if name
        }

        assert {(name, where) for name, where in used if name not in self.SPRITE} == set()


class TestTemplates:
    @pytest.mark.parametrize("path", files("*.html"), ids=lambda path: path.name)
    def test_keep_to_the_content_security_policy(self, path):
        source = re.sub(r"\{#.*?#\}", "", path.read_text())

        assert not re.search(r"<[^>]*\sstyle=", source)
        assert "<style" not in source
        assert not re.search(r"<[^>]*\son\w+=", source)
        assert not re.search(r"<script(?![^>]*\bsrc=)(?![^>]*application/json)", source)
        assert not re.search(r"""(?:src|href|action)=["']https?://""", source)


@pytest.mark.django_db
class TestTheWeight:
    def test_of_the_first_page_with_all_it_needs_is_under_100_kilobytes(self):
        html = Client().get("/").content.decode()
        needed = {
            path.split("#")[0]
            for path in re.findall(r"""(?:href|src)=["'](/static/[^"']+)""", html)
        }

        weights = {path: self.packed(path) for path in needed}

        total = sum(weights.values()) + len(gzip.compress(html.encode(), 6))
        assert total < FIRST_LOAD_BYTES_MAX, weights
        assert any("htmx" in path for path in needed)
        assert any("icons.svg" in path for path in needed)

    def test_of_a_later_page_is_under_30_kilobytes(self):
        html = Client().get("/styleguide/").content

        assert len(gzip.compress(html, 6)) < LATER_PAGE_BYTES_MAX

    @staticmethod
    def packed(path: str) -> int:
        found = finders.find(path.removeprefix(settings.STATIC_URL))
        assert found, f"{path} is not a file of ours"
        return len(gzip.compress(Path(found).read_bytes(), 6))
