"""Text messages: within the limits and the day's money, and never more than that."""

from __future__ import annotations

import hashlib
import hmac
import json
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from community.adapters import sms as adapters
from community.adapters.sms import ConsoleSender, HttpSender
from community.models import SmsDay, SmsMessage, SmsPurpose, SmsStatus
from community.services.sms import (
    COOLDOWN,
    AskedTooSoon,
    SmsCapReached,
    SmsNotSent,
    TooManyCodes,
    TooManyFromHere,
    send_sms,
)
from community.sms import NotSent, Sms
from tests.times import on_monday

NOW = on_monday("09:00")


@pytest.fixture(autouse=True)
def _file(settings, tmp_path):
    settings.SMS_FILE = tmp_path / "sms.jsonl"


def send(phone="+8613800138000", at=NOW, address="10.0.0.1", purpose=SmsPurpose.SIGN_IN):
    return send_sms(
        phone=phone,
        purpose=purpose,
        template="code",
        values={"code": "123456", "minutes": "5"},
        address=address,
        at=at,
    )


def number(n):
    return f"+86138{n:08}"


@pytest.mark.django_db
class TestAMessage:
    def test_is_counted_without_its_words_and_its_number(self):
        message = send()

        row = str(SmsMessage.objects.values().get())
        assert message.status == SmsStatus.SENT
        assert message.phone_masked == "138****8000"
        assert "123456" not in row
        assert "13800138000" not in row
        assert "10.0.0.1" not in row

    def test_never_shows_its_values(self):
        message = Sms(id=uuid4(), phone="+8613800138000", template="code", values={"code": "9"})

        assert "9" not in repr(message).split("template")[1]

    def test_that_is_not_taken_is_kept_as_failed_and_paid(self, settings):
        settings.SMS_SENDER = "tests.community.test_sms.SenderThatFails"

        with pytest.raises(SmsNotSent, match="try again in a few minutes"):
            send()

        message = SmsMessage.objects.get()
        assert (message.status, message.error) == (SmsStatus.FAILED, "busy_503")
        assert SmsDay.objects.get().spent_fen == settings.SMS_PRICE_FEN


class SenderThatFails:
    def send(self, sms):
        code = "busy_503"
        raise NotSent(code)


@pytest.mark.django_db
class TestTheLimits:
    def test_make_one_number_wait_a_minute(self):
        send()

        with pytest.raises(AskedTooSoon, match="in 1 seconds"):
            send(at=NOW + COOLDOWN - timedelta(seconds=1))
        assert send(at=NOW + COOLDOWN)

    def test_give_one_number_five_codes_an_hour(self):
        for minute in range(5):
            send(at=NOW + timedelta(minutes=2 * minute))

        with pytest.raises(TooManyCodes, match="in 50 minutes"):
            send(at=NOW + timedelta(minutes=10))
        assert send(at=NOW + timedelta(hours=1))

    def test_give_one_number_ten_codes_a_day(self):
        for turn in range(10):
            send(at=NOW + timedelta(minutes=20 * turn))

        with pytest.raises(TooManyCodes):
            send(at=NOW + timedelta(hours=5))
        assert send(at=NOW + timedelta(days=1))

    def test_give_one_address_sixty_codes_an_hour(self):
        for turn in range(60):
            send(phone=number(turn), at=NOW + timedelta(seconds=turn))

        with pytest.raises(TooManyFromHere):
            send(phone=number(99), at=NOW + timedelta(minutes=2))
        assert send(phone=number(99), at=NOW + timedelta(minutes=2), address="10.0.0.2")

    def test_do_not_hold_back_word_of_what_was_done(self):
        send()

        assert send(purpose=SmsPurpose.NOTICE)


@pytest.mark.django_db
class TestTheDaysMoney:
    def test_is_never_overspent(self, settings):
        settings.SMS_DAILY_CAP_FEN = 2 * settings.SMS_PRICE_FEN
        send(phone=number(1))
        send(phone=number(2))

        with pytest.raises(SmsCapReached, match="until midnight"):
            send(phone=number(3))
        assert SmsDay.objects.get().spent_fen == settings.SMS_DAILY_CAP_FEN

    def test_spent_tells_staff_once_a_day(
        self, settings, heard, django_capture_on_commit_callbacks
    ):
        settings.SMS_DAILY_CAP_FEN = 0

        with django_capture_on_commit_callbacks(execute=True):
            for n in range(3):
                with pytest.raises(SmsCapReached):
                    send(phone=number(n))

        assert [event.name for event in heard] == ["community.sms_budget_spent"]

    def test_is_there_again_after_midnight(self, settings):
        settings.SMS_DAILY_CAP_FEN = settings.SMS_PRICE_FEN
        send(phone=number(1), at=on_monday("23:59"))

        with pytest.raises(SmsCapReached):
            send(phone=number(2), at=on_monday("23:59"))
        assert send(phone=number(2), at=on_monday("23:59") + timedelta(minutes=1))

    def test_can_be_raised_in_the_course_of_the_day(self, settings):
        settings.SMS_DAILY_CAP_FEN = settings.SMS_PRICE_FEN
        send(phone=number(1))

        settings.SMS_DAILY_CAP_FEN *= 2

        assert send(phone=number(2))

    def test_cannot_be_overspent_in_the_table_either(self):
        with pytest.raises(IntegrityError), transaction.atomic():
            SmsDay.objects.create(day=NOW.date(), spent_fen=11, cap_fen=10)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
