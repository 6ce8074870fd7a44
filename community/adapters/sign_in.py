"""The two ways a code is asked for: to come in, and to give the account a new number.

allauth keeps the code itself in the session, and sends none to a number it does not know. Here the
session keeps a fingerprint, and everybody gets a code: who has no account has one afterwards. So
nothing in the answer, the message or the time it takes says whether a number has an account.
"""

from __future__ import annotations

import time
from datetime import datetime, timedelta
from typing import Any, Final, Self

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login_by_code import LoginCodeVerificationProcess
from allauth.account.internal.flows.phone_verification import ChangePhoneVerificationProcess
from allauth.account.models import Login
from allauth.account.stages import LoginByCodeStage, LoginStageController
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from community.codes import fingerprint
from community.models import Person, SmsPurpose
from community.services.accounts import join, release_phone

RECYCLED_AFTER: Final = timedelta(days=180)
"""Operators rest a number for 90 days before somebody else gets it (电信服务规范)."""


class SignInProcess(LoginCodeVerificationProcess):
    """From the number to the code to the account."""

    @classmethod
    def initiate(cls, *, request: HttpRequest, user: Person | None, phone: str) -> Self:
        login = Login(user=user, phone=phone)
        login.state["stages"] = {"current": LoginByCodeStage.key}
        stage = LoginByCodeStage(LoginStageController(request, login), request, login)
        stage.state.update(cls.initial_state(user=user, phone=phone))
        stage.state["initiated_by_user"] = True
        process = cls(stage=stage)
        process.send()
        process.persist()
        return process

    @classmethod
    def resume(cls, stage: LoginByCodeStage) -> Self | None:
        process: Self | None = cls(stage=stage).abort_if_invalid()
        return process

    @property
    def phone(self) -> str:
        phone: str = self.state["phone"]
        return phone

    def send(self, skip_enumeration_mails: bool = False) -> None:  # noqa: FBT001, FBT002 allauth's
        """Send a new code; the time in which it is good begins now."""
        adapter = get_adapter()
        code = adapter.generate_phone_verification_code(user=self.user, phone=self.phone)
        adapter.send_verification_code_sms(self.user, self.phone, code)
        self.state["code"] = fingerprint(code, phone=self.phone)
        self.state["at"] = self.state["sent_at"] = time.time()

    def resend(self) -> None:
        self.send()
        self.record_resend()
        self.persist()

    @property
    def is_confirmed(self) -> bool:
        """Whether the code has come back already, and only the question whose it is is open."""
        return bool(self.state.get("is_confirmed"))

    def may_be_recycled(self, *, at: datetime) -> bool:
        """Whether the account was unused for so long that the number may be somebody else's now."""
        last = self.user.last_login if self.user else None
        return last is not None and at - last > RECYCLED_AFTER

    def keep_confirmed(self) -> None:
        self.state["is_confirmed"] = True
        self.persist()

    def begin_anew(self, *, at: datetime) -> None:
        """Leave the old account to its holder, without the number, and go on as somebody new."""
        release_phone(phone=self.phone, at=at)
        self.stage.login.user = None
        self._user: Person | None = None
        self.state.pop("user_id", None)

    def finish(self, redirect_url: str | None) -> HttpResponse:
        """Let them in; who is new joins now, when it is known that the number is theirs."""
        if self.user is None:
            self._user = join(phone=self.phone, at=timezone.now())
        response: HttpResponse = super().finish(redirect_url)
        return response


class ChangePhoneProcess(ChangePhoneVerificationProcess):
    """A new number for an account, kept once a code sent to it has come back."""

    @classmethod
    def initiate(cls, request: HttpRequest, phone: str) -> Self:
        process = cls(request, state=cls.initial_state(user=request.user, phone=phone))
        process.send()
        return process

    @classmethod
    def resume(cls, request: HttpRequest) -> Self | None:
        state: dict[str, Any] | None = request.session.get("account_phone_verification")
        if not state:
            return None
        process: Self | None = cls(request, state=state).abort_if_invalid()
        return process

    def send(self, skip_enumeration_sms: bool = False) -> None:  # noqa: FBT001, FBT002 allauth's
        adapter = get_adapter()
        code = adapter.generate_phone_verification_code(user=self.user, phone=self.phone)
        adapter.send_verification_code_sms(
            self.user, self.phone, code, purpose=SmsPurpose.CHANGE_PHONE
        )
        self.state["code"] = fingerprint(code, phone=self.phone)
        self.state["at"] = time.time()
        self.persist()

    @property
    def can_resend(self) -> bool:
        return True
