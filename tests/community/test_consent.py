"""Purpose by purpose, yes or no, and every word of it kept."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.cache import caches
from django.db import DatabaseError, transaction

from community.models import Consent, ConsentText, Office, Purpose
from community.policies.consent import (
    GuardianDecides,
    NotYoursToDecide,
    TermsHoldTheAccount,
    TextNotInForce,
)
from community.queries.consent import consents_of, has_consent, text_in_force
from community.services.consent import give_consent, withdraw_consent
from tests.factories import (
    AppointmentFactory,
    AreaFactory,
    ChildFactory,
    GuardianshipFactory,
    PersonFactory,
)
from tests.times import on_monday

pytestmark = pytest.mark.django_db

NOW = on_monday("09:00")


def agree(person, purpose=Purpose.LOCATION, by=None, at=NOW):
    text = text_in_force(purpose, at=at)
    return give_consent(person=person, text=text, by=by or person, at=at)


def a_new_text(purpose, at=NOW):
    old = text_in_force(purpose, at=at)
    return ConsentText.objects.create(
        purpose=purpose, version=old.version + 1, text_zh="新", text_en="new", published_at=at
    )


class TestThePurposes:
    def test_each_have_a_text_in_both_languages_from_the_start(self):
        texts = ConsentText.objects.in_force(at=NOW)

        assert {text.purpose for text in texts} == set(Purpose.values)
        assert all(text.text_zh and text.text_en for text in texts)

    def test_hold_by_themselves(self):
        person = PersonFactory()

        agree(person, Purpose.LOCATION)

        assert has_consent(person, Purpose.LOCATION, at=NOW)
        assert not has_consent(person, Purpose.PUBLISH_NAME, at=NOW)


class TestAConsent:
    def test_tells_the_others(self, heard, django_capture_on_commit_callbacks):
        person = PersonFactory()

        with django_capture_on_commit_callbacks(execute=True):
            agree(person)

        [event] = heard
        assert event.name == "community.consent_given"
        assert event.facts == {"purpose": "location", "text_version": 1}

    def test_said_twice_is_kept_once(self):
        person = PersonFactory()

        agree(person)
        agree(person)

        assert Consent.objects.count() == 1

    def test_ends_when_it_is_withdrawn_and_nothing_is_forgotten(self):
        person = PersonFactory()
        agree(person)

        withdraw_consent(
            person=person, purpose=Purpose.LOCATION, by=person, at=NOW + timedelta(hours=1)
        )

        assert not has_consent(person, Purpose.LOCATION, at=NOW + timedelta(hours=2))
        assert has_consent(person, Purpose.LOCATION, at=NOW)
        assert [row.is_given for row in Consent.objects.order_by("pk")] == [True, False]

    def test_can_be_given_again(self):
        person = PersonFactory()
        agree(person)
        withdraw_consent(person=person, purpose=Purpose.LOCATION, by=person, at=NOW)

        agree(person)

        assert has_consent(person, Purpose.LOCATION, at=NOW)
        assert Consent.objects.count() == 3

    def test_that_was_never_given_needs_no_withdrawal(self):
        person = PersonFactory()

        withdraw_consent(person=person, purpose=Purpose.SMS, by=person, at=NOW)

        assert not Consent.objects.exists()

    def test_to_the_terms_ends_only_with_the_account(self):
        person = PersonFactory()
        agree(person, Purpose.TERMS)

        with pytest.raises(TermsHoldTheAccount, match="close the account"):
            withdraw_consent(person=person, purpose=Purpose.TERMS, by=person, at=NOW)

    def test_to_an_old_text_does_not_hold_for_a_new_one(self):
        person = PersonFactory()
        agree(person)
        a_new_text(Purpose.LOCATION)

        [state] = [s for s in consents_of(person, at=NOW) if s.purpose == Purpose.LOCATION]

        assert state.is_outdated
        assert not has_consent(person, Purpose.LOCATION, at=NOW)

    def test_cannot_be_given_to_a_text_that_was_replaced(self):
        person = PersonFactory()
        old = text_in_force(Purpose.LOCATION, at=NOW)
        a_new_text(Purpose.LOCATION)

        with pytest.raises(TextNotInForce):
            give_consent(person=person, text=old, by=person, at=NOW)

    def test_cannot_be_given_by_somebody_else(self):
        with pytest.raises(NotYoursToDecide):
            agree(PersonFactory(), by=PersonFactory())


class TestTheLedger:
    @pytest.mark.parametrize("change", ["update", "delete"])
    def test_is_only_added_to(self, change):
        consent = agree(PersonFactory())
        rows = Consent.objects.filter(pk=consent.pk)

        with pytest.raises(DatabaseError), transaction.atomic():
            rows.update(is_given=False) if change == "update" else rows.delete()

    def test_keeps_the_words_that_were_shown(self):
        with pytest.raises(DatabaseError), transaction.atomic():
            ConsentText.objects.filter(purpose=Purpose.SMS).update(text_zh="别的")


class TestAChildUnderFourteen:
    def test_cannot_speak_for_itself(self):
        child = ChildFactory(born_on=NOW.date().replace(year=NOW.year - 13))

        with pytest.raises(GuardianDecides):
            agree(child)

    def test_is_spoken_for_by_its_guardian(self):
        child = ChildFactory(born_on=NOW.date().replace(year=NOW.year - 13))
        bond = GuardianshipFactory(ward=child, starts_at=NOW)

        consent = agree(child, by=bond.guardian)

        assert consent.given_by == bond.guardian
        assert has_consent(child, Purpose.LOCATION, at=NOW)

    @pytest.mark.parametrize("day_before", [True, False])
    def test_speaks_for_itself_from_the_birthday_on(self, day_before):
        birthday = NOW.date().replace(year=NOW.year - 14)
        child = ChildFactory(born_on=birthday + timedelta(days=1) if day_before else birthday)

        if day_before:
            with pytest.raises(GuardianDecides):
                agree(child)
        else:
            assert agree(child)


class TestThePage:
    def test_shows_every_purpose_with_its_text(self, client):
        client.force_login(PersonFactory())

        page = client.get("/me/consents/").content.decode()

        assert all(str(purpose.label).replace("'", "&#x27;") in page for purpose in Purpose)
        assert page.count('value="yes"') == len(Purpose)

    def test_switches_one_on_and_off_without_a_script(self, client):
        person = PersonFactory()
        client.force_login(person)
        text = ConsentText.objects.get(purpose=Purpose.SMS)
        path = f"/me/consents/{person.pk}/sms/"

        client.post(path, {"answer": "yes", "text": text.pk})
        given = [row.is_given for row in person.consents.order_by("pk")]
        page = client.post(path, {"answer": "no", "text": text.pk}, follow=True)

        assert given == [True]
        assert [row.is_given for row in person.consents.order_by("pk")] == [True, False]
        assert "You said no" in page.content.decode()

    @pytest.mark.parametrize("text", ["", "x", "999999"])
    def test_answers_nonsense_with_a_page_not_found(self, client, text):
        person = PersonFactory()
        client.force_login(person)

        response = client.post(f"/me/consents/{person.pk}/sms/", {"answer": "yes", "text": text})

        assert response.status_code == 404
        assert client.post(f"/me/consents/{person.pk}/nothing/").status_code == 404

    def test_is_deaf_to_strangers(self, client):
        person, text = PersonFactory(), ConsentText.objects.get(purpose=Purpose.SMS)
        client.force_login(PersonFactory())

        client.post(f"/me/consents/{person.pk}/sms/", {"answer": "yes", "text": text.pk})

        assert not person.consents.exists()

    def test_costs_the_same_however_often_one_changed_ones_mind(
        self, client, django_assert_max_num_queries
    ):
        person = PersonFactory()
        for _round in range(10):
            agree(person)
            withdraw_consent(person=person, purpose=Purpose.LOCATION, by=person, at=NOW)
        client.force_login(person)
        client.get("/me/consents/")

        with django_assert_max_num_queries(10):
            client.get("/me/consents/")


class TestATextThatStandsForAnOlderOne:
    def test_is_not_the_first_one_nor_one_that_is_still_to_come(self):
        assert not ConsentText.objects.renewed(at=NOW).exists()

        newer = a_new_text(Purpose.TERMS)

        assert ConsentText.objects.renewed(at=NOW).get() == newer
        assert not ConsentText.objects.renewed(at=newer.published_at - timedelta(days=1)).exists()


class TestTheWelcome:
    def test_asks_once_and_goes_on(self, client):
        person = PersonFactory()
        client.force_login(person)

        response = client.post("/me/welcome/", {"next": "/me/name/"})

        assert response.url == "/me/name/"
        assert person.consents.get().text.purpose == Purpose.TERMS


class TestANewVersionOfTheTerms:
    def test_waits_on_the_home_page_without_blocking_it(self, client):
        person = PersonFactory()
        agree(person, Purpose.TERMS)
        client.force_login(person)
        before = client.get("/").content.decode()

        a_new_text(Purpose.TERMS)
        caches["minute"].clear()  # as after a minute

        after = client.get("/")
        assert after.status_code == 200
        assert "Read what is new in the terms" in after.content.decode()
        assert "Read what is new in the terms" not in before


class TestThePrivacyPage:
    def test_names_whom_to_ask_and_is_linked_at_the_foot_of_every_page(self, client, settings):
        settings.PRIVACY_CONTACT = "0573 0000 0000"
        officer = AppointmentFactory(
            office=Office.PRIVACY_OFFICER, area=AreaFactory(), person__display_name="Officer Lu"
        )

        page = client.get("/privacy/").content.decode()

        assert officer.person.display_name in page
        assert "0573 0000 0000" in page
        assert "How long: as long as the account exists." in page
        assert 'href="/privacy/"' in client.get("/").content.decode()

    def test_says_so_while_there_is_no_telephone(self, client):
        assert "has not been entered yet" in client.get("/privacy/").content.decode()
