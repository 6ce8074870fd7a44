from django.urls import path

from community.views import accounts

urlpatterns = [
    path("me/account/", accounts.account, name="account"),
    path("me/close/", accounts.second_factor, name="close"),
    path("me/name/", accounts.name, name="name"),
    path("me/second-factor/", accounts.second_factor, name="second_factor"),
]
