"""Who acts for me, for whom I act, and what was done: each of the two can end it at once."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from community.acting import SESSION_KEY
from community.auth import person_of
from community.components.care import Done, DoneForOthers, words_of
from community.components.telling import Confirm, Empty
from community.forms.refusals import refusals_told
from community.models import Agency
from community.policies.care import objection_to_ending_agency
from community.queries.care import care_by, care_of
from community.services.care import end_agency


@login_required
@never_cache
def representing(request: HttpRequest) -> HttpResponse:
    person, now = person_of(request), timezone.now()
    by_others, for_others = care_of(person, at=now), care_by(person, at=now)
    still = {agency.principal_id for agency in for_others.agencies}
    done_for_me = [
        Done(act=words_of(act.act), who=act.agency.agent.display_name, at=act.at, url=act.path)
        for act in by_others.acts
    ]
    done_by_me = [
        Done(
            act=words_of(act.act),
            who=_("for %(name)s") % {"name": act.agency.principal},
            at=act.at,
            url=act.path if act.agency.principal_id in still else "",
        )
        for act in for_others.acts
    ]
    shown = {
        "by_others": by_others,
        "for_others": for_others,
        "done_for_me": DoneForOthers(rows=done_for_me) if done_for_me else None,
        "done_by_me": DoneForOthers(rows=done_by_me) if done_by_me else None,
        "nothing": Empty(
            title=_("Nobody acts for you, and you act for nobody"),
            text=_(
                "For a neighbour or relative without a phone, the micro-grid leader or grid "
                "worker enters who acts for them, once they have agreed."
            ),
        ),
        "active_tab": "me",
    }
    return render(request, "community/care/representing.html", shown)


@login_required
@never_cache
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """End an agency: one tap for the two concerned; who looks after them is asked once more."""
    person, now = person_of(request), timezone.now()
    agency = get_object_or_404(Agency.objects.select_related("principal", "agent"), pk=pk)
    back = _way_back(request, agency)
    names = {"agent": agency.agent, "principal": agency.principal}
    if request.method != "POST":
        if objection := objection_to_ending_agency(person, agency, at=now):
            raise objection
        confirm = Confirm(
            title=_("Does %(agent)s no longer act for %(principal)s?") % names,
            text=_("It ends at once. What was done until now stays on the list."),
            action=reverse("community:agency_end", args=[agency.pk]),
            yes=_("Yes, end it"),
            back_url=back,
            is_final=False,
        )
        return render(request, "community/care/end.html", {"confirm": confirm, "back": back})
    with refusals_told(request):
        end_agency(agency=agency, by=person, at=now)
        if request.session.get(SESSION_KEY) == agency.principal_id and person.pk == agency.agent_id:
            del request.session[SESSION_KEY]
        messages.success(request, _("%(agent)s no longer acts for %(principal)s.") % names)
    return redirect(back)


def _way_back(request: HttpRequest, agency: Agency) -> str:
    if person_of(request).pk in (agency.principal_id, agency.agent_id):
        return reverse("community:representing")
    return reverse("community:looked_after", args=[agency.principal_id])
