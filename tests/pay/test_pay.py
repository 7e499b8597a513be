"""Pay: rate cards, statements that add up to the last millionth, and what a dispute does to one that is closed."""

import csv
import io
from typing import Any

import msgspec
import pytest
from litestar import Litestar
from litestar.testing import TestClient
from sqlalchemy import select
from typer.testing import CliRunner

from guiju.annotations import RoundKind, RoundState, annotation_table, insert_annotation, insert_round
from guiju.cli.acceptance import app as acceptance_cli
from guiju.cli.pay import app as pay_cli
from guiju.inspection import decide_lot, draw_lot, get_lot
from guiju.inspection.disputes import DisputeRuling, raise_dispute, rule_dispute
from guiju.kit import new_id
from guiju.kit.money import NotMoney, money_text, parse_money
from guiju.pay import (
    LineKind,
    Period,
    Rate,
    Statement,
    Terms,
    Unit,
    answer_question,
    close_period,
    compute_statements,
    get_statement,
    list_statements,
    question_line,
    set_card,
    trace_line,
)
from guiju.pay.errors import (
    BadPeriod,
    CardInPast,
    LineNotFound,
    NoRateCard,
    PayQuestionAnswered,
    PeriodClosed,
    PeriodNotOver,
    RateCardRefused,
    StatementNotFound,
)
from guiju.pay.model import Card
from guiju.pay.rules import amount_of, check_terms, parts_of
from guiju.people import NotAllowed
from guiju.storage import Actor, Tx
from tests.inspection.build import (
    Made,
    accept_a_lot,
    boxes,
    choice,
    import_pictures,
    judge_all,
    make_texts,
    publish,
    resolve_all,
)
from tests.inspection.test_acceptance import answered
from tests.support.cast import Cast

ITEM = Rate(RoundKind.PRODUCTION, Unit.ITEM, 125_000)
REWORK = Rate(RoundKind.REWORK, Unit.ITEM, 125_000)
TERMS = Terms("CNY", (ITEM, REWORK), defect_percent=0, rework_percent=100, floor=20_000_000)


def now_of(cast: Cast) -> int:
    """The moment after everything that was answered so far."""
    with cast.house.reading() as connection:
        return (
            connection.execute(select(annotation_table.c.at).order_by(annotation_table.c.at.desc())).scalars().first()
            or 0
        )


def card(cast: Cast, project: int, terms: Terms = TERMS, valid_from: int = 0) -> int:
    return set_card(cast.house, cast.qian, project, terms, valid_from=valid_from, request_id=new_id())


def so_far(cast: Cast, project: int, by: Actor | None = None, start: int = 0) -> list[Statement]:
    return compute_statements(cast.house, by or cast.qian, project, Period(start, now_of(cast) + 1))


def close(cast: Cast, project: int, start: int = 0, end: int | None = None) -> list[Statement]:
    """Close a period, and give its statements."""
    period = Period(start, end or now_of(cast) + 1)
    number = close_period(cast.house, cast.qian, project, period, request_id=new_id())
    periods, found, _ = list_statements(cast.house, cast.qian, project)
    mine = next(one for one in periods if one.number == number)
    return [one for one in found if one.period == mine.period]


def defective_lot(cast: Cast, made: Made, defects: int = 2) -> tuple[int, list[int]]:
    """A lot that hu judged and rejected; its defective items."""
    lot = draw_lot(cast.house, cast.zhou, made.project, new_id(), aql="1.0")
    judge_all(cast, made.project, lot, defects)
    decide_lot(cast.house, cast.hu, made.project, lot, new_id())
    return lot, [place.item_id for place in get_lot(cast.house, cast.hu, made.project, lot).sample][:defects]


def withdraw(cast: Cast, made: Made, lot: int, item: int) -> None:
    """alice disputes a finding, and xing rules that she is right."""
    number = raise_dispute(cast.house, cast.alice, made.project, lot, item, request_id=new_id(), reason="没有错")
    said = DisputeRuling(True, "没有错", "C1")
    rule_dispute(cast.house, cast.xing, made.project, number, said, request_id=new_id())


def test_every_item_is_paid_its_rate_to_the_last_millionth(cast: Cast) -> None:
    made = make_texts(cast, 7)
    card(cast, made.project)
    [alice] = so_far(cast, made.project)
    [line] = alice.lines
    assert (line.kind, line.quantity, line.rate, line.amount) == (LineKind.WORK, 7, 125_000, 875_000)
    assert money_text(alice.total) == "0.88"
    assert alice.account_id == cast.alice.id


