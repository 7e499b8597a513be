"""What an inspector would have answered: completed from what was judged, checked, told in a line. Pure."""

from collections import Counter

from guiju.annotations import AnswersRefused
from guiju.data import Item
from guiju.inspection.errors import CorrectionIsAnswer
from guiju.kinds import Answer, decode_answers, encode_answers, kind_of, normalise_answers
from guiju.rulebooks import CompiledRulebook


def settle_correction(correction: str, held: str, rulebook: CompiledRulebook, item: Item) -> str:
    """The whole answer that the inspector would have given: what they leave out stays as it was judged.

    Raises `AnswersRefused` where the rulebook does not allow it, `CorrectionIsAnswer` where nothing is corrected.
    """
    answers = {**decode_answers(held), **decode_answers(correction)}
    if problems := rulebook.check_answers(answers, item.shape):
        raise AnswersRefused(problems)
    settled = normalise_answers(answers, rulebook.fields)
    if settled == normalise_answers(decode_answers(held), rulebook.fields):
        raise CorrectionIsAnswer
    return encode_answers(settled).decode()


def summarise_correction(correction: str, held: str) -> str:
    """What the correction changes, in no language: labels that come and go where several are marked, else the answer
    that should have been given. For the note that goes back with the item.
    """
    before = decode_answers(held)
    changed = {name: answer for name, answer in decode_answers(correction).items() if answer != before.get(name)}
    return ", ".join(_change(before.get(name), answer) for name, answer in changed.items())


def _change(before: Answer | None, after: Answer) -> str:
    kind = kind_of(after)
    same = before is not None and kind_of(before) is kind
    if not (kind.parts(after) or (same and kind.parts(before))):
        return kind.summary(after)
    old, new = Counter(kind.labels_of(before) if same else {}), Counter(kind.labels_of(after))
    told = [
        f"{sign}{label} ×{n}" for sign, counts in (("+", new - old), ("−", old - new)) for label, n in counts.items()
    ]
    return " ".join(told) or kind.summary(after)
