"""Whoever does not belong to a project sees nothing of it: every route there is, asked by nobody and by a stranger."""

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import httpx
import pytest
from litestar import Litestar
from litestar.testing import TestClient
from sqlalchemy import func, select

from guiju import bank
from guiju.annotations import RoundKind, annotator_of_account
from guiju.bank import ask_to_draw
from guiju.bank.withdrawing import ask_to_withdraw
from guiju.bank.withdrawing.model import Asked as WithdrawalAsked
from guiju.bank.withdrawing.model import Extent, Scope
from guiju.briefs import comment_brief
from guiju.cleaning.quality.actions import publish_rules, start_checks
from guiju.cleaning.quality.model import Rule
from guiju.cleaning.recipes import StepSaid, save_recipe, start_run
from guiju.collecting import Place
from guiju.collecting.consents.store import insert_consent
from guiju.collecting.model import State
from guiju.collecting.store import finish, insert_coming
from guiju.data import find_items_by_name, list_project_sources
from guiju.data import model as data_model
from guiju.data.mapping.actions import keep_upload
from guiju.data.uploads.actions import Upload
from guiju.delivery import deliver
from guiju.exams import Settings, begin_sitting, open_exam
from guiju.feeds import ConnectionKind, add_connection, create_feed, grant_connection
from guiju.findings.picks.actions import make_pick, recheck_pick
from guiju.findings.picks.model import Of
from guiju.inspection import Finding, Outcome, decide_lot, draw_lot, get_lot, judge
from guiju.inspection.acceptance import Sizing, open_acceptance
from guiju.kinds import Choice, Consent, Given
from guiju.kit import new_id
from guiju.kit import now as clock_now
from guiju.pay import Period, Rate, Terms, Unit, close_period, list_statements, set_card
from guiju.people.policy import ANYBODY
from guiju.people.teams.actions import create_team
from guiju.people.tokens.actions import create_token
from guiju.planning.drafting.actions import keep_text
from guiju.planning.relabelling.actions import propose
from guiju.planning.relabelling.model import Asked, Target
from guiju.projects import create_project, set_member
from guiju.rulings import answer_question, ask_question
from guiju.samples.messages import messages
from guiju.samples.steel import draw_surface, item_name
from guiju.scenes import View, ask_to_make
from guiju.storage import House, Tx, pump, work_jobs
from guiju.storage.tables import journal
from guiju.web.jobs import HANDLERS
from guiju.web.subscribers import SUBSCRIBERS
from guiju.work import lease_tasks, open_production, open_trial, submit_annotation
from guiju.work.actions import Answered
from tests.annotations.moving import bring_rows
from tests.support.banked import contradiction_of, papered_consent
from tests.support.build import import_surfaces, publish_the_rulebook, service_project
from tests.support.cast import Cast

COUNT = 12
QUESTION = "这条到底算退款还是投诉？"
# Pages and routes that are everybody's own: they answer, and must say nothing of a project that one does not belong to.
OWN = {
    "/",
    "/account",
    "/consents",
    "/api/v1/consents",
    "/account/password",
    "/api/v1/me",
    "/api/v1/me/workbench",
    "/api/v1/projects",
    "/api/v1/tokens",
    "/bank/withdrawals",
    "/api/v1/bank/withdrawals",
    "/projects",
    "/work",
    "/workbench/words",
}
# Open to whoever can reach the house at all.
PUBLIC = {
    "/api/schema",
    "/api/schema/openapi.json",
    "/api/schema/{path:str}",
    "/first-start",
    "/healthz",
    "/language/{code:str}",
    "/sign-in",
    "/static/{file_path:path}",
}
# A write of one's own, or of nobody's.
OWN_WRITES = ("/account", "/sign-", "/first-start", "/api/v1/tokens", "/api/v1/me/workbench")


@dataclass(frozen=True)
class Lived:
    """A project that has been everywhere: an address for each part of it, and what nobody else may read."""

    cast: Cast
    parts: dict[str, object]
    secrets: tuple[str, ...]

    def path(self, route: str) -> str:
        """The route's address for this project; a part that is not known here is missing in `parts`."""
        return "/".join(self._fill(piece) for piece in route.split("/"))

    def _fill(self, piece: str) -> str:
        return str(self.parts[piece[1:].partition(":")[0]]) if piece.startswith("{") else piece

    def told(self, answer: httpx.Response) -> list[str]:
        """What of the project an answer says."""
        return [secret for secret in self.secrets if secret.encode() in answer.content]


