"""The small marks every page is made of."""

from __future__ import annotations

from django import template
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag
def icon(name: str, size: str = "") -> SafeString:
    """Return an icon of our own sprite; it never stands alone except back and close."""
    return format_html(
        '<svg class="icon"{} aria-hidden="true"><use href="{}#i-{}"/></svg>',
        format_html(' data-size="{}"', size) if size else "",
        static("look/icons.svg"),
        name,
    )
