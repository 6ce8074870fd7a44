"""Pages and sockets in one application.

Pages go to Django's WSGI handler through a2wsgi: the same page costs 0.9 instead of 2.4 ms of CPU
under Django's own ASGI handler (docs/architecture.md). Sockets go to Channels.
"""

from __future__ import annotations

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.prod")
django.setup()

from a2wsgi import WSGIMiddleware  # noqa: E402
from channels.auth import AuthMiddlewareStack  # noqa: E402
from channels.routing import ProtocolTypeRouter, URLRouter  # noqa: E402
from channels.security.websocket import AllowedHostsOriginValidator  # noqa: E402

from community.routing import websocket_urlpatterns as community_sockets  # noqa: E402
from config.start import lifespan  # noqa: E402
from config.wsgi import application as pages  # noqa: E402

sockets = [*community_sockets]

application = ProtocolTypeRouter(
    {
        "http": WSGIMiddleware(pages, workers=8),  # type: ignore[arg-type]
        "lifespan": lifespan,
        "websocket": AllowedHostsOriginValidator(AuthMiddlewareStack(URLRouter(sockets))),
    }
)
