"""What editors fill in besides pages."""

from cms.forms.pictures import PictureForm

__all__ = ["PictureForm"]
