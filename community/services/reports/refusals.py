"""What a report answers when a step is not possible."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from community.errors import Refusal


class ReportHasMovedOn(Refusal):
    reason = _(
        "Somebody else was faster: this report is now “%(status)s”. Please look at it again "
        "before you decide. What you typed is still here."
    )


class StepNotPossible(Refusal):
    reason = _("A report that is “%(status)s” cannot become “%(target)s”.")


class ReasonNeeded(Refusal):
    reason = _("Please write a sentence, so that everybody can see why.")


class PhotoNeeded(Refusal):
    reason = _("Please add a photo: in this category it is what shows how things are.")


class PhotoNotYours(Refusal):
    reason = _("One of the photos is not yours or is used already. Please take it again.")


class TooManyPhotos(Refusal):
    reason = _("At most %(limit)d photos fit. Please leave some out.")


class ApprovalNeeded(Refusal):
    reason = _("Somebody else has to agree to this first. Please ask for approval.")


class ApprovalAlreadyAsked(Refusal):
    reason = _("Somebody is asked to approve a step already. Please wait for the answer.")


class ApprovalOvertaken(Refusal):
    reason = _("The report has moved on since this was asked, so there is nothing to decide.")


class ReturnedBefore(Refusal):
    reason = _("This report was returned once already. Please send it one level up instead.")


class NobodyAbove(Refusal):
    reason = _("There is no level above this one. Please handle it, or close it and say why.")


class NobodyMayTakeIt(Refusal):
    reason = _(
        "Nobody here may take in a matter about the staff of this level. Please call 12345, or "
        "12388 where discipline is concerned."
    )


class NobodyThere(Refusal):
    reason = _("Nobody holds that office now. Please choose another one.")


class OtherReportNeeded(Refusal):
    reason = _("Please give the number of the report that this one belongs to.")


class TooLateToReopen(Refusal):
    reason = _("It ended more than %(days)d days ago. Please report it anew; it is done quickly.")


class NoMoreReopening(Refusal):
    reason = _(
        "This was handled again %(times)d times and went up as far as it can. Please call 12345."
    )


class AlreadyRated(Refusal):
    reason = _("You have rated this already. Thank you.")


class HandledByYourself(Refusal):
    reason = _("You handled this yourself, so somebody else of the household has to rate it.")


class DateNeeded(Refusal):
    reason = _("Please say when it will probably go on. It has to be a day that is still to come.")
