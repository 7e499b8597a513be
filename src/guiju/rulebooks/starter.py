"""What a project without a rulebook begins with: a small document, publishable as it stands, to be rewritten."""

from guiju.rulebooks.document import render_rulebook
from guiju.rulebooks.model import Check, Clause, Example, Field, Label, Polarity, Rulebook
from guiju.rulebooks.palette import PALETTE


def starter_document(kind: str) -> str:
    """A document with two labels, two clauses, a check and a boundary example, for `choice` or `box`."""
    return render_rulebook(_box() if kind == "box" else _choice())


def _two(zh: str, en: str) -> dict[str, str]:
    return {"zh": zh, "en": en}


def _labels() -> tuple[Label, ...]:
    ask = _two(
        "写明凭什么判为这一类，怎样与相邻的类区分。", "Say by what it is known, and how it differs from its neighbours."
    )
    names = (_two("甲类", "Label A"), _two("乙类", "Label B"))
    return tuple(Label(name, names[n], ask, PALETTE[n], str(n + 1)) for n, name in enumerate(("a", "b")))


def _clauses(task: dict[str, str]) -> tuple[Clause, ...]:
    doubt = _two(
        "两类都像时，写明先看什么、再看什么。", "When two labels fit, say what to look at first, and what next."
    )
    return (
        Clause("C1", _two("标什么", "What is annotated"), task),
        Clause("C2", _two("拿不准时", "When in doubt"), doubt, ("a", "b")),
    )


def _choice() -> Rulebook:
    field = Field("label", "choice", ("a", "b"), _two("类别", "Label"))
    said = _two("只选一个类别。", "Choose exactly one label.")
    note = _two("换成一条真实的难例，并写明依据的条款。", "Put a real hard case here, and the clause that settles it.")
    return Rulebook(
        title=_two("标注规则", "Annotation rules"),
        version="1.0.0",
        fields=(field,),
        labels=_labels(),
        checks=(Check("one", "label", "count == 1", said, clause="C1"),),
        examples=(Example("E1", Polarity.BOUNDARY, note, "a", "C2", text="……", answer={"label": ["a"]}),),
        clauses=_clauses(_two("读一条文本，从下列类别中选一个。", "Read one text and choose one of the labels.")),
        preface="# 标注规则 | Annotation rules",
    )


def _box() -> Rulebook:
    field = Field("objects", "box", ("a", "b"), _two("目标", "Objects"))
    said = _two("边框的每一边不小于 4 像素。", "No side of a box is under 4 pixels.")
    task = _two(
        "用矩形框标出图像中的每一个目标，每边留白不超过 2 像素。",
        "Draw a box around every object, with at most 2 pixels of margin.",
    )
    return Rulebook(
        title=_two("标注规则", "Annotation rules"),
        version="1.0.0",
        fields=(field,),
        labels=_labels(),
        checks=(Check("least-side", "objects", "width >= 4 && height >= 4", said, clause="C1"),),
        clauses=_clauses(task),
        preface="# 标注规则 | Annotation rules",
    )
