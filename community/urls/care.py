from django.urls import path

from community.views import care, representing

urlpatterns = [
    path("me/representing/", representing.representing, name="representing"),
    path("agencies/<int:pk>/end/", representing.end, name="agency_end"),
    path("neighbours/", care.neighbours, name="neighbours"),
    path("neighbours/new/", care.enter, name="enter_neighbour"),
    path("neighbours/<int:pk>/", care.looked_after, name="looked_after"),
    path("neighbours/<int:pk>/agent/", care.agent, name="name_agent"),
    path("neighbours/<int:pk>/guardian/", care.guardian, name="name_guardian"),
]
