"""What is refused about languages and skills."""

from guiju.kit import N_, Refusal


class LanguageUnclear(Refusal):
    code = "language-unclear"
    status = 422
    sentence = N_("“{value}” is no tag of a language.")
    next_step = N_("Write tags such as zh, en, yue or pt-BR, with commas between them.")


class SkillUnclear(Refusal):
    code = "skill-unclear"
    status = 422
    sentence = N_("“{value}” cannot be a skill: it is empty or longer than {most} characters.")
    next_step = N_("Write short names such as medicine or 粤语转写, with commas between them.")


class TooManySkills(Refusal):
    code = "too-many-skills"
    status = 422
    sentence = N_("{count} languages and skills are more than one person is kept with: {most}.")
    next_step = N_("Keep those that work is reserved by.")
