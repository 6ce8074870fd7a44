"""One page that only offices see, behind the second factor."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from community.auth import office_view, second_factor_required
from config.urls import urlpatterns as config_urls


@second_factor_required
def desk(request: HttpRequest) -> HttpResponse:
    return HttpResponse(office_view(request))


urlpatterns = [path("desk/", desk), *config_urls]
