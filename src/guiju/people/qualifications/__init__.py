"""Certificates: who passed the exam of which rulebook, and until when that holds.

No page and no route grants one: the exams grant it in the transaction that marks a paper. Rounds ask
`holds_certificate` before they give an item.
"""

from guiju.people.qualifications.model import LAPSE_NAMES, Certificate, Lapse
from guiju.people.qualifications.store import (
    certificates_of,
    find_certificate,
    grant_certificate,
    holds_certificate,
    lapse_before,
    list_certificates,
)

__all__ = [
    "LAPSE_NAMES",
    "Certificate",
    "Lapse",
    "certificates_of",
    "find_certificate",
    "grant_certificate",
    "holds_certificate",
    "lapse_before",
    "list_certificates",
]
