"""Photos as phones send them, made fit to keep."""

from __future__ import annotations

import io
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageCms

from community import photos
from community.errors import Refusal
from tests.photo_files import SECRET, XMP, photo_bytes, srgb_profile, street

FORMATS = ("JPEG", "PNG", "WEBP", "HEIF")


def prepare(data):
    return photos.prepare(io.BytesIO(data))


def opened(data):
    return Image.open(io.BytesIO(data))


def saved(image, fmt, **options):
    out = io.BytesIO()
    image.save(out, fmt, **options)
    return out.getvalue()


def red_corner(image):
    """Return the corner that is red, as (right?, lower?)."""
    image = image.convert("RGB")
    right, low = image.width - 4, image.height - 4
    corners = {(x > 3, y > 3): image.getpixel((x, y)) for x in (3, right) for y in (3, low)}
    [where] = [corner for corner, (r, g, _b) in corners.items() if r > 180 and g < 80]
    return where


class TestAPhoto:
    @pytest.mark.parametrize("fmt", FORMATS)
    def test_is_kept_in_three_sizes_as_jpeg(self, fmt):
        kept = prepare(photo_bytes(fmt, image=street(2400, 1800)))

        sizes = [opened(data).size for data in (kept.large, kept.medium, kept.small)]
        assert sizes == [(1600, 1200), (800, 600), (320, 240)]
        assert (kept.width, kept.height) == (1600, 1200)
        assert opened(kept.large).format == "JPEG"

    def test_is_never_blown_up(self):
        kept = prepare(photo_bytes(image=street(200, 100)))

        assert [opened(data).size for data in (kept.large, kept.small)] == [(200, 100)] * 2

    @pytest.mark.parametrize("fmt", FORMATS)
    def test_loses_every_trace_of_where_when_and_with_what_it_was_taken(self, fmt):
        original = photo_bytes(fmt)
        assert SECRET in original, "the test file carries the trace"

        kept = prepare(original)

        for data in (kept.large, kept.medium, kept.small):
            image = opened(data)
            assert not dict(image.getexif())
            assert set(image.info) <= {
                "jfif",
                "jfif_version",
                "jfif_unit",
                "jfif_density",
                "progressive",
                "progression",
            }
            for trace in (SECRET, b"Exif", b"http://", b"Photoshop", b"ICC_PROFILE", b"Phone 9"):
                assert trace not in data

    @pytest.mark.parametrize("fmt", FORMATS)
    @pytest.mark.parametrize(
        ("orientation", "corner", "is_upright"),
        [
            (1, (False, False), True),
            (2, (True, False), True),
            (3, (True, True), True),
            (4, (False, True), True),
            (5, (False, False), False),
            (6, (True, False), False),
            (7, (True, True), False),
            (8, (False, True), False),
        ],
    )
    def test_is_upright_however_the_phone_was_held(self, fmt, orientation, corner, is_upright):
        kept = prepare(photo_bytes(fmt, image=street(400, 200), orientation=orientation))

        assert (kept.width, kept.height) == ((400, 200) if is_upright else (200, 400))
        for data in (kept.large, kept.medium, kept.small):
            assert red_corner(opened(data)) == corner

    def test_is_what_its_content_says(self):
        renamed = io.BytesIO(photo_bytes("HEIF"))
        renamed.name = "photo.jpg"

        assert photos.prepare(renamed).width == 640

    def test_lies_on_white_where_it_is_transparent(self):
        image = Image.new("RGBA", (60, 60), (0, 0, 0, 0))

        kept = prepare(saved(image, "PNG"))

        assert opened(kept.large).getpixel((30, 30)) == (255, 255, 255)

    def test_keeps_its_greys_when_it_has_sixteen_bits(self):
        image = Image.new("I;16", (40, 40), 32768)

        kept = prepare(saved(image, "PNG"))

        assert opened(kept.large).getpixel((20, 20))[0] == pytest.approx(128, abs=2)

    @pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "CMYK", "YCbCr", "RGBA"])
    def test_may_have_any_mode_a_camera_or_an_editor_writes(self, mode):
        fmt = "JPEG" if mode in {"CMYK", "YCbCr"} else "PNG"

        kept = prepare(saved(street().convert(mode), fmt))

        red, green, blue = opened(kept.large).getpixel((20, 20))
        if mode in {"1", "L", "LA"}:
            assert red == pytest.approx(green, abs=6)
        else:
            assert red > 170
            assert max(green, blue) < 90

    def test_is_turned_into_the_colours_of_the_web(self):
        # A profile whose red is far redder than the web's: the same numbers mean another colour.
        wide = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
        plain = prepare(saved(street(), "JPEG", icc_profile=srgb_profile()))
        unreadable = prepare(saved(street(), "JPEG", icc_profile=b"not a profile"))
        foreign = prepare(saved(street(), "JPEG", icc_profile=wide))

        expected = opened(plain.large).getpixel((20, 20))
        assert opened(unreadable.large).getpixel((20, 20)) == pytest.approx(expected, abs=3)
        assert opened(foreign.large).getpixel((20, 20)) == pytest.approx(expected, abs=3)

    @pytest.mark.parametrize("fmt", ["PNG", "WEBP"])
    def test_that_moves_gives_its_first_frame(self, fmt):
        frames = [Image.new("RGB", (50, 50), colour) for colour in ("#e00000", "#0000e0")]

        kept = prepare(saved(frames[0], fmt, save_all=True, append_images=frames[1:], duration=100))

        assert opened(kept.large).getpixel((20, 20))[0] > 180

    @given(width=st.integers(1, 900), height=st.integers(1, 900), seed=st.integers(0, 99))
    @settings(max_examples=25, deadline=None)
    def test_keeps_its_shape_whatever_its_size(self, width, height, seed):
        noise = Image.effect_noise((width, height), 50).convert("RGB")

        kept = prepare(saved(noise, "JPEG"))

        for data, longest in ((kept.large, 1600), (kept.medium, 800), (kept.small, 320)):
            size = opened(data).size
            assert max(size) == min(longest, max(width, height))
            assert min(size) == pytest.approx(
                min(width, height) * max(size) / max(width, height), abs=1
            )


