"""One's own account: the name, the number, the devices, the way out."""

from __future__ import annotations

import json
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from threading import Barrier

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.core.files.storage import storages
from django.db import connection
from django.test import Client

from community.auth import SHARED_IDLE
from community.models import Consent, Draft, Office, Person, Photo, Purpose
from community.policies.accounts import (
    NameHasStrangeSigns,
    NameIsAContact,
    NameIsANumber,
    NameLength,
    NamePoses,
    PhoneTaken,
    StillInOffice,
    objection_to_name,
    plain_name,
)
from community.queries.consent import text_in_force
from community.queries.export import export_of
from community.services.accounts import change_phone, close_account, join, release_phone
from community.services.consent import give_consent
from community.services.filing import add_photo, begin_draft
from community.services.photos import keep_photo
from tests.factories import AppointmentFactory, MembershipFactory, PersonFactory
from tests.factories.reports import file
from tests.photo_files import upload
from tests.times import on_monday

pytestmark = pytest.mark.django_db

NOW = on_monday("09:00")
PHONE = "+8613800138000"
OLD_BROWSER = "Mozilla/5.0 (Linux; Android 8.1; vivo) MicroMessenger/8.0"


@pytest.fixture(autouse=True)
def _fresh(settings, tmp_path):
    cache.clear()
    settings.SMS_FILE = tmp_path / "sms.jsonl"


def newest_code(settings):
    return json.loads(Path(settings.SMS_FILE).read_text().splitlines()[-1])["values"]["code"]


def sign_in(client, settings, **fields):
    client.post("/accounts/login/", {"login": PHONE, **fields})
    client.post("/accounts/login/code/confirm/", {"code": newest_code(settings)})
    return Person.objects.get(phone=PHONE)


class TestAName:
    @pytest.mark.parametrize("name", ["菱芳姐", "小渔", "Anna", "东浜 阿坤", "老王2", "O'Neil"])
    def test_may_be_a_nickname(self, name):
        assert objection_to_name(plain_name(name)) is None

    @pytest.mark.parametrize(
        ("name", "refusal"),
        [
            ("王", NameLength),
            ("一二三四五六七八九十十一十二", NameLength),
            ("王13800138000"[:12], NameIsANumber),
            ("１３８００１３８", NameIsANumber),
            ("1-3-8-0-0", NameIsANumber),
            ("a@b.cn", NameIsAContact),
            ("加微信聊", NameIsAContact),
            ("荷塘网格员", NamePoses),
            ("网 格 员", NamePoses),
            ("村委会小王", NamePoses),
            ("Admin", NamePoses),
            ("……", NameHasStrangeSigns),
            ("\u202e菱芳", NameHasStrangeSigns),
        ],
    )
    def test_is_no_number_no_address_and_no_office(self, name, refusal):
        assert type(objection_to_name(plain_name(name))) is refusal

    def test_is_changed_on_its_page(self, client):
        person = PersonFactory()
        client.force_login(person)

        client.post("/me/name/", {"display_name": " 石桥　阿姨 "})

        person.refresh_from_db()
        assert person.display_name == "石桥 阿姨"

    def test_that_is_refused_stays_in_the_field(self, client):
        client.force_login(PersonFactory())

        page = client.post("/me/name/", {"display_name": "荷塘网格员"}).content.decode()

        assert 'value="荷塘网格员"' in page
        assert "would make neighbours believe that you write as an office" in page


