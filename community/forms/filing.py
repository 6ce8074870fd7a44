"""What somebody tells us about a matter: the kind, the place, a few words.

Nothing is required here, because a draft may lack anything; what is there must make sense.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from community.errors import Refusal
from community.geo import Point, to_wgs84
from community.models import (
    BODY_MOST,
    Area,
    Category,
    Datum,
    Draft,
    Evidence,
    Kind,
    Person,
    Plate,
    Subcategory,
    Visibility,
)
from community.queries.places import locate
from community.workflow import Level

AT_HOME: Final = "home"
NOT_CHOSEN: Final = ""
PLATE_PATH: Final = "/d/"
"""What a plate's address contains before the code: people paste the whole address, too."""


def code_in(words: str) -> str:
    """Return the door code in what was typed, pasted or scanned: the code or the whole address."""
    return words.rpartition(PLATE_PATH)[2].strip(" /")


class DraftForm(forms.Form):
    """The first page of three. A place that was changed last is the one that counts."""

    category = forms.CharField(required=False)
    subcategory = forms.CharField(required=False)
    body = forms.CharField(
        label=_("Say a few words"),
        required=False,
        max_length=BODY_MOST,
        widget=forms.Textarea({"rows": 3}),
    )
    place_note = forms.CharField(label=_("Where exactly"), required=False, max_length=80)
    door_code = forms.CharField(label=_("Code on the door plate"), required=False, max_length=120)
    area = forms.ChoiceField(label=_("Choose from the list"), required=False)
    lng = forms.FloatField(required=False, min_value=-180, max_value=180)
    lat = forms.FloatField(required=False, min_value=-90, max_value=90)
    accuracy_m = forms.IntegerField(required=False, min_value=0, max_value=1_000_000)
    datum = forms.ChoiceField(required=False, choices=Datum.choices)
    consents_to_position = forms.BooleanField(required=False)
    photos = forms.Field(label=_("Photos"), required=False)  # taken in by themselves, before

    def __init__(
        self,
        data: Any = None,
        *,
        draft: Draft,
        person: Person | None,
        kinds: Sequence[Category],
        micro_grids: Sequence[Area],
        behind: Callable[[str], Plate | None],
        at: datetime,
    ) -> None:
        """`behind` looks a door code up for whoever sits there, who may be guessing."""
        self.draft, self.person, self.at = draft, person, at
        self._behind = behind
        self.kinds = kinds
        self._kinds = {kind.code: kind for kind in kinds}
        self._sorts = {str(sort.pk): sort for kind in kinds for sort in kind.subcategories.all()}
        self._areas = {str(area.pk): area for area in micro_grids}
        super().__init__(data, initial=self._as_it_stands())
        self.fields["body"].widget.attrs["placeholder"] = _(
            "For example: out for three days, the steps cannot be seen at night"
        )
        self.area_groups = self._grouped_areas()
        self.fields["area"].choices = [  # type: ignore[attr-defined]
            choice for _group, choices in self.area_groups for choice in choices
        ]

    def _as_it_stands(self) -> dict[str, Any]:
        draft = self.draft
        return {
            "category": draft.category.code if draft.category else "",
            "subcategory": str(draft.subcategory_id or ""),
            "body": draft.body,
            "place_note": draft.place_note,
            "door_code": draft.door_code,
            "area": self._chosen_area(),
            "lng": draft.lng,
            "lat": draft.lat,
            "accuracy_m": draft.accuracy_m,
            "datum": Datum.WGS84,
        }

    def _chosen_area(self) -> str:
        if self.draft.evidence == Evidence.HOUSEHOLD:
            return AT_HOME
        return str(self.draft.area_id) if self.draft.evidence == Evidence.CHOSEN else NOT_CHOSEN

    def _grouped_areas(self) -> list[tuple[str, list[tuple[str, Any]]]]:
        """Return the list to choose from: by grid, after what stands by itself."""
        alone: list[tuple[str, Any]] = [(NOT_CHOSEN, _("Not from the list"))]
        if self.person is not None:
            alone.append((AT_HOME, _("At my home")))
        if self.draft.area and self.draft.evidence == Evidence.CHOSEN:
            self._areas.setdefault(str(self.draft.area_id), self.draft.area)
        by_grid: dict[str, list[tuple[str, Any]]] = {}
        for key, area in self._areas.items():
            by_grid.setdefault(str(area.parent or ""), []).append((key, str(area)))
        return [("", alone), *by_grid.items()]

    def clean_category(self) -> Category | None:
        return self._kinds.get(self.cleaned_data["category"])

    def clean_subcategory(self) -> Subcategory | None:
        return self._sorts.get(self.cleaned_data["subcategory"])

    def clean_door_code(self) -> str:
        return code_in(self.cleaned_data["door_code"])

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        category, sort = given.get("category"), given.get("subcategory")
        if sort is not None and sort.category_id != getattr(category, "pk", sort.category_id):
            given["subcategory"] = None  # another kind was chosen after it
        elif sort is not None:
            given["category"] = sort.category
        return given

    def enter(self) -> None:
        """Enter into the draft what makes sense; what does not stays in the form with its error."""
        given, draft = self.cleaned_data, self.draft
        draft.category, draft.subcategory = given.get("category"), given.get("subcategory")
        draft.body = given.get("body", draft.body)
        draft.place_note = given.get("place_note", draft.place_note)
        self._enter_place(given)

    def _enter_place(self, given: dict[str, Any]) -> None:
        stood = self.initial
        if given.get("door_code") and given["door_code"] != stood["door_code"]:
            self._by_door(given["door_code"])
        elif (point := self._point(given)) and point != (stood["lng"], stood["lat"]):
            self._by_point(Point(*point), given)
        elif given.get("area") and given["area"] != stood["area"]:
            self._by_list(given["area"])

    @staticmethod
    def _point(given: dict[str, Any]) -> tuple[float, float] | None:
        lng, lat = given.get("lng"), given.get("lat")
        return None if lng is None or lat is None else (lng, lat)

    def _by_door(self, code: str) -> None:
        try:
            plate = self._behind(code)
        except Refusal as refusal:
            self.add_error("door_code", str(refusal))
            return
        if plate is None or plate.revoked_at is not None:
            self.add_error("door_code", _("No door plate has this code. Please look again."))
            return
        self._place(plate.place, Evidence.DOOR_PLATE)
        self.draft.door_code = plate.code
        if plate.household:
            self.draft.lng, self.draft.lat = plate.household.lng, plate.household.lat
        elif not self.draft.place_note:
            self.draft.place_note = plate.label

    def _by_point(self, point: Point, given: dict[str, Any]) -> None:
        if given.get("datum") == Datum.GCJ02:
            point = to_wgs84(point)
        placement = locate(point=point, at=self.at)
        if placement is None:
            self.add_error(
                None, _("This place is outside the county. Please set the pin, or choose a place.")
            )
            return
        self._place(placement.area, placement.evidence)
        self.draft.lng, self.draft.lat = point
        self.draft.accuracy_m = given.get("accuracy_m")
        self.draft.datum = given.get("datum") or Datum.WGS84

    def _by_list(self, chosen: str) -> None:
        if chosen != AT_HOME:
            self._place(self._areas[chosen], Evidence.CHOSEN)
        elif placement := locate(person=self.person, at=self.at):
            self._place(placement.area, Evidence.HOUSEHOLD)
        else:
            self.add_error("area", _("Your home is not confirmed yet. Please choose the area."))

    def _place(self, area: Area, evidence: str) -> None:
        draft = self.draft
        draft.area, draft.evidence, draft.door_code = area, evidence, ""
        draft.lng = draft.lat = draft.accuracy_m = None


