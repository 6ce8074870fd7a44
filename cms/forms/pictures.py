"""Pictures of pages are made fit to keep like those of reports: upright, and nothing but pixels."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

from django import forms
from django.core.files.images import ImageFile
from django.core.files.uploadedfile import UploadedFile
from wagtail.images.forms import BaseImageForm

from community.errors import Refusal
from community.photos import prepare


class PictureForm(BaseImageForm):
    """Keeps of an uploaded picture what can be seen: not where it was taken, nor with what."""

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if not isinstance(file, UploadedFile):
            return file
        file.seek(0)
        try:
            photo = prepare(file)
        except Refusal as refusal:
            raise forms.ValidationError(str(refusal)) from refusal
        name = f"{Path(file.name or 'picture').stem}.jpg"
        return ImageFile(BytesIO(photo.large), name=name)
