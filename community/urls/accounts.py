from django.urls import path

from community.views import accounts, second_factor

urlpatterns = [
    path("me/account/", accounts.account, name="account"),
    path("me/close/", accounts.close, name="close"),
    path("me/export/", accounts.export, name="export"),
    path("me/name/", accounts.name, name="name"),
    path("me/second-factor/", second_factor.second_factor, name="second_factor"),
]