class AreaForm(forms.Form):
    """One micro-grid out of the whole tree, for those who go down it page by page."""

    area = forms.ModelChoiceField(Area.objects.filter(kind=Kind.MICRO_GRID))


class SendingForm(forms.Form):
    """The second page: who may see it, and for whom it is."""

    visibility = forms.ChoiceField(
        label=_("Who may see it"), choices=Visibility.choices, widget=forms.RadioSelect
    )
    on_behalf_of = forms.ChoiceField(label=_("For whom"), required=False)
    hides_name = forms.BooleanField(
        label=_("Do not show my name to those who handle it either"), required=False
    )
    about_level = forms.ChoiceField(
        label=_("Is it about the staff of one of these?"), required=False
    )

    def __init__(
        self, data: Any = None, *, draft: Draft, principals: Sequence[Person] = ()
    ) -> None:
        self.draft = draft
        self._principals = {str(person.pk): person for person in principals}
        initial = {
            "visibility": draft.shown_to,
            "on_behalf_of": str(draft.on_behalf_of_id or ""),
            "hides_name": draft.hides_name,
            "about_level": draft.about_level,
        }
        super().__init__(data, initial=initial)
        if principals:
            names = [(key, str(person)) for key, person in self._principals.items()]
            self.fields["on_behalf_of"].choices = [("", _("For myself")), *names]  # type: ignore[attr-defined]
        else:
            del self.fields["on_behalf_of"]
        if draft.category and draft.category.skips_own_staff:
            levels = Level.choices[1:]  # a grid's staff are the village's
            self.fields["about_level"].choices = [("", _("No, or I am not sure")), *levels]  # type: ignore[attr-defined]
        else:
            del self.fields["about_level"]

    def enter(self) -> None:
        """Enter into the draft what was chosen."""
        given, draft = self.cleaned_data, self.draft
        draft.visibility = given.get("visibility", draft.visibility)
        draft.hides_name = given.get("hides_name", False)
        draft.about_level = given.get("about_level", "")
        draft.on_behalf_of = self._principals.get(given.get("on_behalf_of", ""))


class CodeForm(forms.Form):
    """A door plate: its code or address typed or seen, or a photo of it."""

    code = forms.CharField(label=_("Code on the door plate"), required=False, max_length=120)
    photo = forms.FileField(label=_("A photo of the plate"), required=False)
