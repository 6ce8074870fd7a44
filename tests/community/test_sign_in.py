"""Coming in with a number and a code."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from community.models import Person, SmsDay, SmsMessage

pytestmark = pytest.mark.django_db

LOGIN = "/accounts/login/"
CODE = "/accounts/login/code/confirm/"
WHOSE = "/accounts/login/whose/"
PHONE = "13800138000"


@pytest.fixture(autouse=True)
def _fresh(settings, tmp_path):
    cache.clear()
    settings.SMS_FILE = tmp_path / "sms.jsonl"


@pytest.fixture
def phone_screen(settings):
    """Return the messages that have arrived, newest last."""

    def messages():
        path = Path(settings.SMS_FILE)
        return [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []

    return messages


def ask_for_code(client, number=PHONE, **fields):
    return client.post(LOGIN, {"login": number, **fields}, follow=True)


def newest_code(phone_screen):
    return phone_screen()[-1]["values"]["code"]


def a_wrong_code(phone_screen):
    return f"{(int(newest_code(phone_screen)) + 1) % 1_000_000:06}"


class TestSomebodyNew:
    def test_is_in_after_a_number_and_a_code(self, client, phone_screen):
        page = ask_for_code(client)

        response = client.post(CODE, {"code": newest_code(phone_screen)})

        assert "138 0013 8000" in page.content.decode()
        assert response.status_code == 302
        person = Person.objects.get()
        assert person.phone == "+8613800138000"
        assert person.phone_verified_at is not None
        assert client.session["_auth_user_id"] == str(person.pk)

    def test_is_called_by_an_alias_that_leaks_nothing(self, client, phone_screen):
        ask_for_code(client)
        client.post(CODE, {"code": newest_code(phone_screen)})

        person = Person.objects.get()
        assert person.display_name.startswith("邻居")
        assert len([sign for sign in person.display_name if sign.isdigit()]) == 2
        assert person.name == ""

    def test_does_not_exist_before_the_code_has_come_back(self, client):
        ask_for_code(client)

        assert not Person.objects.exists()

    @pytest.mark.parametrize(
        "typed",
        [
            "13800138000",
            "138 0013 8000",
            "138-0013-8000",
            "１３８００１３８０００",
            "+86 138 0013 8000",
            "008613800138000",
            "86 13800138000",
            " 138.0013.8000 ",
        ],
    )
    def test_may_type_the_number_as_they_like(self, client, phone_screen, typed):
        ask_for_code(client, typed)

        assert phone_screen()[-1]["phone"] == "+8613800138000"

    @pytest.mark.parametrize(
        "typed", ["1380013800", "138001380001", "+14155550100", "010 8888 8888", "abc", "12345"]
    )
    def test_is_told_when_it_is_no_chinese_mobile_number(self, client, phone_screen, typed):
        page = ask_for_code(client, typed).content.decode()

        assert phone_screen() == []
        assert "Please enter" in page
        assert f'value="{typed}"' in page

    def test_may_type_the_code_full_width_and_with_blanks(self, client, phone_screen):
        ask_for_code(client)
        wide = newest_code(phone_screen).translate({48 + n: 0xFF10 + n for n in range(10)})

        client.post(CODE, {"code": f" {wide[:3]} {wide[3:]} "})

        assert Person.objects.count() == 1


class TestSomebodyKnown:
    def test_comes_back_to_the_same_account(self, client, phone_screen):
        person = Person.objects.create(phone="+8613800138000", display_name="菱芳姐")
        ask_for_code(client)

        client.post(CODE, {"code": newest_code(phone_screen)})

        assert client.session["_auth_user_id"] == str(person.pk)
        assert Person.objects.count() == 1

    def test_gets_the_same_answer_as_somebody_unknown(self, client, phone_screen):
        unknown = ask_for_code(client, "13900139000").content.decode()
        client.post(reverse("account_logout"))
        Person.objects.create(phone="+8613900139001", display_name="菱芳姐")
        known = ask_for_code(client, "13900139001").content.decode()

        def bare(page):
            return [
                line
                for line in page.replace("139 0013 9001", "139 0013 9000").splitlines()
                if "csrfmiddlewaretoken" not in line
            ]

        assert bare(known) == bare(unknown)
        assert len(phone_screen()) == 2
        assert phone_screen()[0]["template"] == phone_screen()[1]["template"]

    def test_who_is_at_rest_is_not_let_in(self, client, phone_screen):
        Person.objects.create(phone="+8613800138000", display_name="x", is_active=False)
        ask_for_code(client)

        page = client.post(CODE, {"code": newest_code(phone_screen)}, follow=True)

        assert "_auth_user_id" not in client.session
        assert page.redirect_chain[-1][0] == "/accounts/inactive/"


class TestTheNextPage:
    def test_is_the_one_that_was_asked_for(self, client, phone_screen):
        page = client.post(f"{LOGIN}?next=/me/account/", {"login": PHONE}, follow=True)
        form_action = page.request["PATH_INFO"] + "?" + page.request["QUERY_STRING"]

        response = client.post(form_action, {"code": newest_code(phone_screen)})

        assert "/me/account/" in response.url.replace("%2F", "/")

    @pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example", "/\\evil"])
    def test_is_never_somewhere_else(self, client, phone_screen, elsewhere):
        client.post(LOGIN, {"login": PHONE, "next": elsewhere})

        response = client.post(
            CODE, {"code": newest_code(phone_screen), "next": elsewhere}, follow=True
        )

        assert all("evil" not in url for url, _status in response.redirect_chain)


class TestAWrongCode:
    def test_says_how_many_tries_are_left(self, client, phone_screen):
        ask_for_code(client)

        page = client.post(CODE, {"code": a_wrong_code(phone_screen)}).content.decode()

        assert "That is not the code we sent." in page
        assert "You can try 4 more times." in page

    def test_ends_the_try_after_five(self, client, phone_screen):
        ask_for_code(client)
        for _try in range(4):
            client.post(CODE, {"code": a_wrong_code(phone_screen)})

        page = client.post(CODE, {"code": a_wrong_code(phone_screen)}, follow=True)
        late = client.post(CODE, {"code": newest_code(phone_screen)})

        assert page.redirect_chain[-1][0] == LOGIN
        assert late.url == LOGIN
        assert not Person.objects.exists()

    def test_that_has_not_six_digits_does_not_count(self, client, phone_screen):
        ask_for_code(client)
        page = client.post(CODE, {"code": "12 34"}).content.decode()
        counted = client.post(CODE, {"code": a_wrong_code(phone_screen)}).content.decode()

        assert 'value="12 34"' in page
        assert "A code has six digits" in page
        assert "You can try 4 more times." in counted

    def test_is_what_an_old_code_is(self, client, phone_screen, settings):
        settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT = -1
        ask_for_code(client)

        response = client.post(CODE, {"code": newest_code(phone_screen)}, follow=True)

        assert response.redirect_chain[-1][0] == LOGIN
        assert not Person.objects.exists()

    def test_is_what_the_code_of_another_number_is(self, client, phone_screen):
        ask_for_code(client, "13800138001")
        other = newest_code(phone_screen)
        client.post(reverse("account_logout"))
        ask_for_code(client)

        if other != newest_code(phone_screen):
            page = client.post(CODE, {"code": other}).content.decode()
            assert "That is not the code we sent." in page


class TestAnotherCode:
    def test_has_to_wait_a_minute_and_is_told_so(self, client, phone_screen):
        ask_for_code(client)

        page = client.post(CODE, {"action": "resend"}).content.decode()

        assert "You can ask for another one in" in page
        assert len(phone_screen()) == 1

    def test_takes_the_place_of_the_first(self, client, phone_screen):
        ask_for_code(client)
        SmsMessage.objects.update(sent_at="2020-01-01T00:00:00Z")
        client.post(CODE, {"action": "resend"})

        client.post(CODE, {"code": newest_code(phone_screen)})

        assert len(phone_screen()) == 2
        assert Person.objects.count() == 1


class TestTheCode:
    def test_is_in_no_table(self, client, phone_screen):
        ask_for_code(client)
        code = newest_code(phone_screen)

        state = json.dumps(dict(client.session.items()))

        assert code not in state
        assert code not in str(SmsMessage.objects.values())

    def test_is_in_no_log(self, client, phone_screen, caplog):
        with caplog.at_level("DEBUG"):
            ask_for_code(client)
            code = newest_code(phone_screen)
            client.post(CODE, {"code": a_wrong_code(phone_screen)})
            client.post(CODE, {"code": code})

        assert code not in caplog.text
        assert all(code not in str(vars(record)) for record in caplog.records)


class TestTheDaysMoney:
    def test_spent_says_what_to_do_instead(self, client, phone_screen, settings):
        settings.SMS_DAILY_CAP_FEN = 0

        page = ask_for_code(client).content.decode()

        assert "No more text messages can be sent today" in page
        assert f'value="{PHONE}"' in page
        assert phone_screen() == []
        assert SmsDay.objects.get().refused_at is not None


class TestADemoNumber:
    def test_is_refused_outside_the_demo(self, client, phone_screen):
        page = ask_for_code(client, "10000000002").content.decode()

        assert "exist only in the demo" in page
        assert phone_screen() == []


class TestPagesNobodyNeeds:
    @pytest.mark.parametrize(
        "path",
        [
            "signup/",
            "email/",
            "password/reset/",
            "password/change/",
            "password/set/",
            "login/code/",
        ],
    )
    def test_do_not_exist(self, client, path):
        assert client.get(f"/accounts/{path}").status_code == 404


class TestSigningIn:
    def test_gives_the_session_a_new_key(self, client, phone_screen):
        ask_for_code(client)
        before = client.session.session_key

        client.post(CODE, {"code": newest_code(phone_screen)})

        assert client.session.session_key != before

    def test_needs_the_forms_own_token(self, phone_screen):
        response = Client(enforce_csrf_checks=True).post(LOGIN, {"login": PHONE})

        assert response.status_code == 403
        assert phone_screen() == []


class TestALongUnusedAccount:
    @pytest.fixture
    def holder(self):
        return Person.objects.create(
            phone="+8613800138000",
            display_name="菱芳姐",
            last_login=timezone.now() - timedelta(days=200),
        )

    def test_is_offered_by_its_alias_before_anybody_is_in(self, client, phone_screen, holder):
        ask_for_code(client)

        page = client.post(CODE, {"code": newest_code(phone_screen)}, follow=True)

        assert "Are you “菱芳姐”?" in page.content.decode()
        assert "_auth_user_id" not in client.session

    def test_is_theirs_with_a_yes(self, client, phone_screen, holder):
        ask_for_code(client)
        client.post(CODE, {"code": newest_code(phone_screen)})

        client.post(WHOSE, {"answer": "yes"})

        assert client.session["_auth_user_id"] == str(holder.pk)

    def test_lets_go_of_a_recycled_number_with_a_no(self, client, phone_screen, holder):
        ask_for_code(client)
        client.post(CODE, {"code": newest_code(phone_screen)})

        client.post(WHOSE, {"answer": "no"})

        holder.refresh_from_db()
        newcomer = Person.objects.get(phone="+8613800138000")
        assert holder.phone is None
        assert client.session["_auth_user_id"] == str(newcomer.pk)
        assert newcomer != holder

    def test_is_not_shown_before_the_code(self, client, phone_screen, holder):
        ask_for_code(client)

        response = client.post(WHOSE, {"answer": "yes"})

        assert response.url == LOGIN
        assert "_auth_user_id" not in client.session
