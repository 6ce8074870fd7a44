"""QR codes: drawn for door plates and screens, and read from a photo of one.

A code is always black on white with its quiet zone, in the dark theme too: anything prettier is
read by fewer phones. The error correction is Q (a quarter may be dirty or torn), because plates
hang in the weather. What draws (qrcode) and what reads (zxing-cpp) know nothing of each other.
"""

from __future__ import annotations

import io
from typing import Final

import qrcode
import zxingcpp
from PIL import Image
from qrcode.constants import ERROR_CORRECT_Q
from qrcode.image.svg import SvgPathFillImage

QUIET_MODULES: Final = 4  # ISO/IEC 18004 asks for four
SHEET_MASK: Final = 2
"""Columns by threes. Trying all eight costs seven times as much, and every reader takes any."""
_QR: Final = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)


class _BlackOnWhite(SvgPathFillImage):
    background = "#ffffff"


def svg(text: str) -> str:
    """Return `text` as an SVG element to put into a page: no style attribute, no fixed size."""
    image = _code(text).make_image(image_factory=_BlackOnWhite)
    drawn: str = image.to_string(encoding="unicode")
    return drawn


def png(text: str, *, dots_per_module: int = 12) -> bytes:
    """Return `text` as a PNG, large enough to print."""
    out = io.BytesIO()
    _code(text, box_size=dots_per_module).make_image().save(out, "PNG")
    return out.getvalue()


def modules(text: str) -> list[list[bool]]:
    """Return `text` row by row from the top, True for black, without the quiet zone."""
    code = _code(text, mask=SHEET_MASK)
    code.make()
    return [[bool(is_black) for is_black in row] for row in code.modules]


def read(image: Image.Image) -> list[str]:
    """Return what the QR codes in a picture say: turned, slanted or a little blurred as well."""
    found = zxingcpp.read_barcodes(image.convert("L"), formats=_QR)
    return [code.text for code in found]


def _code(text: str, *, box_size: int = 10, mask: int | None = None) -> qrcode.QRCode[object]:
    code: qrcode.QRCode[object] = qrcode.QRCode(
        error_correction=ERROR_CORRECT_Q,
        border=QUIET_MODULES,
        box_size=box_size,
        mask_pattern=mask,
    )
    code.add_data(text)
    return code