@pytest.fixture
def lived(cast: Cast, tmp_path: Path) -> Lived:
    """The cast's project, from its brief to the bank, with a question, an import and a delivery."""
    house, project = cast.house, cast.project
    (house.home / "embedders").mkdir()
    service = ['url = "https://service.example/v1"', 'model = "small"', 'chat = "small"']
    (house.home / "embedders" / "endpoint.toml").write_text("\n".join(service))
    import_surfaces(cast, tmp_path, 1)
    service_project(cast, tmp_path, COUNT)
    imported = bring_rows(cast, tmp_path, ["m0000,Zhang San,refund", "m0000,Li Si,complaint"])
    question = ask_question(house, cast.bob, project, request_id=new_id(), text=QUESTION, item_id=None)
    both = [cast.alice.id, cast.bob.id]
    drawn = open_trial(house, cast.zhou, project, request_id=new_id(), account_ids=both, size=2)
    production = open_production(house, cast.zhou, project, request_id=new_id(), reason="试标免了")
    answer_everything(cast, production)
    lot = accept_a_lot(cast)
    delivery = deliver(house, cast.zhou, project, new_id(), format="jsonl")
    ask_to_make(house, cast.zhou, project, View.TEXT, request_id=new_id())
    for _ in range(2):
        pump(house.database, SUBSCRIBERS)
        work_jobs(house, HANDLERS)
    publish_rules(house, cast.zhou, project, [Rule("Says something", "length", least=2)], request_id=new_id())
    check = start_checks(house, cast.zhou, project, request_id=new_id()).runs[0]
    keep = [StepSaid("filter")]
    recipe = save_recipe(house, cast.zhou, project, "Everything", keep, request_id=new_id())
    run = start_run(house, cast.zhou, project, recipe.id, request_id=new_id())
    work_jobs(house, HANDLERS)
    # Somebody who holds every role shows that the addresses are real.
    set_member(house, cast.zhou, project, cast.qian.id, ANYBODY)
    picked = make_pick(house, cast.zhou, project, of=Of.SEARCH, details={"link": "state=resolved"})
    recheck = recheck_pick(house, cast.zhou, project, picked, request_id=new_id())
    with house.reading() as connection:
        surface = find_items_by_name(connection, project, [item_name(0)])[item_name(0)]
    renamed = Asked(["refund"], [Target("money-back", "退钱", "Money back")], "……")
    relabelling = propose(house, cast.zhou, project, renamed, request_id=new_id())
    exam = open_exam(house, cast.zhou, project, request_id=new_id(), settings=Settings(size=3))
    sitting = begin_sitting(house, cast.qian, exam, request_id=new_id())
    parts: dict[str, object] = {
        "exam_id": exam,
        "sitting_id": sitting.id,
        "exam_round": sitting.round_id,
        "project_id": project,
        "round_id": production,
        "item_id": surface.id,
        "dispute_id": 1,
        **dict.fromkeys(("level", "x", "y"), 0),
        "job_id": imported.id,
        "lot_id": lot,
        "statement_id": closed_statement(cast, project),
        "place": 1,
        "acceptance_id": open_acceptance(house, cast.lin, project, request_id=new_id(), sizing=Sizing(n=1)),
        "number": delivery.number,
        "upload": waiting_upload(cast),
        **drawn_from(cast, tmp_path),
        "source_id": list_project_sources(house, cast.zhou, project)[0].source.id,
        "rulebook_id": 1,
        "book_id": _rules_elsewhere(cast),
        "other_id": 1,
        "key": "news",
        "version": 1,
        "comment_id": comment_brief(house, cast.zhou, project, place="", text="……", request_id=new_id()),
        "question_id": question,
        "draft_id": keep_text(house, cast.zhou, project, request_id=new_id(), text="……五千张"),
        "ruling_id": answer_question(house, cast.xing, question, request_id=new_id(), text="……"),
        "deposit_id": 1,
        "contradiction_id": contradiction_of(cast),
        "draw_id": ask_to_draw(house, cast.zhou, project, new_id(), bank.Choice(deposits=(1,))),
        "withdrawal_id": ask_to_withdraw(house, cast.qian, new_id(), _taken_back(surface.id), str(surface.id)),
        "recipe_id": run.recipe_id,
        "run_id": run.id,
        "check_id": check,
        "account_id": cast.hu.id,
        "team_id": create_team(house, cast.admin, request_id=new_id(), name="标注一组"),
        "group_id": 1,
        "search_id": 1,
        "scene_id": 0,
        "relabelling_id": relabelling,
        "tie_id": 1,
        "consent_id": papered_consent(cast),
        "token": given_picture(cast, production, surface.id),
        "pick_id": picked,
        "recheck_id": recheck,
        "drawn_id": drawn,
        "token_id": create_token(house, cast.zhou, request_id=new_id(), name="API").id,
        "email": "alice@guiju.test",
    }
    texts = [each.text for each in messages(COUNT, seed=7) if "'" not in each.text]
    return Lived(cast, parts, ("钢板表面缺陷", "客服消息意图", QUESTION, *texts))


