"""What a name may be, and who may have a number."""

from __future__ import annotations

import re
import unicodedata
from datetime import datetime
from typing import Final

from django.utils.translation import gettext_lazy as _

from community.errors import Refusal
from community.models import Person
from community.policies.registry import policy

LENGTH: Final = range(2, 13)
NUMBER: Final = re.compile(r"\d{5,}")
CONTACT: Final = re.compile(r"(@|https?:|www\.|微信|vx|qq)", re.IGNORECASE)
POSES: Final = (
    "网格", "村委", "居委", "书记", "主任", "管理员", "工作人员", "派出所", "民警", "警察", "政府",
    "镇长", "县长", "街道办", "综治", "法院", "检察", "官方", "客服", "客户服务", "邻里园",
    "监委", "受理员", "审核员", "admin", "official", "police", "linli",
)  # fmt: skip


class PhoneTaken(Refusal):
    reason = _(
        "This number belongs to another account. Sign in with it, or ask your grid worker for help."
    )


class NameLength(Refusal):
    reason = _("A name has 2 to 12 characters. Please choose a shorter or a longer one.")


class NameIsANumber(Refusal):
    reason = _("Please leave numbers out: a phone number in a name is there for everybody to call.")


class NameIsAContact(Refusal):
    reason = _("Please choose a name without an address or an account of another app.")


class NamePoses(Refusal):
    reason = _(
        "“%(word)s” would make neighbours believe that you write as an office. "
        "Offices are shown beside the name of those who hold them. Please choose another name."
    )


class StillInOffice(Refusal):
    reason = _(
        "You hold an office (%(office)s). Please ask the town to hand it over, and close the "
        "account after that."
    )


class NameHasStrangeSigns(Refusal):
    reason = _("Please use letters, Chinese characters and digits.")


def plain_name(text: str) -> str:
    """Return the name as it is kept and compared: NFKC, blanks at the ends and doubled gone."""
    return " ".join(unicodedata.normalize("NFKC", text).split())


def objection_to_name(name: str) -> Refusal | None:
    """Say why neighbours should not see this name, if they should not."""
    if len(name) not in LENGTH:
        return NameLength()
    if any(unicodedata.category(sign)[0] in "CM" for sign in name):
        return NameHasStrangeSigns()
    compact = re.sub(r"[\W_]", "", name).casefold()
    if not compact:
        return NameHasStrangeSigns()
    if NUMBER.search(compact):
        return NameIsANumber()
    if CONTACT.search(name):
        return NameIsAContact()
    posed = next((word for word in POSES if word in compact), None)
    return NamePoses(word=posed) if posed else None


@policy("account.close", label=_("Close the own account: not while in office"))
def objection_to_closing(person: Person, *, at: datetime) -> Refusal | None:
    """Say why the account may not be closed yet: nobody would answer for the office's area."""
    office = person.appointments.current(at=at).select_related("area").order_by("pk").first()
    return StillInOffice(office=office) if office else None