class TestANumber:
    def test_makes_one_person_however_often_it_joins(self):
        assert join(phone=PHONE, at=NOW) == join(phone=PHONE, at=NOW)

    def test_is_changed_after_a_code_to_the_new_one(self, client, settings):
        person = PersonFactory(phone=PHONE)
        client.force_login(person)

        client.post("/accounts/phone/change/", {"phone": "139 0013 9000"})
        before = Person.objects.get(pk=person.pk).phone
        client.post("/accounts/phone/verify/", {"code": newest_code(settings)})

        told = json.loads(Path(settings.SMS_FILE).read_text().splitlines()[-1])
        assert (told["phone"], told["template"]) == (PHONE, "phone_changed")
        assert before == PHONE
        assert Person.objects.get(pk=person.pk).phone == "+8613900139000"

    def test_of_another_account_is_not_taken_over(self, client, settings):
        holder = PersonFactory(phone="+8613900139000")
        client.force_login(PersonFactory(phone=PHONE))

        client.post("/accounts/phone/change/", {"phone": "13900139000"})
        page = client.post(
            "/accounts/phone/verify/", {"code": newest_code(settings)}, follow=True
        ).content.decode()

        assert "belongs to another account" in page
        assert Person.objects.get(pk=holder.pk).phone == "+8613900139000"
        with pytest.raises(PhoneTaken):
            change_phone(person=PersonFactory(), phone="+8613900139000", at=NOW)

    @pytest.mark.django_db(transaction=True)
    @pytest.mark.postgres
    def test_that_two_want_at_once_goes_to_one(self):
        two = [PersonFactory(phone=None), PersonFactory(phone=None)]
        barrier = Barrier(2)

        def change(person):
            barrier.wait()
            try:
                change_phone(person=person, phone=PHONE, at=NOW)
            except PhoneTaken:
                return "taken"
            finally:
                connection.close()
            return "kept"

        with ThreadPoolExecutor(2) as threads:
            assert sorted(threads.map(change, two)) == ["kept", "taken"]

    def test_is_changed_only_with_the_second_key_where_there_is_one(self, client):
        person = PersonFactory(phone=PHONE)
        client.force_login(person)
        TOTP.activate(person, "JBSWY3DPEHPK3PXP")

        response = client.get("/accounts/phone/change/")

        assert response.url.startswith("/accounts/2fa/reauthenticate/")

    def test_that_was_recycled_lets_go_of_the_old_account(self):
        before = join(phone=PHONE, at=NOW)

        release_phone(phone=PHONE, at=NOW + timedelta(days=200))
        after = join(phone=PHONE, at=NOW + timedelta(days=200))

        before.refresh_from_db()
        assert before.phone is None
        assert after != before


class TestMyDevices:
    def test_are_listed_by_what_people_call_them(self, client):
        person = PersonFactory()
        client.force_login(person)
        Client(HTTP_USER_AGENT=OLD_BROWSER).force_login(person)
        other = Client(HTTP_USER_AGENT=OLD_BROWSER)
        other.force_login(person)
        other.get("/me/account/")
        client.get("/me/account/")

        page = client.get("/accounts/sessions/").content.decode()

        assert "Android, WeChat" in page
        assert "This one" in page

    def test_are_not_listed_once_their_session_is_over(self, client):
        person, other = PersonFactory(), Client()
        for phone in (client, other):
            phone.force_login(person)
            phone.get("/me/account/")
        Session.objects.filter(pk=other.session.session_key).update(expire_date=NOW)

        assert len(client.get("/accounts/sessions/").context["sessions"]) == 1

    def test_are_signed_out_everywhere_else(self, client):
        person, other = PersonFactory(), Client()
        for phone in (client, other):
            phone.force_login(person)
            phone.get("/me/account/")

        client.post("/accounts/sessions/")

        assert client.get("/me/account/").status_code == 200
        assert other.get("/me/account/").status_code == 302
        assert UserSession.objects.count() == 1

    def test_are_noted_at_most_once_a_minute(self, client, django_assert_max_num_queries):
        client.force_login(PersonFactory())
        client.get("/me/account/")

        with django_assert_max_num_queries(8) as queries:
            client.get("/me/account/")

        assert not any(query["sql"].startswith(("UPDATE", "INSERT")) for query in queries)


class TestASharedPhone:
    def test_forgets_when_the_browser_closes(self, client, settings):
        sign_in(client, settings, is_shared="on")

        assert client.session.get_expire_at_browser_close()

    def test_of_ones_own_does_not(self, client, settings):
        sign_in(client, settings)

        assert not client.session.get_expire_at_browser_close()

    @pytest.mark.parametrize(("over", "is_in"), [(-60, True), (60, False)])
    def test_signs_out_after_half_an_hour_of_rest(self, client, settings, over, is_in):
        sign_in(client, settings, is_shared="on")

        session = client.session
        session["seen_at"] = time.time() - SHARED_IDLE.total_seconds() - over
        session.save()

        assert (client.get("/me/account/").status_code == 200) is is_in

    def test_has_the_way_out_on_every_page(self, client, settings):
        sign_in(client, settings, is_shared="on")

        assert "Shared phone: sign out" in client.get("/me/name/").content.decode()

    def test_clears_what_the_browser_kept(self, client, settings):
        sign_in(client, settings, is_shared="on")

        response = client.post("/accounts/logout/")

        assert response["Clear-Site-Data"] == '"cache", "storage"'
        assert "_auth_user_id" not in client.session

    def test_of_ones_own_keeps_unsent_reports(self, client, settings):
        sign_in(client, settings)

        assert "Clear-Site-Data" not in client.post("/accounts/logout/")


