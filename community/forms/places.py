"""What is asked about places."""

from __future__ import annotations

import json
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from community.geo import Point, to_wgs84
from community.policies.boundaries import objection_to_boundary

WGS84, GCJ02 = "wgs84", "gcj02"


class WhereForm(forms.Form):
    """A door code, or a point in one of the two datums that phones give."""

    door = forms.CharField(required=False, max_length=12)
    lat = forms.FloatField(required=False, min_value=-85, max_value=85)
    lng = forms.FloatField(required=False, min_value=-180, max_value=180)
    datum = forms.ChoiceField(required=False, choices=[(WGS84, WGS84), (GCJ02, GCJ02)])

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not data.get("door") and (data.get("lat") is None or data.get("lng") is None):
            raise forms.ValidationError(_("Give a door code, or lat and lng in degrees."))
        return data

    def evidence(self) -> dict[str, Any]:
        data = self.cleaned_data
        if data["lat"] is None or data["lng"] is None:
            return {"door_code": data["door"]}
        point = Point(data["lng"], data["lat"])
        is_shifted = data["datum"] == GCJ02
        return {"door_code": data["door"], "point": to_wgs84(point) if is_shifted else point}


class BoundaryForm(forms.Form):
    """Reusable wherever a boundary is redrawn: the desk, the back office."""

    boundary = forms.CharField(
        label=_("Boundary (GeoJSON, WGS-84)"),
        help_text=_("A Polygon or MultiPolygon, or a Feature that has one."),
        widget=forms.Textarea(attrs={"rows": 10, "spellcheck": "false"}),
    )
    reason = forms.CharField(label=_("Why it is redrawn"), max_length=200)

    def clean_boundary(self) -> dict[str, Any]:
        try:
            boundary = json.loads(self.cleaned_data["boundary"])
        except ValueError:
            raise forms.ValidationError(
                _("This is not JSON. Please paste the whole file.")
            ) from None
        if isinstance(boundary, dict) and boundary.get("type") == "Feature":
            boundary = boundary.get("geometry")
        if objection := objection_to_boundary(boundary):
            raise forms.ValidationError(str(objection), code=objection.code)
        return dict(boundary)
