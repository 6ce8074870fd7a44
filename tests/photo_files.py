"""Photo files to test with, made as phones make them: with a place, a time and a maker inside."""

from __future__ import annotations

import io
import random
import struct

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageCms, ImageDraw, PngImagePlugin

SECRET = b"SECRET-TRACE"
"""Put wherever a format has room for words; none of it may survive."""

XMP = (
    b'<?xpacket begin=""?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/'
    b'1999/02/22-rdf-syntax-ns#"><rdf:Description xmlns:exif="http://ns.adobe.com/exif/1.0/" '
    b'exif:GPSLatitude="30,49.6N" exif:UserComment="' + SECRET + b'"/></rdf:RDF></x:xmpmeta>'
)


def street(width: int = 640, height: int = 480, *, seed: int = 1) -> Image.Image:
    """Return a picture with edges and areas, whose red corner is at the top left."""
    draw_with = random.Random(seed)
    image = Image.new("RGB", (width, height), "#dfeee7")
    draw = ImageDraw.Draw(image)
    for _ in range(12):
        x, y = draw_with.randrange(width), draw_with.randrange(height)
        draw.ellipse(
            (x, y, x + width // 6, y + height // 6), fill=draw_with.choice(["#14614f", "#235f8b"])
        )
    draw.rectangle((0, 0, width // 4, height // 4), fill="#e00000")
    return image


def gps_exif(*, orientation: int = 1) -> Image.Exif:
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = SECRET.decode()
    exif[0x0110] = "Phone 9"
    exif.get_ifd(0x8769)[0x9003] = "2026:03:02 19:00:00"
    exif.get_ifd(0x8769)[0x9286] = b"ASCII\x00\x00\x00" + SECRET
    gps = exif.get_ifd(0x8825)
    gps[1], gps[2], gps[3], gps[4] = "N", (30.0, 49.0, 37.8), "E", (120.0, 50.0, 27.1)
    return exif


def photo_bytes(
    fmt: str = "JPEG", *, image: Image.Image | None = None, orientation: int = 1
) -> bytes:
    """Return a photo in the format, with everything a phone and an editor put in beside pixels."""
    image = image or street()
    out = io.BytesIO()
    extra: dict = {
        "exif": gps_exif(orientation=orientation).tobytes(),
        "icc_profile": srgb_profile(),
    }
    if fmt == "PNG":
        words = PngImagePlugin.PngInfo()
        words.add_text("Comment", SECRET.decode())
        words.add_itxt("XML:com.adobe.xmp", XMP.decode())
        extra["pnginfo"] = words
    elif fmt == "JPEG":
        extra |= {"comment": SECRET, "xmp": XMP, "quality": 92}
    else:
        extra |= {"xmp": XMP, "quality": 92}
    image.save(out, fmt, **extra)
    data = out.getvalue()
    return with_iptc(data) if fmt == "JPEG" else data


def with_iptc(jpeg: bytes) -> bytes:
    """Return the JPEG with an IPTC caption in an APP13 segment after the start marker."""
    record = b"\x1c\x02\x78" + struct.pack(">H", len(SECRET)) + SECRET
    resource = b"8BIM" + struct.pack(">H", 0x0404) + b"\x00\x00" + struct.pack(">I", len(record))
    body = b"Photoshop 3.0\x00" + resource + record + b"\x00" * (len(record) % 2)
    return jpeg[:2] + b"\xff\xed" + struct.pack(">H", len(body) + 2) + body + jpeg[2:]


def srgb_profile() -> bytes:
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def upload(name: str = "photo.jpg", data: bytes | None = None) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, photo_bytes() if data is None else data)