class TestMyData:
    def test_is_mine_as_one_file(self, client):
        person = PersonFactory(phone=PHONE, display_name="菱芳姐")
        give_consent(person=person, text=text_in_force(Purpose.SMS, at=NOW), by=person, at=NOW)
        client.force_login(person)

        response = client.get("/me/export/")

        tables = json.loads(response.content)["tables"]
        assert tables["community.person"][0]["display_name"] == "菱芳姐"
        assert len(tables["community.consent.person"]) == 1
        assert "attachment" in response["Content-Disposition"]

    def test_holds_no_keys_and_nothing_of_others(self):
        person, other = PersonFactory(), PersonFactory(name="别人的名字")
        TOTP.activate(person, "JBSWY3DPEHPK3PXP")
        give_consent(person=other, text=text_in_force(Purpose.SMS, at=NOW), by=other, at=NOW)

        exported = json.dumps(export_of(person), default=str)

        assert "password" not in exported
        assert "authenticator" not in exported
        assert "别人的名字" not in exported


class TestClosing:
    def test_takes_away_what_could_name_the_person(self):
        person = join(phone=PHONE, at=NOW)
        Person.objects.filter(pk=person.pk).update(name="凌菱芳", display_name="菱芳姐")
        MembershipFactory(person=person, starts_at=NOW)
        text = text_in_force(Purpose.TERMS, at=NOW)
        give_consent(person=person, text=text, by=person, at=NOW)

        close_account(person=person, at=NOW + timedelta(days=1))

        person.refresh_from_db()
        assert (person.phone, person.name, person.born_on) == (None, "", None)
        assert not person.is_active
        assert person.household(at=NOW + timedelta(days=2)) is None
        assert Consent.objects.count() == 1

    def test_forgets_what_was_not_sent_and_keeps_what_was(self, django_capture_on_commit_callbacks):
        person = PersonFactory()
        sent = keep_photo(uploader=person, file=upload(), at=NOW)
        report = file(reporter=person, photos=[sent])
        draft = begin_draft(draft=Draft(person=person), at=NOW)
        unsent = add_photo(draft=draft, file=upload(), at=NOW)
        stray = keep_photo(uploader=person, file=upload(), at=NOW)

        with django_capture_on_commit_callbacks(execute=True):
            close_account(person=person, at=NOW)

        assert not Draft.objects.exists()
        assert list(Photo.objects.all()) == [sent]
        assert report.photos.get().photo == sent
        for photo in (unsent, stray):
            assert not storages["private"].exists(photo.large.name)

    def test_takes_away_the_keys_and_every_session(self, client):
        person, elsewhere = PersonFactory(), Client()
        TOTP.activate(person, "JBSWY3DPEHPK3PXP")
        for phone in (client, elsewhere):
            phone.force_login(person)
            phone.get("/me/account/")

        close_account(person=person, at=NOW)

        assert not Authenticator.objects.filter(user=person).exists()
        assert not UserSession.objects.filter(user=person).exists()
        assert not Session.objects.exists()

    def test_waits_until_an_office_is_handed_over(self):
        person = PersonFactory()
        AppointmentFactory(person=person, office=Office.GRID_WORKER, starts_at=NOW)

        with pytest.raises(StillInOffice, match="hand it over"):
            close_account(person=person, at=NOW)

    def test_signs_out_and_leaves_the_number_free(self, client, settings):
        before = sign_in(client, settings)

        client.post("/me/close/")

        assert "_auth_user_id" not in client.session
        assert join(phone=PHONE, at=NOW) != before


class TestEveryPageOfTheAccount:
    @pytest.mark.parametrize(
        "path",
        ["/me/account/", "/me/name/", "/me/close/", "/me/consents/", "/accounts/sessions/",
         "/accounts/phone/change/", "/me/second-factor/", "/accounts/2fa/", "/accounts/logout/"],
    )  # fmt: skip
    def test_is_for_the_person_alone(self, client, path, django_assert_max_num_queries):
        guest = client.get(path)
        client.force_login(PersonFactory(phone=PHONE))
        client.get(path)

        with django_assert_max_num_queries(12):
            page = client.get(path)

        assert guest.status_code == 302
        assert page.status_code == 200
        assert "no-store" in page.get("Cache-Control", "no-store")
        assert b" style=" not in page.content
