"""What inspectors found on a person's work comes back as something to practise, clause by clause.

With it stands what it was before they practised the clause and after. What several of a round got wrong is shown to all
of that round.
"""

from guiju.coaching.slips.actions import SUBSCRIBERS, read_slips
from guiju.coaching.slips.model import Slip

__all__ = ["SUBSCRIBERS", "Slip", "read_slips"]
