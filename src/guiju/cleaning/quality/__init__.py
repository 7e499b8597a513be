"""Quality rules: what an item or a source must fulfil, in versions; held against every import, tried before, undone.

Figures come from the profile (`profiles`), personal data from `personal`, near-duplicates from `duplicates`. An item
that a rule sets aside is set aside by a cause of its own (`quality:RUN:PLACE`), so that one check is undone and leaves
what others hold.
"""

from guiju.cleaning.quality.actions import JOBS, SUBSCRIBERS

__all__ = ["JOBS", "SUBSCRIBERS"]