def test_a_dispute_won_withdraws_the_defect_from_quality_figures_and_from_pay(cast: Cast) -> None:
    made = make_texts(cast, 6)
    card(cast, made.project)
    lot, [first, second] = defective_lot(cast, made)
    assert [(one.kind, one.quantity, one.amount) for one in so_far(cast, made.project)[0].lines] == [
        (LineKind.WORK, 6, 750_000),
        (LineKind.DEFECT, 2, -250_000),
    ]
    withdraw(cast, made, lot, first)
    assert get_lot(cast.house, cast.hu, made.project, lot).tally.defective == 1
    assert so_far(cast, made.project)[0].lines[1].amount == -125_000
    withdraw(cast, made, lot, second)
    assert [one.kind for one in so_far(cast, made.project)[0].lines] == [LineKind.WORK]


def test_a_dispute_won_after_closing_is_an_adjustment_in_the_next_statement_once(cast: Cast) -> None:
    made = make_texts(cast, 6)
    card(cast, made.project)
    lot, [first, _] = defective_lot(cast, made)
    end = now_of(cast) + 1
    [before] = close(cast, made.project, end=end)
    assert (before.number, before.total) == (1, 500_000)
    withdraw(cast, made, lot, first)
    [after] = close(cast, made.project, end, end + 1)
    [line] = after.lines
    assert (line.kind, line.adjusts, line.quantity, line.amount) == (LineKind.DEFECT, before.id, -1, 125_000)
    assert (after.number, after.total) == (2, to_cents(125_000))
    assert close(cast, made.project, end + 1, end + 2) == []
    frozen, _ = get_statement(cast.house, cast.qian, made.project, before.id or 0)
    assert (frozen.lines, frozen.total, frozen.digest) == (before.lines, before.total, before.digest)


def to_cents(micros: int) -> int:
    return round(micros / 10_000 + 1e-9) * 10_000


def test_a_rejected_lot_is_reworked_and_paid_once(cast: Cast) -> None:
    made = make_texts(cast, 6)
    card(cast, made.project)
    lot, _ = defective_lot(cast, made)
    back = get_lot(cast.house, cast.hu, made.project, lot).lot.rework_round
    assert back is not None
    answered(cast, made, back)
    assert [(one.kind, one.quantity, one.amount) for one in so_far(cast, made.project)[0].lines] == [
        (LineKind.WORK, 6, 750_000),
        (LineKind.REWORK, 2, 250_000),
        (LineKind.DEFECT, 2, -250_000),
    ]


def test_rework_of_ones_own_defects_is_unpaid_where_the_card_says_so(cast: Cast) -> None:
    made = make_texts(cast, 6)
    card(cast, made.project, Terms("CNY", (ITEM, REWORK), defect_percent=50, rework_percent=0))
    lot, _ = defective_lot(cast, made)
    answered(cast, made, get_lot(cast.house, cast.hu, made.project, lot).lot.rework_round or 0)
    assert so_far(cast, made.project)[0].total == to_cents(750_000 - 125_000)


def test_hours_are_paid_by_active_time_and_shapes_by_what_is_marked(cast: Cast) -> None:
    rulebook = publish(cast, cast.project, "box")
    items = import_pictures(cast, cast.project, 2)
    said = {items[0]: boxes(("a", 1, 1, 9, 9), ("b", 20, 20, 9, 9)), items[1]: boxes(("a", 1, 1, 9, 9))}
    round_id = resolve_all(cast.house, cast.alice, cast.project, rulebook, said)
    card(cast, cast.project, Terms("CNY", (Rate(RoundKind.PRODUCTION, Unit.SHAPE, 300_001),)))
    assert [(one.quantity, one.amount) for one in so_far(cast, cast.project)[0].lines] == [(3, 900_003)]

    def worked(tx: Tx) -> None:
        tx.execute(annotation_table.update().where(annotation_table.c.round_id == round_id).values(active_ms=90_000))

    cast.house.write(worked)
    begins = now_of(cast) + 1
    hourly = Terms("CNY", (Rate(RoundKind.PRODUCTION, Unit.HOUR, 30_000_000),), floor=40_000_000)
    card(cast, cast.project, hourly, begins)
    assert [line.unit for line in so_far(cast, cast.project)[0].lines] == [Unit.SHAPE], "before the card begins"
    again(cast, cast.project, rulebook, items[0], begins)
    [one] = compute_statements(cast.house, cast.qian, cast.project, Period(begins, begins + 1))
    assert [(line.quantity, line.amount) for line in one.lines] == [(3_600_000, 30_000_000)]
    assert (one.hourly, one.below_floor) == (30_000_000, True)


