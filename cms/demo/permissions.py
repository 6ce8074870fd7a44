"""What the policies of the pages are asked about, for the permission table."""

from community.demo.permissions import TRIED_ON
from community.models import Kind

TRIED_ON["page.edit"] = lambda stage: ()
TRIED_ON["page.write"] = lambda stage: (stage.areas[Kind.VILLAGE],)
