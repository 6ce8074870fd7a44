"""What makes the site an app on the phone: worker, manifest, and two pages without a network.

The two pages are drawn without the request, so that there cannot be a word about anybody in them,
nor a token: they are kept on the phone, whoever holds it. The script adds what is a person's own.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any, Final

from django.contrib.staticfiles.storage import staticfiles_storage
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import get_language, get_supported_language_variant, override
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from community.models import PHOTOS_MOST
from community.queries.filing import catalogue

View = Callable[[HttpRequest], HttpResponse]
WORKER: Final = Path(__file__).parent.parent / "static" / "community" / "service-worker.js"
SHELL: Final = (
    "look/tokens.css",
    "look/dark.css",
    "look/base.css",
    "look/components.css",
    "look/elements.js",
    "look/icons.svg",
    "look/logo.svg",
    "django_htmx/htmx-2.min.js",
    "community/filing.css",
    "community/live.js",
    "community/offline.css",
    "community/offline-form.js",
    "community/outbox.js",
    "community/small-photo.js",
    "community/voice-input.js",
)
"""What a page needs to look like one of ours."""

MINUTES_10: Final = 600


def in_the_language_asked_for(view: View) -> View:
    """Answer in `?language=`: the worker asks without cookies, on behalf of a page that knows."""

    @wraps(view)
    def spoken(request: HttpRequest) -> HttpResponse:
        try:
            language = get_supported_language_variant(request.GET.get("language", ""))
        except LookupError:
            return view(request)
        with override(language):
            return view(request)

    return spoken


@require_safe
@cache_control(max_age=MINUTES_10)
@in_the_language_asked_for
def worker(request: HttpRequest) -> HttpResponse:
    """Send the service worker, with the names of the files it keeps: new names, a new worker."""
    page = render_to_string("community/offline/form.html", _form_context())
    kept = {
        "shell": [static(name) for name in SHELL],
        "hashed": bool(getattr(staticfiles_storage, "hashed_files", {})),
        "form": reverse("community:offline_form"),
        "page": reverse("community:offline"),
        "leave": [reverse("account_logout"), reverse("community:switch")],
        "language": _language(),
        "stale": _("You see the page as it was kept at {when}. What is newer needs the network."),
        "fresh": _("Look again"),
    }
    words = json.dumps({**kept, "version": _version(kept, page)}, ensure_ascii=False)
    source = WORKER.read_text(encoding="utf-8")
    response = HttpResponse(f"const KEPT = {words};\n{source}", content_type="text/javascript")
    response["Service-Worker-Allowed"] = "/"
    return response


def _version(kept: dict[str, Any], page: str) -> str:
    source = WORKER.read_bytes()
    return hashlib.sha256(json.dumps(kept).encode() + page.encode() + source).hexdigest()[:12]


def _language() -> str:
    return "zh-CN" if (get_language() or "").startswith("zh") else "en"


@require_safe
@cache_control(max_age=MINUTES_10)
def manifest(request: HttpRequest) -> HttpResponse:
    """Say how the site is put on the first screen of a phone."""
    camera = static("look/icon-192.png")
    told = {
        "id": "/",
        "name": _("Linli"),
        "short_name": _("Linli"),
        "description": _("Report a matter, follow it, and have your say in your village."),
        "lang": _language(),
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "background_color": "#f4f4ef",
        "theme_color": "#14614f",
        "icons": [
            _icon("look/icon-192.png", "192x192", "any"),
            _icon("look/icon-512.png", "512x512", "any"),
            _icon("look/icon-maskable-512.png", "512x512", "maskable"),
        ],
        "shortcuts": [
            {
                "name": _("Report with a photo"),
                "url": reverse("community:file_report"),
                "icons": [{"src": camera, "sizes": "192x192", "type": "image/png"}],
            }
        ],
    }
    return JsonResponse(told, content_type="application/manifest+json")


def _icon(name: str, sizes: str, purpose: str) -> dict[str, str]:
    return {"src": static(name), "sizes": sizes, "type": "image/png", "purpose": purpose}


@require_safe
@cache_control(no_cache=True)
@in_the_language_asked_for
def offline(request: HttpRequest) -> HttpResponse:
    """Show what can be done without a network; the worker shows it for every page it lacks."""
    return HttpResponse(render_to_string("community/offline/offline.html"))


@require_safe
@cache_control(no_cache=True)
@in_the_language_asked_for
def offline_form(request: HttpRequest) -> HttpResponse:
    """Show the form that works without a network, and what still waits on this phone."""
    return HttpResponse(render_to_string("community/offline/form.html", _form_context()))


def _form_context() -> dict[str, Any]:
    return {"kinds": catalogue(), "most": PHOTOS_MOST}
