"""The code on a door plate: scanned by any phone, it opens the form with the place filled in."""

from __future__ import annotations

from http import HTTPStatus
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from community import photos, qr
from community.errors import Refusal
from community.forms.filing import CodeForm, code_in
from community.policies.households import TooManyWrongCodes
from community.views.guessing import plate_behind, too_many


@require_GET
def door(request: HttpRequest, door_code: str) -> HttpResponse:
    """Open the form for the place of a plate; a code that is unknown or revoked leads on, too.

    Nothing about the household behind the door is shown, only which micro-grid it is in; of a
    revoked plate, which may hang anywhere by now, not even that.
    """
    try:
        plate = plate_behind(request, door_code)
    except TooManyWrongCodes as refusal:
        return too_many(request, refusal)
    if plate is None:
        return render(request, "community/filing/no_door.html", status=HTTPStatus.NOT_FOUND)
    if plate.revoked_at is not None:
        return render(request, "community/plates/revoked.html", status=HTTPStatus.GONE)
    return redirect(f"{reverse('community:file_report')}?{urlencode({'door': door_code})}")


@require_http_methods(["GET", "POST"])
def scan(request: HttpRequest) -> HttpResponse:
    """Read a plate: by the browser's own eyes, from a photo of it, or from the code typed in."""
    was_sent = request.method == "POST"
    form = CodeForm(request.POST, request.FILES) if was_sent else CodeForm()
    if was_sent and form.is_valid():
        code = code_in(form.cleaned_data["code"]) or _seen_in(form)
        if code:
            try:
                if plate := plate_behind(request, code):
                    return redirect("community:door", plate.code)
            except TooManyWrongCodes as refusal:
                form.add_error("code", str(refusal))
            else:
                form.add_error("code", _("No door plate has this code. Please look again."))
    status = 422 if form.errors else 200
    return render(request, "community/filing/scan.html", {"form": form}, status=status)


def _seen_in(form: CodeForm) -> str:
    """Return the door code in the photo of a plate, or say beside the field why there is none."""
    photo: photos.Bytes | None = form.cleaned_data["photo"]
    if photo is None:
        form.add_error("code", _("Please type the code, or take a photo of the plate."))
        return ""
    try:
        seen = qr.read(photos.opened(photo))
    except Refusal as refusal:
        form.add_error("photo", str(refusal))
        return ""
    if not seen:
        form.add_error("photo", _("No code can be seen in it. Please go closer, or type the code."))
        return ""
    return code_in(seen[0])
