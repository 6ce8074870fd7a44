"""The reference pages that the code writes about itself: events, refusals, settings.

`make docs` writes them; a test compares, so that none can lag behind.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import fields
from importlib import import_module
from pkgutil import walk_packages
from typing import Final, cast

from django.utils.translation import override

from community.errors import Refusal
from community.publishing import EVENT_TYPES, DomainEvent

APPS: Final = ("cms", "community", "councils", "points", "volunteers")
HEAD: Final = "<!-- Written by `make docs` from the code: change it there. -->\n"

SETTINGS: Final[dict[str, tuple[str, str]]] = {
    "DATABASE_URL": ("SQLite in the data folder", "The database: postgres://user:word@host/name."),
    "LINLI_AUDIT_DAYS": ("400", "How many days the acts of office holders are kept."),
    "LINLI_DATA": ("var", "The data folder: photos, documents, collected files, embedded data."),
    "LINLI_DEBUG": ("", "1: templates and static files as they are written. Embedded only."),
    "LINLI_HOSTS": ("", "The names the county is reached by, with commas. Must be set."),
    "LINLI_MAP_ATTRIBUTION": ("", "Who is to be named for the map tiles."),
    "LINLI_MAP_TILES": ("none", "Tiles under our boundaries: https://{s}.host/{z}/{x}/{y}.png."),
    "LINLI_PRINT_FONT": ("looked for", "A TrueType font with Chinese for printed plates."),
    "LINLI_PRIVACY_CONTACT": ("", "How the privacy officer is reached. A county must set it."),
    "LINLI_PRIVATE_FILES": ("", "Where the web server sends private photos from, on our word."),
    "LINLI_PROXIES": ("1", "How many proxies of ours stand before it; limits count addresses."),
    "LINLI_SMS_DAILY_CAP_FEN": ("20000", "What all text messages of a day may cost, in fen."),
    "LINLI_SMS_PRICE_FEN": ("5", "What one text message costs, in fen."),
    "LINLI_SMS_SECRET": ("", "The secret that the HTTP sender signs with."),
    "LINLI_SMS_SENDER": ("the console", "Who sends codes: community.adapters.sms.HttpSender."),
    "LINLI_SMS_URL": ("", "Where the HTTP sender posts to."),
    "LINLI_URL": ("http://localhost:8000", "The address in links that leave the platform."),
    "REDIS_URL": ("none: in the process", "Cache, queue and announcements: redis://host:6379/0."),
    "SECRET_KEY": ("made in the data folder", "Signs sessions and links. In a county, set it."),
}
"""What the environment decides: the default, and what it is."""


def load_everything() -> None:
    """Import every module of ours, so that all that they declare is declared."""
    for app in APPS:
        package = import_module(app)
        for module in walk_packages(package.__path__, f"{app}."):
            if ".migrations" not in module.name:
                import_module(module.name)


def pages() -> dict[str, str]:
    """Return each page's text by its name in docs/reference."""
    load_everything()
    with override("en"):
        return {name: HEAD + "\n".join(write()) + "\n" for name, write in PAGES.items()}


def events() -> Iterator[str]:
    yield from ("# Events", "", "What the parts of the platform tell each other.", "")
    yield from ("| name | what happened | facts |", "|---|---|---|")
    shared = {field.name for field in fields(DomainEvent)}
    for name, event in sorted(EVENT_TYPES.items()):
        if event.__module__.split(".")[0] in APPS:
            facts = ", ".join(f"`{f.name}`" for f in fields(event) if f.name not in shared)
            yield f"| `{name}` v{event.version} | {event.label} | {facts} |"


def refusals() -> Iterator[str]:
    yield from ("# Refusals", "", "What people are told when something cannot be done.", "")
    yield from ("| code | words |", "|---|---|")
    for refusal in sorted(ours(Refusal.__subclasses__()), key=lambda refusal: refusal.code):
        words = str(getattr(refusal, "reason", "")).replace("|", "\\|").replace("\n", " ")
        yield f"| `{refusal.code}` | {words} |"


def ours(found: Iterable[type[Refusal]]) -> Iterator[type[Refusal]]:
    for refusal in found:
        if refusal.__module__.split(".")[0] in APPS:
            yield refusal
        yield from ours(cast("Iterable[type[Refusal]]", refusal.__subclasses__()))


def settings() -> Iterator[str]:
    yield from ("# Settings", "", "What the environment decides; nothing else does.", "")
    yield from ("| variable | default | what it is |", "|---|---|---|")
    for name, (default, words) in sorted(SETTINGS.items()):
        yield f"| `{name}` | {default} | {words} |"


PAGES: Final[dict[str, Callable[[], Iterator[str]]]] = {
    "events.md": events,
    "refusals.md": refusals,
    "settings.md": settings,
}
