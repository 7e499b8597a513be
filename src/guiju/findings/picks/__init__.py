"""Items of a finding, with why they were picked, and what is done about them: a recheck, a question, a rule, a draw.

A pick is made of a finding's list or of what a search found, and keeps what was done with it, so that the next reader
of the finding sees what is on its way already.
"""
