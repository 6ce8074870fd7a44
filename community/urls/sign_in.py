"""allauth's pages that exist here, under allauth's names; it finds them by these.

Passwords, e-mail addresses and a sign-up form do not exist: their names lead to a page not found,
because allauth's templates and flows reverse some of them.
"""

from allauth.account import views as allauth_views
from django.urls import include, path

from community.views import second_factor, sessions
from community.views import sign_in as views

urlpatterns = [
    path("login/", views.sign_in, name="account_login"),
    path("login/code/confirm/", views.code, name="account_confirm_login_code"),
    path("login/whose/", views.whose, name="account_whose"),
    path("logout/", views.sign_out, name="account_logout"),
    path("inactive/", allauth_views.account_inactive, name="account_inactive"),
    path("phone/change/", views.change_phone, name="account_change_phone"),
    path("phone/verify/", views.confirm_phone, name="account_verify_phone"),
    path("2fa/totp/activate/", second_factor.use_app, name="mfa_activate_totp"),
    path("2fa/webauthn/add/", second_factor.use_phone, name="mfa_add_webauthn"),
    path("2fa/", include("allauth.mfa.urls")),
    path("sessions/", sessions.sessions, name="usersessions_list"),
    path("signup/", views.no_page, name="account_signup"),
    path("email/", views.no_page, name="account_email"),
    path("password/reset/", views.no_page, name="account_reset_password"),
    path("password/change/", views.no_page, name="account_change_password"),
    path("password/set/", views.no_page, name="account_set_password"),
    path("reauthenticate/", views.no_page, name="account_reauthenticate"),
]
