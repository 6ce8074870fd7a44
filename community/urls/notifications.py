from django.urls import path

from community.views import notifications

urlpatterns = [
    path("notifications/", notifications.index, name="notifications"),
    path("notifications/read/", notifications.read, name="notifications_read"),
    path("notifications/<int:pk>/open/", notifications.open_matter, name="notification_open"),
]
