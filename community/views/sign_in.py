"""Coming in with a number and a code, changing the number, and going out.

A refusal (too soon, too many, no money left) is shown beside the field it is about, and what was
typed stays. Pages of allauth's that nobody needs here do not exist.
"""

from __future__ import annotations

import time
from typing import Any, NoReturn

from allauth.account.adapter import get_adapter
from allauth.account.internal.decorators import login_stage_required
from allauth.account.internal.flows.code_verification import AbstractCodeVerificationProcess
from allauth.account.internal.flows.reauthentication import raise_if_reauthentication_required
from allauth.account.stages import LoginByCodeStage
from allauth.account.utils import get_next_redirect_url, passthrough_next_redirect_url
from allauth.account.views import LoginView, LogoutView
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from community.adapters.sign_in import ChangePhoneProcess, SignInProcess
from community.auth import is_shared, person_of
from community.errors import Refusal
from community.forms.accounts import CodeForm, NewPhoneForm
from community.phones import spaced
from community.services.sms import COOLDOWN

CLEARED_ON_SHARED: str = '"cache", "storage"'
"""What the browser of a shared phone forgets on the way out; cookies stay, for the language."""


class SignInView(LoginView):  # type: ignore[misc]  # allauth has no types
    """The number."""

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            response: HttpResponse = super().form_valid(form)
        except Refusal as refusal:
            form.add_error("login", str(refusal))
            response = self.form_invalid(form)
        return response


sign_in = SignInView.as_view()


@sensitive_post_parameters("code")
@login_stage_required(stage=LoginByCodeStage.key, redirect_urlname="account_login")
def code(request: HttpRequest) -> HttpResponseBase:
    """Ask for the code; who enters it is in."""
    process = SignInProcess.resume(request._login_stage)  # type: ignore[attr-defined]  # noqa: SLF001 allauth's
    number_page = passthrough_next_redirect_url(request, reverse("account_login"), "next")
    if process is None:
        messages.error(request, _("That code is too old. Please ask for a new one."))
        return redirect(number_page)
    return _code_page(request, process, number_page, done=lambda: _come_in(request, process))


def _come_in(request: HttpRequest, process: SignInProcess) -> HttpResponseBase:
    request.session.pop("demo_code", None)
    return process.finish(get_next_redirect_url(request))


@login_required
@never_cache
def change_phone(request: HttpRequest) -> HttpResponseBase:
    """Ask for the new number. Who has a second factor shows it first; others prove the new SIM."""
    person = person_of(request)
    if get_adapter().get_reauthentication_methods(person):
        raise_if_reauthentication_required(request, app="allauth.mfa")
    form = NewPhoneForm(request.POST or None, user=person, phone=person.phone)
    if request.method == "POST" and form.is_valid():
        try:
            ChangePhoneProcess.initiate(request, form.cleaned_data["phone"])
        except Refusal as refusal:
            form.add_error("phone", str(refusal))
        else:
            return redirect("account_verify_phone")
    return render(request, "account/phone_change.html", {"form": form, "phone": person.phone})


@sensitive_post_parameters("code")
@login_required
@never_cache
def confirm_phone(request: HttpRequest) -> HttpResponseBase:
    """Ask for the code that went to the new number."""
    process = ChangePhoneProcess.resume(request)
    if process is None:
        return redirect("account_change_phone")
    return _code_page(
        request,
        process,
        reverse("account_change_phone"),
        done=lambda: _keep_number(request, process),
    )


def _keep_number(request: HttpRequest, process: ChangePhoneProcess) -> HttpResponseBase:
    request.session.pop("demo_code", None)
    try:
        process.finish()
    except Refusal as refusal:
        process.abort()
        messages.error(request, str(refusal))
        return redirect("account_change_phone")
    messages.success(request, _("Your new number is kept. Use it from now on to sign in."))
    return redirect("community:account")


def _code_page(
    request: HttpRequest, process: AbstractCodeVerificationProcess, back: str, *, done: Any
) -> HttpResponseBase:
    """Show the code page of a process: check the code, send another one, or count a wrong one."""
    phone = process.state["phone"]
    refusal = ""
    form = CodeForm(code=process.code, phone=phone)
    if request.POST.get("action") == "resend":
        try:
            process.resend()
        except Refusal as objection:
            refusal = str(objection)
        else:
            messages.success(request, _("Another code is on its way."))
            return redirect(request.get_full_path())
    elif request.method == "POST":
        form = CodeForm(request.POST, code=process.code, phone=phone)
        if form.is_valid():
            return done()  # type: ignore[no-any-return]
        if form.has_error("code", "wrong_code") and not _may_try_again(process, form):
            messages.error(request, _("That was one try too many. Please ask for a new code."))
            return redirect(back)
    return render(
        request,
        "account/confirm_login_code.html",
        {
            "form": form,
            "refusal": refusal,
            "phone": spaced(phone),
            "wait_seconds": _seconds_to_wait(process),
            "minutes": process.timeout // 60,
            "back": back,
            "next": get_next_redirect_url(request),
            "demo_code": request.session.get("demo_code"),
        },
    )


def _may_try_again(process: AbstractCodeVerificationProcess, form: CodeForm) -> bool:
    """Count a wrong code, and say beside it how many tries are left."""
    if not process.record_invalid_attempt():
        return False
    left = process.max_attempts - process.state["failed_attempts"]
    said = ngettext("You can try once more.", "You can try %(count)d more times.", left)
    form.add_error("code", said % {"count": left})
    return True


def _seconds_to_wait(process: AbstractCodeVerificationProcess) -> int:
    return max(int(process.state["at"] + COOLDOWN.total_seconds() - time.time()), 0)


class SignOutView(LogoutView):  # type: ignore[misc]  # allauth has no types
    """The way out; a shared phone forgets what its browser kept."""

    def post(self, *args: Any, **kwargs: Any) -> HttpResponse:
        was_shared = is_shared(self.request)
        response: HttpResponse = super().post(*args, **kwargs)
        if was_shared:
            response["Clear-Site-Data"] = CLEARED_ON_SHARED
        return response


sign_out = SignOutView.as_view()


def no_page(request: HttpRequest, **kwargs: Any) -> NoReturn:
    """Answer for a page of allauth's that this platform does not have, though it has a name."""
    raise Http404
