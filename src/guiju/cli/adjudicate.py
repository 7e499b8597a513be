"""Disagreements from the command line: which there are, what was said, and what is right."""

from pathlib import Path
from typing import Annotated, Any

import msgspec
import typer

from guiju.cli.common import emit, house_and_actor, noun, words_of
from guiju.consensus.adjudication.actions import get_case, list_cases, rule_on_case
from guiju.consensus.adjudication.api import case_answer
from guiju.consensus.adjudication.errors import AnswerUnclear, LetterUnknown
from guiju.consensus.adjudication.model import Case, RulingSaid
from guiju.kinds import decode_answers, encode_answers
from guiju.kit import N_, new_id

app = noun("Disagreements of a round: list them, show what was said, rule on them.")

RoundId = Annotated[int, typer.Argument(help="The round's id.")]
ItemId = Annotated[int, typer.Argument(help="The item's id, as “adjudicate list” prints it.")]


@app.command("list")
def list_all(
    ctx: typer.Context,
    round_id: RoundId,
    after: Annotated[int, typer.Option(min=0, help="Only items behind this one.")] = 0,
    most: Annotated[int, typer.Option(min=1, max=1_000, help="At most so many.")] = 100,
) -> None:
    """The items that annotators answered differently and for which nothing holds, without those you answered."""
    found: list[Case] = []
    with house_and_actor(ctx) as (house, actor):
        while len(found) < most:
            page = list_cases(house, actor, round_id, want=min(20, most - len(found)), after=after)
            if not page:
                break
            found += page
            after = page[-1].item.id
    lines = [f"{case.item.id}\t{case.item.name}\t{_letters(case)}\t{_agreement(case)}" for case in found]
    emit(ctx, [case_answer(case) for case in found], "\n".join(lines))


@app.command()
def show(ctx: typer.Context, round_id: RoundId, item: ItemId) -> None:
    """What was said of one item, by letters, and the ruling if there is one."""
    with house_and_actor(ctx) as (house, actor):
        case = get_case(house, actor, round_id, item)
    t = words_of(ctx)
    lines = [f"{case.item.id}\t{case.item.name}"]
    lines += [f"{' '.join(voice.letters)}\t{voice.answers}" for voice in case.voices]
    if case.ruling is not None:
        lines.append(t(N_("Ruled: {text}"), text=case.ruling.text))
    emit(ctx, case_answer(case), "\n".join(lines))


@app.command()
def rule(
    ctx: typer.Context,
    round_id: RoundId,
    item: ItemId,
    letter: Annotated[str | None, typer.Option(help="The annotator whose answer is right, by the letter.")] = None,
    answers: Annotated[
        Path | None, typer.Option(help="JSON: the right answers by field.", exists=True, dir_okay=False)
    ] = None,
    text: Annotated[str, typer.Option(help="Why.")] = "",
    clause: Annotated[str | None, typer.Option(help="The clause that says so.")] = None,
) -> None:
    """Say what is right about an item that several answered; it holds from now on."""
    with house_and_actor(ctx) as (house, actor):
        case = get_case(house, actor, round_id, item)
        right = _right(case, letter, answers)
        said = RulingSaid(right, text, clause, case.last, case.ruling.id if case.ruling else 0)
        ruling = rule_on_case(house, actor, round_id, item, request_id=new_id(), said=said)
    emit(
        ctx,
        {"ruling": ruling, "item": item},
        words_of(ctx)(N_("Ruling {ruling} holds for item {item}."), ruling=ruling, item=item),
    )


def _right(case: Case, letter: str | None, file: Path | None) -> str:
    """The answers that are said to be right. Raises `AnswerUnclear`, `LetterUnknown`, `BadAnswer`."""
    if (letter is None) == (file is None):
        raise AnswerUnclear
    if letter is not None:
        found = [voice.answers for voice in case.voices if letter.upper() in voice.letters]
        if not found:
            known = ", ".join(each for voice in case.voices for each in voice.letters)
            raise LetterUnknown(letter=letter[:20], known=known)
        return found[0]
    assert file is not None
    try:
        wire: dict[str, Any] = msgspec.json.decode(file.read_bytes(), type=dict[str, Any])
    except msgspec.DecodeError as error:
        raise AnswerUnclear from error
    return encode_answers(decode_answers(wire)).decode()


def _letters(case: Case) -> str:
    return " | ".join(" ".join(voice.letters) for voice in case.voices)


def _agreement(case: Case) -> str:
    return " ".join(f"{field} {each.overall:.2f}" for field, each in case.agreement.items())
