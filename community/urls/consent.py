from django.urls import path

from community.views import consent, privacy

urlpatterns = [
    path("me/consents/", consent.consents, name="consents"),
    path("me/consents/<int:person_id>/<slug:purpose>/", consent.decide, name="consent"),
    path("privacy/", privacy.privacy, name="privacy"),
    path("me/welcome/", consent.welcome, name="welcome"),
]
