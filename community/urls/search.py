from django.urls import path

from community.views import search

urlpatterns = [
    path("search/", search.index, name="search"),
    path("search/suggestions/", search.suggestions, name="suggestions"),
]
