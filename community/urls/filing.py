from django.urls import path

from community.views import doors, filing, photos, sending

urlpatterns = [
    path("d/<str:door_code>/", doors.door, name="door"),
    path("scan/", doors.scan, name="scan"),
    path("photos/<uuid:photo_id>/<slug:size>/", photos.photo, name="photo"),
    path("reports/new/", filing.new, name="file_report"),
    path("reports/new/<uuid:draft_id>/", filing.draft, name="draft"),
    path("reports/new/<uuid:draft_id>/photos/", photos.draft_photos, name="draft_photos"),
    path("reports/new/<uuid:draft_id>/place/", sending.place, name="draft_place"),
    path("reports/new/<uuid:draft_id>/check/", sending.check, name="check_report"),
    path("reports/new/<uuid:draft_id>/filed/", sending.filed, name="report_filed"),
    path("reports/new/<uuid:draft_id>/discard/", sending.discard, name="discard_draft"),
]
