"""That a sample was drawn and not chosen: the machine's random bytes stand in the journal, sealed by their hash, before
a lot's contents are known; the seed follows from them and from the contents; whoever likes draws again and compares.
"""

from guiju.inspection.proof.actions import Proof, export_entries, prove_lot
from guiju.inspection.proof.model import CHECK_NAMES, Check, Checked

__all__ = ["CHECK_NAMES", "Check", "Checked", "Proof", "export_entries", "prove_lot"]