@pytest.mark.filterwarnings("ignore::UserWarning")  # Pillow's own words about broken files
class TestAFileThatCannotBeKept:
    @pytest.mark.parametrize(
        "data",
        [
            b"",
            b"hello",
            b"%PDF-1.7 ...",
            b"GIF89a" + b"\x00" * 40,
            b"<svg xmlns='http://www.w3.org/2000/svg'/>",
            XMP,
        ],
    )
    def test_is_refused_when_it_is_no_photo(self, data):
        with pytest.raises(photos.NotAPhoto, match="not a photo we can read"):
            prepare(data)

    @pytest.mark.parametrize("fmt", FORMATS)
    def test_is_refused_when_half_of_it_is_missing(self, fmt):
        data = photo_bytes(fmt, image=street(1200, 900))

        with pytest.raises((photos.PhotoBroken, photos.NotAPhoto)):
            prepare(data[: len(data) // 2])

    def test_is_refused_when_it_has_too_many_bytes(self, monkeypatch):
        monkeypatch.setattr(photos, "MAX_BYTES", 1024 * 1024)

        with pytest.raises(photos.PhotoTooHeavy, match="larger than 1 MB"):
            prepare(b"\xff" * (1024 * 1024 + 1))

    def test_is_refused_before_it_is_unpacked_when_it_has_too_many_dots(self):
        bomb = saved(Image.new("1", (8000, 6251)), "PNG")
        assert len(bomb) < 20_000

        with pytest.raises(photos.PhotoTooLarge, match="more than 50 million dots"):
            prepare(bomb)

    @pytest.mark.parametrize("side", [10_000, 20_000])
    def test_is_refused_when_it_is_a_bomb_to_the_decoder_too(self, side):
        with pytest.raises(photos.PhotoTooLarge):
            prepare(saved(Image.new("1", (side, side)), "PNG"))

    @pytest.mark.parametrize("fmt", FORMATS)
    def test_is_never_a_fault_however_it_is_damaged(self, fmt):
        dice = random.Random(7)
        sound = photo_bytes(fmt, image=street(160, 120))

        for _ in range(60):
            damaged = bytearray(sound)
            for _ in range(dice.randrange(1, 40)):
                damaged[dice.randrange(len(damaged))] = dice.randrange(256)
            try:
                prepare(bytes(damaged))
            except Refusal:
                continue
