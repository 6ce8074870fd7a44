"""Where sockets live."""

from django.urls import path

from community.consumers import notifications, reports  # noqa: F401 (register kinds of topics)
from community.consumers.live import LiveConsumer

websocket_urlpatterns = [
    path("live/", LiveConsumer.as_asgi(), name="live"),
]