def _taken_back(item: int) -> WithdrawalAsked:
    return WithdrawalAsked(Scope.ITEM, Extent.ALL, "the plate's owner does not agree any more", item=item)


def closed_statement(cast: Cast, project: int) -> int:
    """What alice is paid for all that she answered."""
    terms, whole = Terms("CNY", (Rate(RoundKind.PRODUCTION, Unit.ITEM, 100_000),)), Period(1, clock_now())
    set_card(cast.house, cast.qian, project, terms, valid_from=0, request_id=new_id())
    close_period(cast.house, cast.qian, project, whole, request_id=new_id())
    return list_statements(cast.house, cast.qian, project)[1][0].id or 0


def drawn_from(cast: Cast, tmp_path: Path) -> dict[str, object]:
    """A folder that is granted to the project, and a feed of it."""
    operator = replace(cast.admin, trusted=True)
    (tmp_path / "inbox").mkdir()
    about = {"name": "Inbox", "kind": ConnectionKind.FOLDER, "address": str(tmp_path / "inbox")}
    connection = add_connection(cast.house, operator, request_id=new_id(), **about)  # type: ignore[arg-type]
    grant_connection(cast.house, operator, connection, [cast.project])
    feed = create_feed(cast.house, cast.zhou, cast.project, request_id=new_id(), connection_id=connection)
    return {"connection_id": connection, "feed_id": feed}


def given_picture(cast: Cast, production: int, item: int) -> str:
    """A photograph that carol gave and has not submitted."""
    content = draw_surface(1).image_bytes
    given = Given("carols-photo", "picture", cast.house.blobs.put(content), "image/png", len(content), "", {})

    def write(tx: Tx) -> None:
        who = annotator_of_account(tx, cast.carol.id, "Carol")
        place = Place(cast.project, production, item, who, 1, "given")
        agreed = insert_consent(
            tx, project_id=cast.project, annotator_id=who, consent=Consent("1", "好", "yes"), locale="en"
        )
        insert_coming(tx, given.id, place, given.mode, agreed)
        finish(tx, given.id, given=given, state=State.KEPT, signature=b"", problems=[], marks=[])

    cast.house.write(write)
    return given.id


def waiting_upload(cast: Cast) -> str:
    """A file of qian's that nobody has imported yet."""
    upload = Upload(cast.house.scratch / "upload-strangers1")
    (upload.folder / "files").mkdir(parents=True)
    upload.files.append(upload.folder / "files" / "a.txt")
    upload.files[0].write_text("one line", encoding="utf-8")
    return keep_upload(cast.house, cast.qian, cast.project, upload)


def answer_everything(cast: Cast, production: int) -> None:
    """alice answers each item, the surface too."""
    while tasks := cast.house.write(lease_tasks(cast.house, lambda _: cast.alice, production, 10)):
        for task in tasks:
            said = Answered(new_id(), task.slot, task.lease, 0, {"intent": Choice(("refund",))})
            cast.house.write(submit_annotation(lambda _: cast.alice, production, said))


def accept_a_lot(cast: Cast) -> int:
    """All but one go into a lot, and all of the lot into its sample."""
    lot = draw_lot(cast.house, cast.hu, cast.project, new_id(), size=COUNT, aql="0.10")
    for place in get_lot(cast.house, cast.hu, cast.project, lot).sample:
        judge(cast.house, cast.hu, cast.project, lot, place.item_id, new_id(), Finding(Outcome.PASS))
    decide_lot(cast.house, cast.hu, cast.project, lot, new_id())
    return lot


def routes(app: Litestar, *methods: str) -> Iterator[tuple[str, str]]:
    """Every `(method, path)` of the app that takes one of the methods."""
    for route in sorted(app.routes, key=lambda route: route.path):
        for method in sorted({*getattr(route, "methods", ())} & {*methods}):
            yield method, route.path