def again(cast: Cast, project: int, rulebook: int, item: int, at: int) -> None:
    """An hour of alice's, in another round, at that moment."""

    def write(tx: Tx) -> None:
        who = tx.connection.execute(select(annotation_table.c.annotator_id)).scalars().first()
        made = insert_round(
            tx,
            project_id=project,
            kind=RoundKind.PRODUCTION,
            rulebook_id=rulebook,
            state=RoundState.OPEN,
            created_by=1,
        )
        keys: dict[str, Any] = {"project_id": project, "round_id": made, "item_id": item, "annotator_id": who}
        said = insert_annotation(tx, **keys, rulebook_id=rulebook, revision=1, answers="{}", active_ms=3_600_000)
        tx.execute(annotation_table.update().where(annotation_table.c.id == said).values(at=at))

    cast.house.write(write)


def test_each_sees_their_own_statement_alone_and_questions_a_line(cast: Cast) -> None:
    made = make_texts(cast, 3)
    resolve_all(cast.house, cast.bob, made.project, made.rulebook, {made.items[0]: choice("a")})
    card(cast, made.project)
    statements = close(cast, made.project)
    by = {one.account_id: one for one in statements}
    assert set(by) == {cast.alice.id, cast.bob.id}
    mine = by[cast.alice.id].id or 0
    _, seen, _ = list_statements(cast.house, cast.alice, made.project)
    assert [one.id for one in seen] == [mine]
    assert so_far(cast, made.project, cast.bob) == [], "what is closed is not earned once more"
    for who in (cast.bob, cast.hu):
        with pytest.raises(StatementNotFound):
            get_statement(cast.house, who, made.project, mine)
    question = question_line(cast.house, cast.alice, made.project, mine, 1, text="少了一条？", request_id=new_id())
    with pytest.raises(LineNotFound):
        question_line(cast.house, cast.alice, made.project, mine, 9, text="？", request_id=new_id())
    with pytest.raises(StatementNotFound):
        question_line(cast.house, cast.qian, made.project, mine, 1, text="？", request_id=new_id())
    with pytest.raises(NotAllowed):
        answer_question(cast.house, cast.alice, made.project, question, text="是", request_id=new_id())
    answer_question(cast.house, cast.qian, made.project, question, text="三条都在", request_id=new_id())
    with pytest.raises(PayQuestionAnswered):
        answer_question(cast.house, cast.qian, made.project, question, text="再说", request_id=new_id())
    _, [asked] = get_statement(cast.house, cast.alice, made.project, mine)
    assert (asked.text, asked.answer) == ("少了一条？", "三条都在")


def test_every_line_leads_to_the_rows_that_it_counts(cast: Cast) -> None:
    made = make_texts(cast, 6)
    card(cast, made.project)
    lot, bad = defective_lot(cast, made)
    [one] = close(cast, made.project)
    work = trace_line(cast.house, cast.alice, made.project, one.id or 0, 1)
    assert [row.item_id for row in work] == made.items
    withdraw(cast, made, lot, bad[0])
    less = trace_line(cast.house, cast.alice, made.project, one.id or 0, 2)
    assert sorted(row.item_id for row in less) == sorted(bad), "as it was when it was closed"


REFUSED: list[tuple[dict[str, Any], str]] = [
    ({"rates": ()}, "it has no rate"),
    ({"rates": (ITEM, ITEM)}, "two rates are for the same rounds"),
    ({"defect_percent": 101}, "a percentage lies between 0 and 100"),
    ({"currency": "yuan"}, "a currency has three letters, as CNY"),
    ({"currency": "USD"}, "the cards of a project keep their currency"),
    ({"rates": (Rate(RoundKind.IMPORT, Unit.ITEM, 1),)}, "rounds of this kind are not paid"),
]


@pytest.mark.parametrize(("change", "reason"), REFUSED)
def test_a_card_that_says_nothing_clear_is_refused(change: dict[str, Any], reason: str) -> None:
    said: dict[str, Any] = {"currency": "CNY", "rates": (ITEM,), **change}
    with pytest.raises(RateCardRefused) as refused:
        check_terms(Terms(**said), Card(1, 1, 0, TERMS))
    assert refused.value.details["reason"] == reason


def test_a_card_holds_until_the_next_begins() -> None:
    cards = [Card(1, 1, 10, TERMS), Card(2, 2, 50, TERMS)]
    parts = [(one.id, part.from_at, part.to_at) for one, part in parts_of(Period(0, 90), cards)]
    assert parts == [(1, 10, 50), (2, 50, 90)]


@pytest.mark.parametrize("text", ["-1", "1.2345678", "1e3", "", "二", "1000001", "1,5"])
def test_what_is_no_money_is_refused(text: str) -> None:
    with pytest.raises(NotMoney):
        parse_money(text)


