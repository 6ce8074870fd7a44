"""The addresses as they are with ``DEMO`` on."""

from django.urls import include, path

from community import urls as community
from community.urls import demo
from config.urls import urlpatterns as config_urls

everything = ([*demo.urlpatterns, *community.urlpatterns], "community")
others = [page for page in config_urls if getattr(page, "urlconf_name", None) is not community]
urlpatterns = [path("", include(everything)), *others]
