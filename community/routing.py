"""Where sockets live."""

from django.urls import path

from community.consumers import notifications, plates  # noqa: F401 (register their topics)
from community.consumers.live import LiveConsumer

websocket_urlpatterns = [
    path("live/", LiveConsumer.as_asgi(), name="live"),
]