def test_an_hour_and_a_third_of_one_are_rounded_once() -> None:
    assert [amount_of(ms, Unit.HOUR, 10_000_000) for ms in (3_600_000, 1_200_000)] == [10_000_000, 3_333_333]


def test_periods_are_closed_once_and_when_they_are_over(cast: Cast) -> None:
    made = make_texts(cast, 2)
    with pytest.raises(NoRateCard):
        so_far(cast, made.project)
    card(cast, made.project)
    end = now_of(cast) + 1
    with pytest.raises(PeriodNotOver):
        close(cast, made.project, 0, end + 10**12)
    with pytest.raises(BadPeriod):
        close(cast, made.project, 5, 5)
    with pytest.raises(NotAllowed):
        close_period(cast.house, cast.alice, made.project, Period(0, end), request_id=new_id())
    close(cast, made.project, 0, end)
    with pytest.raises(PeriodClosed):
        close(cast, made.project, end - 1, end + 1)
    with pytest.raises(CardInPast):
        card(cast, made.project, TERMS, end - 1)
    with pytest.raises(NotAllowed):
        set_card(cast.house, cast.hu, made.project, TERMS, valid_from=end, request_id=new_id())


def test_pay_goes_through_the_pages_the_routes_and_the_tables(cast: Cast, client: TestClient[Litestar]) -> None:
    made = make_texts(cast, 3)
    home, api = f"/projects/{made.project}/pay", f"/api/v1/projects/{made.project}/pay"
    headers = cast.sign_in(client, "qian")

    def form(**said: object) -> dict[str, Any]:
        return {"csrf": headers["X-CSRF-Token"], "request_id": new_id(), **said}

    assert "<form" in client.get(home).text
    rates = {"rate_production": "0.125", "unit_production": "item", "rate_rework": "0.125", "unit_rework": "item"}
    kept = client.post(
        f"{home}/cards", data=form(start="2026-01-01", currency="CNY", defect="0", rework="100", **rates)
    )
    assert kept.status_code == 200, kept.text
    assert client.get(f"{api}/cards").json()["cards"][0]["rates"][0]["rate"] == "0.125"
    earned = client.get(f"{api}?start=2026-01-01&end=2027-12-31").json()["statements"]
    assert [(one["total"], one["lines"][0]["quantity"]) for one in earned] == [("0.38", 3)]
    early = client.post(f"{home}/periods", data=form(start="2026-01-01", end="2027-12-31"))
    assert (early.status_code, "not over" in early.text or "还没" in early.text) == (409, True)
    close(cast, made.project)
    [one] = client.get(f"{api}/statements").json()["statements"]
    rows = list(csv.reader(io.StringIO(client.get(f"{api}/export").content.decode("utf-8-sig"))))
    assert rows[1][1] == "Alice"
    assert rows[1][8:12] == ["3", "0.125", "100", "0.375"]
    assert client.get(f"{api}/export?format=xlsx").content[:2] == b"PK"
    assert client.get(f"{api}/export?format=ods").status_code == 422
    headers = cast.sign_in(client, "alice")
    page = f"{home}/statements/{one['id']}"
    assert "0.375" in client.get(page).text
    assert client.post(f"{page}/lines/1/questions", data=form(text="为什么三条？")).status_code == 200
    assert "为什么三条？" in client.get(page).text
    assert len(client.get(f"{api}/statements/{one['id']}/lines/1").json()["rows"]) == 3
    cast.sign_in(client, "bob")
    assert client.get(page).status_code == 404
    cast.sign_in(client, "mallory")
    for path in (home, page, api + "/cards", api + "/export"):
        assert client.get(path).status_code == 404, path


def test_the_command_line_writes_a_card_and_the_requester_s_signature_is_verified(cast: Cast) -> None:
    made = make_texts(cast, 3)
    accept_a_lot(cast, made)
    home = ["--home", str(cast.house.home), "--database", cast.house.database.url, "--json", "--as"]

    def run(app: Any, who: str, *words: str) -> Any:
        done = CliRunner().invoke(app, [*words, *home, f"{who}@guiju.test"])
        assert done.exit_code == 0, done.output
        return msgspec.json.decode(done.stdout)

    project = str(made.project)
    run(pay_cli, "qian", "card", project, "--rate", "production:item:0.125", "--start", "2026-01-01")
    [alice] = run(pay_cli, "qian", "earned", project, "--start", "2026-01-01", "--end", "2999-12-31")
    assert alice["total"] == "0.38"
    drawn = str(run(acceptance_cli, "lin", "draw", project, "--n", "0")["acceptance"]["id"])
    run(acceptance_cli, "lin", "sign", project, drawn, "accepted", "--name", "Lin")
    assert run(acceptance_cli, "gao", "verify", project, drawn)["holds"] is True
