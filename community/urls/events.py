from django.urls import path

from community.views import events

urlpatterns = [
    path("events/", events.index, name="events"),
    path("events/<uuid:pk>/retry/", events.retry, name="event_retry"),
    path("events/<uuid:pk>/drop/", events.drop, name="event_drop"),
]
