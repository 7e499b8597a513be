"""Who may do what: one table, read by every action.

A role is held in a project; one person may hold several. Nobody may inspect or rule on their own annotations: that is
decided where the annotation is known, in the actions of inspection and rulings.
"""

import enum

from guiju.kit import N_


class Role(enum.IntFlag):
    """What a person is in a project, as bits."""

    REQUESTER = 1
    TRAINER = 2
    EXPERT = 4
    ANNOTATOR = 8
    INSPECTOR = 16
    MANAGER = 32
    ENGINEER = 64


ROLE_NAMES = {
    Role.REQUESTER: N_("Requester"),
    Role.TRAINER: N_("AI trainer"),
    Role.EXPERT: N_("Expert"),
    Role.ANNOTATOR: N_("Annotator"),
    Role.INSPECTOR: N_("Inspector"),
    Role.MANAGER: N_("Manager"),
    Role.ENGINEER: N_("Engineer"),
}

NOBODY = Role(0)
ANYBODY = Role(127)


class Act(enum.StrEnum):
    """Everything that a person can do in a project."""

    SEE_PROJECT = "see-project"
    CHANGE_PROJECT = "change-project"
    DELETE_PROJECT = "delete-project"
    MANAGE_MEMBERS = "manage-members"
    WRITE_BRIEF = "write-brief"
    SIGN_BRIEF = "sign-brief"
    COMMENT_BRIEF = "comment-brief"
    IMPORT_DATA = "import-data"
    SEE_ITEMS = "see-items"
    SHAPE_SCENES = "shape-scenes"
    SEE_ORIGINALS = "see-originals"
    WRITE_RULEBOOK = "write-rulebook"
    PUBLISH_RULEBOOK = "publish-rulebook"
    SEE_RULEBOOK = "see-rulebook"
    IMPORT_ANNOTATIONS = "import-annotations"
    OPEN_ROUND = "open-round"
    ANNOTATE = "annotate"
    PRACTISE = "practise"
    SEE_SKILLS = "see-skills"
    SEE_INSPECTORS = "see-inspectors"
    SEE_REPORTS = "see-reports"
    DECIDE_GATE = "decide-gate"
    ASK = "ask"
    RULE = "rule"
    SORT_QUESTIONS = "sort-questions"
    DRAW_LOT = "draw-lot"
    INSPECT = "inspect"
    DECIDE_LOT = "decide-lot"
    ACCEPT = "accept"
    MEET_CONDITION = "meet-condition"
    DELIVER = "deliver"
    DOWNLOAD = "download"
    MANAGE_PAY = "manage-pay"
    DRAW_FROM_BANK = "draw-from-bank"
    GIVE_CONSENT = "give-consent"
    WITHDRAW = "withdraw"


_LEADS = Role.TRAINER | Role.MANAGER
_READS = _LEADS | Role.REQUESTER | Role.EXPERT | Role.INSPECTOR | Role.ENGINEER

POLICY: dict[Act, Role] = {
    Act.SEE_PROJECT: ANYBODY,
    Act.CHANGE_PROJECT: _LEADS,
    Act.DELETE_PROJECT: Role.MANAGER,
    Act.MANAGE_MEMBERS: _LEADS,
    Act.WRITE_BRIEF: _LEADS | Role.REQUESTER,
    Act.SIGN_BRIEF: Role.REQUESTER,
    Act.COMMENT_BRIEF: _READS,
    Act.IMPORT_DATA: _LEADS | Role.ENGINEER,
    Act.SEE_ITEMS: _READS,
    Act.SHAPE_SCENES: _LEADS | Role.EXPERT,
    # what was masked: personal data that nobody needs who works with the masked items
    Act.SEE_ORIGINALS: Role.TRAINER,
    Act.WRITE_RULEBOOK: Role.TRAINER,
    Act.PUBLISH_RULEBOOK: Role.TRAINER,
    Act.SEE_RULEBOOK: ANYBODY,
    Act.IMPORT_ANNOTATIONS: Role.TRAINER | Role.ENGINEER,
    Act.OPEN_ROUND: _LEADS,
    Act.ANNOTATE: Role.ANNOTATOR,
    Act.PRACTISE: ANYBODY,
    # what each member can do, by label and clause: whoever teaches them, and nobody else
    Act.SEE_SKILLS: Role.TRAINER,
    # how well each inspector judges: who answers for the inspection, and each of themselves
    Act.SEE_INSPECTORS: _LEADS | Role.EXPERT,
    Act.SEE_REPORTS: _READS,
    Act.DECIDE_GATE: Role.TRAINER,
    Act.ASK: ANYBODY,
    Act.RULE: Role.EXPERT | Role.TRAINER | Role.REQUESTER,
    Act.SORT_QUESTIONS: _LEADS | Role.EXPERT | Role.REQUESTER,
    Act.DRAW_LOT: Role.TRAINER | Role.INSPECTOR | Role.MANAGER,
    Act.INSPECT: Role.INSPECTOR | Role.EXPERT,
    Act.DECIDE_LOT: Role.INSPECTOR | Role.TRAINER,
    Act.ACCEPT: Role.REQUESTER,
    Act.MEET_CONDITION: _LEADS | Role.REQUESTER,
    Act.DELIVER: _LEADS,
    Act.DOWNLOAD: _LEADS | Role.REQUESTER | Role.ENGINEER,
    Act.MANAGE_PAY: Role.MANAGER,
    Act.DRAW_FROM_BANK: _LEADS,
    # in the customer's name, that others may use what the project leaves in the bank
    Act.GIVE_CONSENT: Role.REQUESTER,
    Act.WITHDRAW: _LEADS | Role.REQUESTER,
}


def may(roles: Role, act: Act) -> bool:
    """Whether any of `roles` may do `act`."""
    return bool(roles & POLICY[act])
