"""A grid worker makes the phone a second key, under our strict CSP, and opens the desk with it."""

from __future__ import annotations

import pytest
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.test import Client

from community.models import Office
from tests.factories import AppointmentFactory, PersonFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

FINGER = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def phone(live, new_context):
    """A phone with a finger on it. A passkey belongs to a name, so the address is localhost."""
    context = new_context(base_url=live.url.replace("127.0.0.1", "localhost"))
    page = context.new_page()
    cdp = context.new_cdp_session(page)
    cdp.send("WebAuthn.enable")
    cdp.send("WebAuthn.addVirtualAuthenticator", {"options": FINGER})
    return page


def give_session(page, person):
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    page.context.add_cookies(
        [{"name": cookie.key, "value": cookie.value, "domain": "localhost", "path": "/"}]
    )


class TestAPasskey:
    def test_is_set_up_and_shown_again(self, phone):
        person = PersonFactory(phone="+8613800138000", language="en")
        AppointmentFactory(person=person, office=Office.GRID_WORKER)
        give_session(phone, person)

        phone.goto("/me/second-factor/?next=/me/name/")
        phone.get_by_role("link", name="This phone itself").click()
        phone.get_by_role("button", name="Use this phone").click()
        phone.get_by_role("heading", name="Recovery codes").wait_for()

        assert Authenticator.objects.filter(user=person, type="webauthn").count() == 1
        phone.get_by_role("link", name="I have them on paper").click()
        phone.wait_for_url("**/me/name/")

        give_session(phone, person)  # another day
        phone.goto("/accounts/2fa/webauthn/reauthenticate/?next=/me/account/")
        phone.get_by_role("button", name="Use this phone").click()
        phone.wait_for_url("**/me/account/")
