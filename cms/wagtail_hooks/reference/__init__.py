"""Reference data: what the county keeps, in the same words as everywhere else.

Nobody but the county's administrator sees these tables; the record of acts is read by the
auditor too, and changed by nobody.
"""

from cms.wagtail_hooks.reference import areas, rules

__all__ = ["areas", "rules"]
