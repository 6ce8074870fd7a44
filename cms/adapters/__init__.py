"""Where Django and Wagtail plug into the pages."""

from cms.adapters.rights import AppointmentBackend, pages_written_by, register_policies

__all__ = ["AppointmentBackend", "pages_written_by", "register_policies"]
