from django.urls import path

from community.views import places

urlpatterns = [
    path("places/", places.places, name="places"),
    path("places/<int:pk>/", places.places, name="place"),
    path("places/boundaries.geojson", places.boundaries, name="boundaries"),
    path("places/locate/", places.locate, name="locate"),
]
