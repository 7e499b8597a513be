"""What people speak and can do, as those who lead them say: the queue keeps work for who has it."""

from guiju.people.skills.model import NO_SKILLS, Skills
from guiju.people.skills.rules import clean_skills
from guiju.people.skills.store import keep_skills, skills_of

__all__ = ["NO_SKILLS", "Skills", "clean_skills", "keep_skills", "skills_of"]