def is_page(route: str) -> bool:
    return not route.startswith(("/api/", "/media/"))


def test_nobody_is_sent_to_the_sign_in_from_every_page_and_refused_by_every_route(
    app: Litestar, client: TestClient[Litestar], lived: Lived
) -> None:
    wrong: list[object] = []
    for _, route in routes(app, "GET"):
        if route in PUBLIC:
            continue
        answer = client.get(lived.path(route), follow_redirects=False)
        to_sign_in = answer.status_code == 303 and answer.headers["location"].startswith(("/sign-in", "/work"))
        if lived.told(answer) or not (to_sign_in if is_page(route) else answer.status_code == 401):
            wrong.append((route, answer.status_code, lived.told(answer)))
    assert not wrong


def test_a_stranger_is_refused_by_every_page_route_file_and_export(
    app: Litestar, client: TestClient[Litestar], lived: Lived
) -> None:
    lived.cast.sign_in(client, "mallory")
    wrong: list[object] = []
    for _, route in routes(app, "GET"):
        if route in PUBLIC:
            continue
        answer = client.get(lived.path(route))
        expected = {200} if route in OWN else {403, 404}
        if answer.status_code not in expected or lived.told(answer):
            wrong.append((route, answer.status_code, lived.told(answer)))
    assert not wrong


def _rules_elsewhere(cast: Cast) -> int:
    """A rulebook of another project, for everybody in the house, which whoever holds every role belongs to."""
    made = create_project(cast.house, cast.zhou, request_id=new_id(), name="Elsewhere", rights="general")
    set_member(cast.house, cast.zhou, made, cast.qian.id, ANYBODY)
    return publish_the_rulebook(cast, "steel", made)


def test_a_member_who_may_sees_what_the_stranger_is_refused(
    app: Litestar, client: TestClient[Litestar], lived: Lived, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else a wrong address, or a project without anything in it, would pass for a refusal."""
    # So that the surface has tiles.
    monkeypatch.setattr(data_model, "TILED_FROM", 1)
    lived.cast.sign_in(client, "qian")
    wrong: list[object] = []
    seen: set[str] = set()
    for _, route in routes(app, "GET"):
        if (
            "{" not in route
            or route in PUBLIC
            or route.startswith(("/people", "/api/v1/accounts", "/api/v1/teams", "/api/v1/connections"))
        ):
            continue
        answer = client.get(lived.path(route))
        seen.update(lived.told(answer))
        # A picture, a decided lot, an open round, nothing looked back upon yet: what asks for more says so.
        said = "not-sound|lot-decided|round-still-open|retrospective-not-found"
        if answer.status_code != 200 and not re.search(said, answer.text):
            wrong.append((route, answer.status_code, answer.text[-300:]))
    assert not wrong
    assert seen == {*lived.secrets}


BODIES: list[dict[str, object]] = [
    {},
    {"id": "a-stranger-s-own-id", "name": "mine", "state": "paused", "text": "?", "want": 1, "kind": "trial"},
]


def test_no_write_of_a_stranger_leaves_a_trace(
    app: Litestar, client: TestClient[Litestar], lived: Lived, house: House
) -> None:
    headers = lived.cast.sign_in(client, "mallory")
    before, wrong = count_events(house), list[object]()
    for (method, route), body in itertools.product(routes(app, "POST", "PUT", "PATCH", "DELETE"), BODIES):
        if route.startswith(OWN_WRITES) or route in {"/api/v1/projects", "/projects/new"}:
            continue
        answer = send(client, method, lived.path(route), route, body, headers)
        if not 400 <= answer.status_code < 500 or lived.told(answer):
            wrong.append((method, route, answer.status_code, lived.told(answer)))
    assert not wrong
    assert count_events(house) == before


def send(
    client: TestClient[Litestar], method: str, path: str, route: str, body: dict[str, object], headers: dict[str, str]
) -> httpx.Response:
    """As a form to a page, as JSON to a route."""
    if is_page(route):
        return client.request(method, path, data={**body, "csrf": headers["X-CSRF-Token"]}, follow_redirects=False)
    return client.request(method, path, json=body, headers=headers)


def count_events(house: House) -> int:
    with house.reading() as connection:
        return connection.execute(select(func.count()).select_from(journal)).scalar_one()
