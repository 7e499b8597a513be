"""Pure mathematics on columns: agreement, consensus, acceptance, intervals, draws.

No SQL, no web, no clock. The data contract is three aligned columns *item, annotator, label* (`stats.columns`).
The submodules are the door (`from guiju.stats.agreement.report import agreement`), one method a file: this file
imports none of them, so that a page which needs no figure does not pay for NumPy.
"""
