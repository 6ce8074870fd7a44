"""Words for what sign-in shows."""

from __future__ import annotations

from typing import Final

from django import template
from django.utils.translation import gettext as _

register = template.Library()

SYSTEMS: Final = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("HarmonyOS", "HarmonyOS"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS", "Mac"),
    ("Linux", "Linux"),
)
BROWSERS: Final = (
    ("MicroMessenger", "WeChat"),
    ("DingTalk", "DingTalk"),
    ("HuaweiBrowser", "Huawei"),
    ("MQQBrowser", "QQ"),
    ("Edg/", "Edge"),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
"""What a user agent says of itself, and what people call it; the first that fits counts."""


@register.filter
def device(user_agent: str) -> str:
    """Return what somebody would call this device: “iPhone, WeChat”."""
    system = next((name for sign, name in SYSTEMS if sign in user_agent), None)
    browser = next((name for sign, name in BROWSERS if sign in user_agent), None)
    if system and browser:
        return _("%(system)s, %(browser)s") % {"system": system, "browser": browser}
    return system or browser or _("An unknown device")


@register.filter
def in_fours(secret: str) -> list[str]:
    """Cut what has to be typed by hand into groups of four, which eye and finger can follow."""
    return [secret[start : start + 4] for start in range(0, len(secret), 4)]
