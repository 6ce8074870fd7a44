"""The six digits that prove who holds a phone.

A code is known to the phone that received it and to nobody else: what the session keeps is a
fingerprint that is worthless without the server's key, and no table, task or log holds the digits.
"""

from __future__ import annotations

import re
import secrets
import unicodedata
from typing import Final

from django.utils.crypto import constant_time_compare, salted_hmac

DIGITS: Final = 6
SHAPE: Final = re.compile(rf"[0-9]{{{DIGITS}}}")


def new_code() -> str:
    return f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"


def typed_code(text: str) -> str | None:
    """Return the digits somebody typed, full-width or with blanks, or None if they are no code."""
    plain = re.sub(r"[\s\-]", "", unicodedata.normalize("NFKC", text))
    return plain if SHAPE.fullmatch(plain) else None


def fingerprint(code: str, *, phone: str) -> str:
    return salted_hmac("community.codes", f"{phone}:{code}", algorithm="sha256").hexdigest()


def is_code(code: str, *, phone: str, expected: str) -> bool:
    return bool(expected) and constant_time_compare(fingerprint(code, phone=phone), expected)
