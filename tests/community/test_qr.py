"""QR codes, drawn by one library and read by another."""

from __future__ import annotations

import io
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageFilter

from community import qr

PLATE = "https://linli.example/d/K7M2QX/"


def drawn(text=PLATE):
    return Image.open(io.BytesIO(qr.png(text)))


def on_a_wall(code: Image.Image, *, turned: float, blur: float, shrink: float) -> Image.Image:
    """Return the code as a phone would see it: on a grey wall, turned, slanted, blurred, noisy."""
    code = code.convert("L").resize([round(side * shrink) for side in code.size])
    wall = Image.effect_noise((1200, 1200), 24).point(lambda value: value * 0.5 + 90)
    wall.paste(code, (350, 300))
    wall = wall.rotate(turned, resample=Image.Resampling.BICUBIC, fillcolor=150)
    slant = (1, 0.08, -40, 0.03, 1, -20, 0.00006, 0.00004)
    wall = wall.transform(wall.size, Image.Transform.PERSPECTIVE, slant, Image.Resampling.BICUBIC)
    return wall.filter(ImageFilter.GaussianBlur(blur))


class TestACode:
    @given(text=st.text(min_size=1, max_size=120).filter(lambda text: text.isprintable()))
    @settings(max_examples=40, deadline=None)
    def test_says_what_was_put_into_it(self, text):
        assert qr.read(drawn(text)) == [text]

    def test_is_black_on_white_with_a_quiet_zone(self):
        image = drawn().convert("L")

        assert sorted(value for _count, value in image.getcolors()) == [0, 255]
        quiet = qr.QUIET_MODULES * 12
        assert image.crop((0, 0, image.width, quiet)).getextrema() == (255, 255)
        assert image.crop((0, 0, quiet, image.height)).getextrema() == (255, 255)
        assert image.getpixel((quiet, quiet)) == 0

    def test_goes_into_a_page_under_a_strict_policy(self):
        drawing = qr.svg(PLATE)

        assert drawing.startswith("<svg")
        assert "style" not in drawing
        assert "#ffffff" in drawing
        assert "#000000" in drawing

    @pytest.mark.parametrize("turned", [0, 17, 90, 133, 180, 271])
    @pytest.mark.parametrize(("blur", "shrink"), [(0.5, 1.0), (2.0, 1.0), (1.2, 0.6)])
    def test_is_read_from_a_photo_of_the_plate(self, turned, blur, shrink):
        photo = on_a_wall(drawn(), turned=turned, blur=blur, shrink=shrink)

        assert qr.read(photo) == [PLATE]

    def test_is_read_when_a_corner_is_torn_off(self):
        code = drawn().convert("L")
        torn = code.width // 5
        code.paste(255, (code.width - torn - 48, code.height - torn - 48, code.width, code.height))

        assert qr.read(code) == [PLATE]

    def test_is_not_seen_where_there_is_none(self):
        random.seed(3)

        assert qr.read(Image.effect_noise((600, 600), 80)) == []
