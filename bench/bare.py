"""The yardstick: one Django view with no middleware and no database, served the same way."""

import django
from a2wsgi import WSGIMiddleware
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.urls import path


def hello(request: HttpRequest) -> HttpResponse:
    return HttpResponse("你好")


urlpatterns = [path("", hello)]
settings.configure(
    ROOT_URLCONF="bench.bare", ALLOWED_HOSTS=["127.0.0.1"], MIDDLEWARE=[], SECRET_KEY="bench"
)
django.setup()
application = WSGIMiddleware(get_wsgi_application(), workers=8)  # type: ignore[arg-type]
