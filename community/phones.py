"""Mobile numbers of mainland China, as people type them and as they are kept.

People type full-width digits, blanks, dashes, a country code or none; kept is E.164 alone
(``+8613800138000``), so that one number is one person. Numbers that begin with 100 belong to
nobody (电信网编号计划 gives 10 to short service codes): the demo's people have them.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from django.utils.translation import gettext_lazy as _

from community.errors import Refusal

COUNTRY: Final = "+86"
SEPARATORS: Final = re.compile(r"[\s.\-()_‐-―−·]")
MOBILE: Final = re.compile(r"(?:\+86|0086|86)?(1[3-9]\d{9}|100\d{8})")
DEMO_START: Final = f"{COUNTRY}100"


class NotAMobileNumber(Refusal):
    reason = _("Please enter a mobile number of mainland China: 11 digits, beginning with 1.")


class DemoNumber(Refusal):
    reason = _("Numbers that begin with 100 exist only in the demo. Please enter your own number.")


def normalised(text: str) -> str:
    """Return the number somebody typed as E.164.

    :raises NotAMobileNumber: it is not a mobile number of mainland China.
    """
    plain = SEPARATORS.sub("", unicodedata.normalize("NFKC", text))
    match = MOBILE.fullmatch(plain)
    if match is None:
        raise NotAMobileNumber
    return COUNTRY + match[1]


def is_demo(phone: str) -> bool:
    return phone.startswith(DEMO_START)


def masked(phone: str) -> str:
    """Return enough of the number to know one's own by, and too little to call it."""
    digits = phone.removeprefix(COUNTRY)
    return f"{digits[:3]}****{digits[-4:]}"


def spaced(phone: str) -> str:
    """Return the number in the groups in which people say it: ``138 0013 8000``."""
    digits = phone.removeprefix(COUNTRY)
    return f"{digits[:3]} {digits[3:7]} {digits[7:]}"
