"""What is in the raw data, and clean items derived from it: personal data, recipes, profiles, near-duplicates.

It writes items only through `data`'s own door, and sets aside what it replaces: nothing is ever lost by cleaning.
"""

from guiju.cleaning.duplicates.actions import DECIDE, SEARCH, run_decide, run_search, split_keys
from guiju.cleaning.duplicates.actions import SUBSCRIBERS as _DUPLICATES
from guiju.cleaning.duplicates.store import find_run as find_search
from guiju.cleaning.profiles.actions import PROFILE, run_profile
from guiju.cleaning.profiles.actions import SUBSCRIBERS as _PROFILES
from guiju.cleaning.quality import JOBS as _QUALITY_JOBS
from guiju.cleaning.quality import SUBSCRIBERS as _QUALITY

JOBS = {PROFILE: run_profile, SEARCH: run_search, DECIDE: run_decide, **_QUALITY_JOBS}
SUBSCRIBERS = [*_PROFILES, *_DUPLICATES, *_QUALITY]

__all__ = ["JOBS", "SUBSCRIBERS", "find_search", "split_keys"]
