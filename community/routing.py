"""Where sockets live."""

from django.urls import path

from community.consumers import notifications  # noqa: F401 (registers its kind of topic)
from community.consumers.live import LiveConsumer

websocket_urlpatterns = [
    path("live/", LiveConsumer.as_asgi(), name="live"),
]
