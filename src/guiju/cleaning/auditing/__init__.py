"""The audit report: what is known of a source or a project, from whose hands it came to what was set aside and why.

It only reads: sources, profiles, quality rules and their checks, recipes, near-duplicates, what is set aside. The same
state gives the same document.
"""

from guiju.cleaning.auditing.actions import write_audit

__all__ = ["write_audit"]
