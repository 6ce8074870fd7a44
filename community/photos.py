"""Photos as phones send them, made fit to keep: upright, sRGB, in three sizes, nothing but pixels.

What a file is, its content says, never its name. The bytes we store are drawn anew from the
pixels, so that no trace of the original can survive: where it was taken, when, with which phone,
the thumbnail inside it. The original itself is never stored (`report_categories.yaml`, privacy).
JPEG is what we write: docs/adr/0080 has the measurements.
"""

from __future__ import annotations

import io
import struct
from dataclasses import dataclass
from typing import Final, Protocol

import pillow_heif
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageCms, ImageOps

from community.errors import Refusal

FORMATS: Final = ("JPEG", "PNG", "WEBP", "HEIF")
MAX_BYTES: Final = 20 * 1024 * 1024
MAX_PIXELS: Final = 50_000_000  # a 48-megapixel phone passes; decoded it costs 150 MB for a moment
LARGE, MEDIUM, SMALL = 1600, 800, 320
QUALITY: Final = 80
BACKDROP: Final = "white"

DAMAGE: Final = (
    OSError,
    SyntaxError,
    ValueError,
    EOFError,
    struct.error,
    LookupError,
    RuntimeError,
)
"""What the decoders raise when a file is broken; each has its own habit."""

_SRGB: Final = ImageCms.createProfile("sRGB")

pillow_heif.register_heif_opener(thumbnails=False)


class Bytes(Protocol):
    """An opened file, or an upload: anything that gives bytes."""

    def read(self, size: int, /) -> bytes: ...


class PhotoTooHeavy(Refusal):
    reason = _("This photo is larger than %(megabytes)d MB. Please choose a smaller one.")


class PhotoTooLarge(Refusal):
    reason = _(
        "This photo has more than %(megapixels)d million dots. Please take it again at the "
        "ordinary setting of the camera."
    )


class NotAPhoto(Refusal):
    reason = _("This file is not a photo we can read. Please choose a JPEG, PNG, WebP or HEIC.")


class PhotoBroken(Refusal):
    reason = _("This photo arrived incomplete. Please choose it again.")


@dataclass(frozen=True, kw_only=True)
class PreparedPhoto:
    """One photo as we keep it: JPEG bytes by their longest side, and the size of the largest."""

    large: bytes
    medium: bytes
    small: bytes
    width: int
    height: int


def prepare(file: Bytes) -> PreparedPhoto:
    """Return the photo in `file` upright, stripped of everything but pixels, in three sizes.

    An animation gives its first frame; what is transparent lies on white.

    :raises PhotoTooHeavy: more bytes than a phone's camera makes.
    :raises NotAPhoto: neither JPEG, PNG, WebP nor HEIC, whatever its name says.
    :raises PhotoTooLarge: it would take too much memory to look at.
    :raises PhotoBroken: it says what it is, but its pixels cannot be read to the end.
    """
    large = opened(file)
    medium, small = large.copy(), large.copy()
    medium.thumbnail((MEDIUM, MEDIUM), Image.Resampling.LANCZOS)
    small.thumbnail((SMALL, SMALL), Image.Resampling.LANCZOS)
    return PreparedPhoto(
        large=encoded(large),
        medium=encoded(medium),
        small=encoded(small),
        width=large.width,
        height=large.height,
    )


def opened(file: Bytes) -> Image.Image:
    """Return the picture in `file`, upright, in sRGB, at most `LARGE` dots along its longest side.

    :raises NotAPhoto: see `prepare`, for this and the others.
    """
    data = file.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise PhotoTooHeavy(megabytes=MAX_BYTES // 1024 // 1024)
    try:
        image = Image.open(io.BytesIO(data), formats=FORMATS)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise PhotoTooLarge(megapixels=MAX_PIXELS // 1_000_000) from None
    except DAMAGE:
        raise NotAPhoto from None
    if image.width * image.height > MAX_PIXELS:
        raise PhotoTooLarge(megapixels=MAX_PIXELS // 1_000_000)
    try:
        return _drawn_anew(image)
    except DAMAGE:
        raise PhotoBroken from None


def encoded(image: Image.Image) -> bytes:
    out = io.BytesIO()
    image.save(out, "JPEG", quality=QUALITY, progressive=True, optimize=True)
    return out.getvalue()


def _drawn_anew(image: Image.Image) -> Image.Image:
    """Return the pixels of an opened image on a fresh canvas that knows nothing of the file."""
    image.draft("RGB", (LARGE, LARGE))  # JPEG only: decodes at a half, a quarter or an eighth
    image.load()
    profile = image.info.get("icc_profile")
    image = _in_eight_bits(image)
    image.thumbnail((LARGE, LARGE), Image.Resampling.LANCZOS)
    image = ImageOps.exif_transpose(image)
    alpha = image.getchannel("A") if image.mode == "RGBA" else None
    canvas = Image.new("RGB", image.size, BACKDROP)
    canvas.paste(_in_srgb(image, profile), mask=alpha)
    return canvas


def _in_eight_bits(image: Image.Image) -> Image.Image:
    """Return the image in L, RGB, RGBA or CMYK, whichever loses nothing a screen could show."""
    if image.mode.startswith("I"):
        return image.convert("I").point(lambda value: value / 256).convert("L")
    if image.mode == "P":
        return image.convert("RGBA" if "transparency" in image.info else "RGB")
    if image.mode in {"L", "RGB"} and "transparency" in image.info:
        return image.convert("RGBA")
    if image.mode in {"L", "RGB", "RGBA", "CMYK"}:
        return image
    return image.convert("RGBA" if image.mode in {"LA", "La", "PA", "RGBa"} else "RGB")


def _in_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """Return the image in sRGB: by its own colour profile where that makes sense, else as it is."""
    opaque = image.convert("RGB") if image.mode == "RGBA" else image
    if profile:
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            converted = ImageCms.profileToProfile(opaque, source, _SRGB, outputMode="RGB")
        except (ImageCms.PyCMSError, *DAMAGE):
            return opaque.convert("RGB")
        if converted is not None:
            return converted
    return opaque.convert("RGB")