class TestTwentyAtOnce:
    def test_spend_no_more_than_the_day_has(self, settings):
        settings.SMS_DAILY_CAP_FEN = 7 * settings.SMS_PRICE_FEN
        now = timezone.now()

        def ask(n):
            try:
                send(phone=number(n), at=now, address=f"10.0.0.{n}")
            except SmsCapReached:
                return 0
            else:
                return 1
            finally:
                connection.close()

        with ThreadPoolExecutor(20) as crowd:
            sent = sum(crowd.map(ask, range(20)))

        assert sent == SmsMessage.objects.count() == 7
        assert SmsDay.objects.get().spent_fen == settings.SMS_DAILY_CAP_FEN

    def test_for_one_number_get_one_code(self):
        now = timezone.now()

        def ask(_n):
            try:
                send(at=now)
            except AskedTooSoon:
                return 0
            else:
                return 1
            finally:
                connection.close()

        with ThreadPoolExecutor(20) as crowd:
            assert sum(crowd.map(ask, range(20))) == 1


@pytest.fixture
def provider(settings, monkeypatch):
    """A provider on this machine: what it was sent, and the answers it gives in turn."""
    monkeypatch.setattr(adapters, "FIRST_WAIT_S", 0.01)
    seen, answers = [], []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            seen.append((dict(self.headers), body))
            self.send_response(answers.pop(0) if answers else 200)
            self.end_headers()

        def log_message(self, *args):
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    settings.SMS_HTTP_URL = f"http://127.0.0.1:{server.server_port}/send"
    settings.SMS_HTTP_SECRET = "shared secret"
    yield seen, answers
    server.shutdown()
    thread.join()
    server.server_close()


def a_message():
    return Sms(id=uuid4(), phone="+8613800138000", template="code", values={"code": "246810"})


class TestTheProvider:
    def test_is_sent_the_message_with_a_signature(self, provider):
        seen, _answers = provider
        message = a_message()

        HttpSender().send(message)

        [(headers, body)] = seen
        assert json.loads(body) == {
            "id": str(message.id),
            "phone": "+8613800138000",
            "template": "code",
            "values": {"code": "246810"},
        }
        signed = headers["X-Timestamp"].encode() + b"." + body
        expected = hmac.new(b"shared secret", signed, hashlib.sha256).hexdigest()
        assert headers["X-Signature"] == expected
        assert headers["Idempotency-Key"] == str(message.id)

    def test_that_is_busy_is_asked_again_with_the_same_key(self, provider):
        seen, answers = provider
        answers += [503, 429]

        HttpSender().send(a_message())

        assert len(seen) == 3
        assert len({headers["Idempotency-Key"] for headers, _body in seen}) == 1

    def test_that_stays_busy_is_given_up(self, provider):
        seen, answers = provider
        answers += [500, 502, 503]

        with pytest.raises(NotSent, match="busy_503"):
            HttpSender().send(a_message())
        assert len(seen) == 3

    def test_that_refuses_is_not_asked_again(self, provider):
        seen, answers = provider
        answers += [422]

        with pytest.raises(NotSent, match="refused_422"):
            HttpSender().send(a_message())
        assert len(seen) == 1

    def test_that_is_not_there_is_a_refusal_and_no_fault(self, settings, monkeypatch):
        monkeypatch.setattr(adapters, "FIRST_WAIT_S", 0)
        settings.SMS_HTTP_URL = "http://127.0.0.1:9/"
        settings.SMS_HTTP_SECRET = "x"

        with pytest.raises(NotSent, match="ConnectError"):
            HttpSender().send(a_message())

    def test_is_told_the_code_and_the_log_is_not(self, provider, caplog):
        with caplog.at_level("DEBUG"):
            HttpSender().send(a_message())

        assert "246810" not in caplog.text


class TestTheConsole:
    def test_shows_the_message_where_the_server_runs(self, capsys):
        message = a_message()
        message.values["minutes"] = "5"

        ConsoleSender().send(message)

        assert "【邻里园】您的验证码是 246810，5 分钟内有效" in capsys.readouterr().out
