from django.urls import path

from community.views import audit

urlpatterns = [
    path("audit/", audit.index, name="audit"),
    path("audit/export/", audit.export, name="audit_export"),
]
