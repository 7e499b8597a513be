"""What other rulebooks have already: labels, clauses, checks and examples taken over, each with where it came from.

Only rulebooks of projects that the person belongs to are seen, and of these only what the same customer owns or what
is for everybody in the house (the project's rights).
"""
