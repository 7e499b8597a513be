"""What the work will take: hours, days, date and cost with an interval, from the brief, the rate and measured times.

`estimate_project(house, actor, project_id, WhatIf(people=5))` is computed anew each time it is asked: a trial's times
replace the guess as soon as they are there.
"""

from guiju.planning.estimate.actions import Estimated, WhatIf, estimate_project
from guiju.planning.estimate.model import Asked, Basis, Estimate, Pace, Spread
from guiju.planning.estimate.rules import estimate

__all__ = ["Asked", "Basis", "Estimate", "Estimated", "Pace", "Spread", "WhatIf", "estimate", "estimate_project"]
