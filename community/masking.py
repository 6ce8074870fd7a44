"""What should not stand in public by accident: telephone, identity and plate numbers in a text.

People write their own number, or somebody else's, into what they report. The page before sending
points it out, and whatever is shown in public shows it masked; those who handle it read all.
"""

from __future__ import annotations

import re
from typing import Final

KEPT_IN_FRONT: Final = 3
MASK: Final = "*"

PATTERNS: Final = (
    re.compile(r"(?<!\d)\d{17}[\dXx](?!\d)"),  # 公民身份号码, GB 11643
    re.compile(r"(?<!\d)(?:\+?86[ -]?)?1\d{2}[ -]?\d{4}[ -]?\d{4}(?!\d)"),  # mobile
    re.compile(r"(?<!\d)0\d{2,3}[ -]\d{7,8}(?!\d)"),  # landline with its area code
    re.compile(
        r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-Z][·\s]?[A-Z0-9]{5,6}(?![A-Z0-9])"
    ),
)


def traces(text: str) -> list[str]:
    """Return the numbers in `text` that point to a person, in the order they stand."""
    found = [
        (match.start(), match.group()) for pattern in PATTERNS for match in pattern.finditer(text)
    ]
    return [words for _start, words in sorted(found)]


def masked(text: str) -> str:
    """Return `text` with those numbers hidden but for their first three signs."""
    for pattern in PATTERNS:
        text = pattern.sub(lambda match: _hidden(match.group()), text)
    return text


def _hidden(number: str) -> str:
    return number[:KEPT_IN_FRONT] + MASK * (len(number) - KEPT_IN_FRONT)
