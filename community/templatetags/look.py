"""The small marks every page is made of."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any, Final

from django import template
from django.forms import BoundField, CheckboxInput, CheckboxSelectMultiple, RadioSelect
from django.template.context import RequestContext
from django.templatetags.static import static
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, pgettext

from community.almanac import weekday
from community.components.base import Text

register = template.Library()

BADGE_MAX: Final = 99


@register.simple_tag
def icon(name: str, size: str = "") -> SafeString:
    """Return an icon of our own sprite; it never stands alone except back and close."""
    return format_html(
        '<svg class="icon"{} aria-hidden="true"><use href="{}#i-{}"/></svg>',
        format_html(' data-size="{}"', size) if size else "",
        static("look/icons.svg"),
        name,
    )


@register.simple_tag
def back_link(url: str, label: Text) -> SafeString:
    """Return the way back, for the block `back` of a page that lies below another."""
    return format_html(
        '<a class="appbar__back" href="{}">{}<span>{}</span></a>', url, icon("back"), label
    )


@register.simple_tag
def badge(count: int, label: Text = "") -> SafeString | str:
    """Return a number that waits, or nothing for none; `label` says of what, for listeners."""
    if not count:
        return ""
    shown = f"{BADGE_MAX}+" if count > BADGE_MAX else str(count)
    return format_html(
        '<span class="badge" aria-hidden="true">{}</span><span class="sr">{}</span>',
        shown,
        label or count,
    )


@register.simple_tag(takes_context=True)
def time(context: template.Context, moment: datetime | date, style: str = "") -> SafeString:
    """Return a moment or a day in the house form: “今天 17:20”, “3月9日 17:20”, “3月9日”.

    `style` may be "day" (no clock) or "full" (with year and weekday). A page that shows a moment
    other than the present gives its own `now`.
    """
    local = timezone.localtime(moment) if isinstance(moment, datetime) else moment
    now = timezone.localtime(context.get("now") or timezone.now())
    return format_html(
        '<time datetime="{}">{}</time>',
        local.isoformat(timespec="minutes") if isinstance(local, datetime) else local.isoformat(),
        in_words(local, style, now.date()),
    )


def in_words(moment: datetime | date, style: str, today: date) -> str:
    """Return a moment as people say it, seen from `today`."""
    day = moment.date() if isinstance(moment, datetime) else moment
    spoken = _day_in_words(day, style, today)
    if style or not isinstance(moment, datetime):
        return spoken
    return pgettext("a moment", "%(day)s %(clock)s") % {
        "day": spoken,
        "clock": f"{moment:%H:%M}",
    }


def _day_in_words(day: date, style: str, today: date) -> str:
    if style == "full":
        return pgettext("day with weekday", "%(weekday)s, %(day)s") % {
            "day": date_format(day, pgettext("date format, another year", "j F Y")),
            "weekday": weekday(day),
        }
    near = {
        today: gettext("Today"),
        today - timedelta(days=1): gettext("Yesterday"),
        today + timedelta(days=1): gettext("Tomorrow"),
    }
    if day in near:
        return near[day]
    if day.year == today.year:
        return date_format(day, pgettext("date format, this year", "j F"))
    return date_format(day, pgettext("date format, another year", "j F Y"))


@register.inclusion_tag("community/components/field.html")
def field(bound: BoundField, icon_name: str = "") -> dict[str, Any]:
    """Return a form field with its label, its help and what is wrong with it.

    The widget gets the id of help and error in `aria-describedby`, and `aria-invalid`; what was
    typed stays. Checkboxes alone are a `pick`, groups of choices a fieldset.
    """
    widget = bound.field.widget
    is_group = isinstance(widget, RadioSelect | CheckboxSelectMultiple)
    is_pick = isinstance(widget, CheckboxInput) and not is_group
    described = [
        f"{bound.auto_id}-{part}"
        for part, there in (("help", bound.help_text), ("error", bound.errors))
        if there
    ]
    attrs: dict[str, Any] = {}
    if not is_group and not is_pick and not widget.is_hidden:
        attrs["class"] = " ".join(filter(None, (widget.attrs.get("class"), "input")))
    if described:
        attrs["aria-describedby"] = " ".join(described)
    if bound.errors:
        attrs["aria-invalid"] = "true"
    return {
        "bound": bound,
        "widget": None if is_group else bound.as_widget(attrs=attrs),
        "is_group": is_group,
        "is_pick": is_pick,
        "described": " ".join(described),
        "icon_name": icon_name,
    }


@register.simple_tag(takes_context=True)
def here_url(context: RequestContext) -> str:
    """Return the address of this page, for a form that comes back to it."""
    request = context.get("request")
    return request.get_full_path() if request is not None and request.method == "GET" else "/"
