"""One include per app; nothing else."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path, re_path
from django.views.generic import RedirectView
from django.views.static import serve
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from cms.views import pages
from config.health import healthz

OPEN_MEDIA = r"^media/(?P<path>(?:images|original_images)/[^/]+)$"
"""Pictures alone are files for everybody; who may read an attachment, a view decides."""

urlpatterns: list[URLPattern | URLResolver] = [
    path("accounts/", include("community.urls.sign_in")),
    path("healthz", healthz),
    path("i18n/", include("django.conf.urls.i18n")),
    path("cms/login/", RedirectView.as_view(pattern_name="account_login", query_string=True)),
    path("cms/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("", include("cms.urls")),
    path("", include("community.urls")),
    re_path(wagtail_urls.serve_pattern, pages.page, name="wagtail_serve"),
    path("", include(wagtail_urls)),
]
handler400 = "community.views.errors.bad_request"
handler403 = "community.views.errors.forbidden"
handler404 = "community.views.errors.not_found"
handler500 = "community.views.errors.broken"
if settings.DEBUG or settings.DEMO:
    # Not `static()`, which serves nothing without DEBUG.
    media = re_path(OPEN_MEDIA, serve, {"document_root": settings.MEDIA_ROOT})
    urlpatterns = [media, *urlpatterns]
