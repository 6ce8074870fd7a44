from django.urls import path

from community.views import offline, outbox

urlpatterns = [
    path("sw.js", offline.worker, name="service_worker"),
    path("manifest.webmanifest", offline.manifest, name="manifest"),
    path("offline/", offline.offline, name="offline"),
    path("outbox/", outbox.outbox, name="outbox"),
    path("reports/new/offline/", offline.offline_form, name="offline_form"),
]
