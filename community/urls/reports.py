from django.urls import path, register_converter

from community.views import inbox, office_acts, own_reports, reports


class NumberConverter:
    """A report's number, so that `/reports/new/` is never taken for one."""

    regex = r"R-\d{6}-\d{4,}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(NumberConverter, "report")

urlpatterns = [
    path("reports/", reports.index, name="reports"),
    path("reports/mine/", reports.mine, name="my_reports"),
    path("reports/<report:number>/", reports.report, name="report"),
    path("reports/<report:number>/rating/", own_reports.rating, name="rate_report"),
    path("reports/<report:number>/not-solved/", own_reports.not_solved, name="not_solved"),
    path("reports/<report:number>/supplement/", own_reports.supplement, name="supplement"),
    path("reports/<report:number>/withdrawal/", own_reports.withdrawal, name="withdraw_report"),
    path("reports/<report:number>/acts/<slug:key>/", office_acts.act, name="report_act"),
    path("reports/<report:number>/approval/", office_acts.approval, name="approval"),
    path("inbox/", inbox.inbox, name="inbox"),
]
