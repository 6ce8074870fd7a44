"""What is written down says what happened, and nobody's number."""

from __future__ import annotations

import json
import logging

import pytest
import structlog

from config.logs import MASK, logs, without_personal_numbers


@pytest.fixture
def line():
    """Return what a log call becomes in the county."""
    form = logs(as_json=True)["formatters"]["line"]
    formatter = form["()"](
        foreign_pre_chain=form["foreign_pre_chain"], processors=form["processors"]
    )

    def written(message: str, *args: object, **options: object) -> dict:
        record = logging.getLogger("test").makeRecord(
            "test", logging.ERROR, __file__, 1, message, args, options.get("exc_info")
        )
        return json.loads(formatter.format(record))

    yield written
    structlog.contextvars.clear_contextvars()


class TestALine:
    def test_is_json_with_what_when_and_where(self, line):
        written = line("nothing %s", "works")

        assert written["event"] == "nothing works"
        assert written["level"] == "error"
        assert written["logger"] == "test"
        assert written["timestamp"]

    def test_has_no_number_of_anybody_even_in_a_traceback(self, line):
        fault = ValueError("Key (phone)=(+8613800138000) exists")

        written = line("failed", exc_info=(ValueError, fault, None))

        assert "13800138000" not in json.dumps(written)
        assert MASK in written["exception"]

    def test_carries_the_id_of_its_request(self, line):
        structlog.contextvars.bind_contextvars(request_id="abc")

        assert line("x")["request_id"] == "abc"


class TestMasking:
    @pytest.mark.parametrize(
        ("text", "is_masked"),
        [
            ("13800138000", True),
            ("+8613800138000", True),
            ("call 13800138000!", True),
            ("33042119800101001X", True),
            ("330421198001010013", True),
            ("12800138000", False),
            ("report 1380013", False),
            ("a7ceaa42-7048-4c93-b382-d2be0c5aba2e", False),
        ],
    )
    def test_hides_mobile_and_identity_numbers(self, text, is_masked):
        shown = without_personal_numbers(None, "info", {"event": text})["event"]

        assert (MASK in shown) is is_masked


@pytest.mark.django_db
class TestARequest:
    def test_is_given_an_id(self, client):
        assert len(client.get("/").headers["X-Request-Id"]) == 32

    def test_keeps_the_id_of_the_proxy(self, client):
        answer = client.get("/", headers={"X-Request-Id": "proxy-12345678"})

        assert answer.headers["X-Request-Id"] == "proxy-12345678"

    def test_does_not_repeat_what_is_no_id(self, client):
        answer = client.get("/", headers={"X-Request-Id": "<b>not an id</b>"})

        assert len(answer.headers["X-Request-Id"]) == 32
