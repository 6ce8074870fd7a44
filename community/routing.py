"""Where sockets live."""

from django.urls import path

from community.consumers import (  # noqa: F401 (register kinds of topics)
    notifications,
    plates,
    reports,
)
from community.consumers.live import LiveConsumer

websocket_urlpatterns = [
    path("live/", LiveConsumer.as_asgi(), name="live"),
]
