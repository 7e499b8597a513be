"""What a person can do, by label and by clause, with interval: from exams, practice, work and inspection on record.

Nothing is stored: each answer of theirs that is known to be right or wrong is marked again when somebody looks. Oneself
sees it, and the project's trainers; nobody else.
"""
