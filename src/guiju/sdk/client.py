"""A project's whole journey over HTTP, with nothing but the standard library. docs/sdk.md shows it from end to end.

Answers are the API's JSON as it comes. Every write carries a fresh id made here and, when the connection breaks, is
sent again with that id, so that it is stored once.
"""

import json
import shutil
import time
import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import quote

from guiju.sdk.acceptances import AcceptanceCalls
from guiju.sdk.bank import BankCalls
from guiju.sdk.calls import Json, api_path
from guiju.sdk.coaching import CoachingCalls
from guiju.sdk.data import DataCalls
from guiju.sdk.errors import JobFailedError
from guiju.sdk.exams import ExamCalls
from guiju.sdk.labels import LabelCalls
from guiju.sdk.lots import LotCalls
from guiju.sdk.pay import PayCalls
from guiju.sdk.picks import PickCalls
from guiju.sdk.planning import PlanningCalls
from guiju.sdk.quality import QualityCalls
from guiju.sdk.questions import QuestionCalls
from guiju.sdk.shaping import ShapingCalls
from guiju.sdk.trials import TrialCalls

CHUNK = 1 << 20
OVER = {"done", "failed", "cancelled"}


class Client(
    DataCalls,
    ShapingCalls,
    QualityCalls,
    PickCalls,
    PlanningCalls,
    QuestionCalls,
    TrialCalls,
    CoachingCalls,
    ExamCalls,
    LotCalls,
    AcceptanceCalls,
    PayCalls,
    LabelCalls,
    BankCalls,
):
    """One person at one house, known by an API token. One connection, kept open: one client for each thread.

    Each method raises `ApiError` when the house refuses and `UnreachableError` when it does not answer.
    """

    # People and projects

    def me(self) -> Json:
        return self.get("/me")

    def projects(self) -> list[Json]:
        return self.get("/projects")

    def create_project(self, name: str, customer: str = "", rights: str = "customer") -> Json:
        return self.write("POST", "/projects", name=name, customer=customer, rights=rights)

    def set_member(self, project: int, email: str, roles: Iterable[str], **kept: Iterable[str]) -> list[Json]:
        """Give somebody exactly these roles in a project; `languages` and `skills` in place of those kept before."""
        told = {name: list(each) for name, each in kept.items()}
        return self.write("PUT", f"/projects/{project}/members/{quote(email)}", roles=list(roles), **told)

    # Brief and rulebook

    def save_brief(self, project: int, document: str, version: int = 0, revision: int = 0) -> Json:
        """Keep a brief (YAML); `version` and `revision` are those of the one it was written from."""
        return self.write("PUT", f"/projects/{project}/brief", document=document, version=version, revision=revision)

    def sign_brief(self, project: int, version: int, revision: int) -> Json:
        return self.write("POST", f"/projects/{project}/brief/sign", version=version, revision=revision)

    def export_brief(self, project: int, version: int, target: str | Path, format: str = "docx") -> Path:  # noqa: A002
        """Write a version of the brief as `docx`, `pdf`, `html` or `yaml`."""
        return self.fetch(f"/projects/{project}/brief/versions/{version}/export", target, format=format)

    def estimate(self, project: int, people: int | None = None, overlap: int | None = None) -> Json:
        """What the work will take, figures as [low, point, high] of an 80% interval; with other numbers, what if."""
        return self.get(f"/projects/{project}/estimate", people=people, overlap=overlap)

    def answer_brief(self, project: int, question: str, answer: str, facet: str = "") -> Json:
        """Answer an open question of the brief; the answer goes into `facet` (`what` … `how_much`) in the same save."""
        return self.write("POST", f"/projects/{project}/brief/answers", question=question, answer=answer, facet=facet)

    def draft_brief(self, project: int, text: str) -> int:
        """Keep a customer's mail or notes to draft the brief from; the draft. Nothing is sent by it."""
        return self.write("POST", f"/projects/{project}/brief/drafts", text=text)["draft"]

    def brief_draft(self, project: int, draft: int) -> Json:
        """What would be sent and to whom (`going`), or what is proposed: `facets`, `questions`; `state`, `failed`."""
        return self.get(f"/projects/{project}/brief/drafts/{draft}")

    def send_brief_draft(self, project: int, draft: int, send_to: str, *, mask: bool = True) -> int:
        """Send it to the host that `brief_draft` showed; the job to wait for."""
        path = f"/projects/{project}/brief/drafts/{draft}/send"
        return self.write("POST", path, send_to=send_to, mask=mask)["job"]

    def take_from_draft(self, project: int, draft: int, facet: str, **told: object) -> int:
        """Put `sentences` at the end of a facet, or a `question` among the open ones; how many."""
        return self.write("POST", f"/projects/{project}/brief/drafts/{draft}/take", facet=facet, **told)["taken"]

    def comment_brief(self, project: int, text: str, place: str = "") -> Json:
        """Say something of a facet or figure of the brief, or of the whole."""
        return self.write("POST", f"/projects/{project}/brief/comments", text=text, place=place)

    def look_at_rulebook(self, project: int, document: str) -> Json:
        """What is wrong with a document, what it defines (`entries`), how it reads (`html`); nothing is kept."""
        return self.write("POST", f"/projects/{project}/rulebook/look", document=document)

    def rulebook_library(self, project: int) -> Json:
        """Other rulebooks in force that this project may take labels, clauses, checks and examples from."""
        return self.get(f"/projects/{project}/rulebook/library")

    def take_from_rulebook(self, project: int, rulebook: int, entries: Sequence[str]) -> Json:
        """Take entries (`labels.scratch`) over into the draft; the ids that they got."""
        return self.write("POST", f"/projects/{project}/rulebook/library/{rulebook}", entries=list(entries))["entries"]

    def publish_rulebook(self, project: int, document: str, version: str | None = None) -> Json:
        """Put the document (Markdown with YAML) in the draft's place and publish it."""
        revision = self.get(f"/projects/{project}/rulebook/draft")["revision"]
        self.write("PUT", f"/projects/{project}/rulebook/draft", document=document, revision=revision)
        return self.write("POST", f"/projects/{project}/rulebook/publish", version=version)

    def measure_impact(self, project: int) -> int:
        """Try the rulebook's draft on every answer of record; the job to wait for."""
        return self.write("POST", f"/projects/{project}/rulebook/impact")["job"]

    def impact(self, project: int) -> Json:
        """What publishing the draft would touch, as last measured: `{"impact", "is_of_now", "job"}`."""
        return self.get(f"/projects/{project}/rulebook/impact")

    def publish_and_recheck(self, project: int, version: str | None = None, **recheck: object) -> Json:
        """Publish the draft and open a recheck of what it was measured to touch: `{"rulebook", "round", "items"}`.

        Options: `annotators` (e-mail addresses; none is anybody), `shown` (with what holds now).
        """
        return self.write("POST", f"/projects/{project}/rulebook/impact/publish", version=version, **recheck)

    def pick_touched(self, project: int) -> int:
        """The touched items (the first 100,000) as a pick, to be rechecked."""
        return self.write("POST", f"/projects/{project}/rulebook/impact/pick")["pick"]

    def export_rulebook(self, project: int, rulebook: int, target: str | Path, format: str = "prompt") -> Path:  # noqa: A002
        """Write a version as `docx`, `pdf`, `html`, `prompt` (for a language model) or `schema` (of its answers)."""
        return self.fetch(f"/projects/{project}/rulebook/versions/{rulebook}/export", target, format=format)

    # Data and others' work: files are streamed

    def import_file(self, project: int, path: str | Path, **options: object) -> Json:
        """Import a file of items: `{"source", "job"}`. Options: `name`, `mapping` (a dict), `rights`, `owner`, …"""
        return self._upload(f"/projects/{project}/sources", Path(path), _with_mapping(options))

    def preview_file(self, project: int, path: str | Path, **options: object) -> Json:
        """What a file would become: its columns, its first records, what would be refused. Option: `mapping`."""
        return self._upload(f"/projects/{project}/previews", Path(path), _with_mapping(options))

    def connections(self, project: int) -> list[Json]:
        """What the project may draw from: `{"id", "name", "kind"}`."""
        return self.get(f"/projects/{project}/connections")

    def preview_feed(self, project: int, connection: int, **asked: object) -> Json:
        """What the first rows or files would become. Options: `query` or `folder`, `mapping` (a dict)."""
        return self.write("POST", f"/projects/{project}/feed-previews", connection=connection, **asked)

    def create_feed(self, project: int, connection: int, **asked: object) -> Json:
        """Make a feed: `{"feed", "job"}`. Options: `query` or `folder`, `mapping` ({} : find it out), `every`, …"""
        return self.write("POST", f"/projects/{project}/feeds", connection=connection, **asked)

    def feed(self, project: int, feed: int) -> Json:
        """A feed with what it brought and what it could not: `{"feed", "files", "failed", "changed", "waiting"}`."""
        return self.get(f"/projects/{project}/feeds/{feed}")

    def look_at_feed(self, project: int, feed: int) -> int:
        """Bring what is new; the job to wait for, whose outcome names the import's `job`."""
        return self.write("POST", f"/projects/{project}/feeds/{feed}/look")["job"]

    def import_annotations(self, project: int, path: str | Path, **options: object) -> Json:
        """Import a file of annotations as a round: `{"round", "job", "items_job"}`. Options: `format`, `round`, …"""
        return self._upload(f"/projects/{project}/annotation-imports", Path(path), options)

    def items(self, project: int, **options: object) -> Iterator[Json]:
        """Every item of a project. Options: `source`, `media`, `prefix`, `sort`."""
        return self.pages(f"/projects/{project}/items", "items", limit=200, **options)

    def search(self, project: int, words: str = "", **filters: object) -> Iterator[Json]:
        """Items with all these words, the newest first. Filters: `label`, `state`, `source`, `media`, `scene`.

        `like` (an item's number, or a text) lists the nearest first; `region="x,y,w,h"` a part of that picture.
        """
        return self.pages(f"/projects/{project}/search", "found", limit=200, q=words, **filters)

    def set_aside(self, project: int, items: Iterable[int], *, back: bool = False) -> int:
        """Give items out no more, or (`back`) again; how many that changed."""
        return self.write("POST", f"/projects/{project}/asides", items=list(items), back=back)["items"]

    def wait_for_job(self, job: int, timeout: float = 600.0, every: float = 0.2) -> Json:
        """The job once it is over; seconds. Raises `JobFailedError`, `TimeoutError`."""
        deadline = time.monotonic() + timeout
        while (found := self.get(f"/jobs/{job}"))["state"] not in OVER:
            if time.monotonic() > deadline:
                raise TimeoutError(f"job {job} is still {found['state']} after {timeout:g} s")
            time.sleep(every)
        if found["state"] != "done":
            raise JobFailedError(found)
        return found

    # Rounds

    def rounds(self, project: int) -> list[Json]:
        return self.get(f"/projects/{project}/rounds")["rounds"]

    def open_round(self, project: int, kind: str, **options: object) -> int:
        """Open a `trial` (`annotators`, `size`; or `assignments`) or `production` (`overlap`, `team`, `reason`).

        `overlap` is a number, or a policy: `{"way": "share", "most", "share"}` or `{"way": "until", "least", "most",
        "sure", "alike"}`.
        """
        return self.write("POST", f"/projects/{project}/rounds", kind=kind, **options)["round"]

    def queue(self, round: int) -> Json:  # noqa: A002 - the word of the API
        """The round's batches and people: what waits, is in hand and answered."""
        return self.get(f"/rounds/{round}/queue")

    def act_on_queue(self, round: int, act: str, **told: object) -> Json:  # noqa: A002
        """`split`, `change`, `withdraw` or `put-back` a batch, or `hand-over` somebody's work."""
        return self.write("POST", f"/rounds/{round}/queue", act=act, **told)

    def overlap(self, round: int, *, end: bool = False) -> Json:  # noqa: A002
        """How many answers a round's items have, what is settled, who is how reliable; `end`: ask for no more."""
        path = f"/rounds/{round}/overlap"
        return self.write("POST", f"{path}/end") if end else self.get(path)

    def lease(self, round: int, want: int = 3) -> list[Json]:  # noqa: A002 - the word of the API
        """Up to `want` tasks, those in hand first."""
        return self.write("POST", f"/rounds/{round}/lease", want=want)["tasks"]

    def submit(self, round: int, task: Mapping[str, Any], answers: Json, **options: object) -> Json:  # noqa: A002
        """Answer a task: `{"annotation", "tasks"}`. Options: `active_ms`, `clauses`, `want` (tasks to bring along)."""
        told = {"slot": task["slot"], "lease": task["lease"], "revision": task["revision"], "answers": answers}
        return self.write("POST", f"/rounds/{round}/annotations", **told, **options)

    def resolve(self, round: int, method: str = "majority", at_least: float = 0.0, merge: str = "merge") -> Json:  # noqa: A002
        """Resolve a closed round's items by a method, or the `recommended`; the less sure are left to a person."""
        return self.write("POST", f"/rounds/{round}/consensus", method=method, at_least=at_least, merge=merge)

    def consensus_advice(self, round: int) -> Json:  # noqa: A002
        """Which method to trust on a closed round's answers, and how it was resolved before."""
        return self.get(f"/rounds/{round}/consensus")

    def cases(self, round: int) -> Iterator[Json]:  # noqa: A002
        """Every item that annotators of a round answered differently and for which nothing holds."""
        after = 0
        while tasks := self.get(f"/rounds/{round}/cases", want=20, after=after)["tasks"]:
            yield from tasks
            after = tasks[-1]["slot"]

    def case(self, round: int, item: int) -> Json:  # noqa: A002
        """One item that several answered: `voices` by letters, `agreement`, the `ruling` if there is one."""
        return self.get(f"/rounds/{round}/cases", want=0, item=item)["tasks"][0]

    def rule(self, round: int, case: Mapping[str, Any], answers: Json, text: str = "", **options: object) -> int:  # noqa: A002
        """Say what is right about a case, as it was seen; the ruling. Option: `clause`."""
        seen = {"last": case["last"], "ruling": case["ruling"]["id"] if case["ruling"] else 0}
        path = f"/rounds/{round}/cases/{case['slot']}/ruling"
        return self.write("POST", path, answers=answers, text=text, **seen, **options)["ruling"]

    # Collecting: what does not exist yet

    def agree(self, round: int, field: str, consent: Mapping[str, str]) -> int:  # noqa: A002
        """Agree to a field's consent, `{"version", "zh", "en"}` word for word as the rulebook has it."""
        return self.write("POST", f"/rounds/{round}/consents", field=field, consent=dict(consent))["consent"]

    def give(self, round: int, task: Json, field: str, path: str | Path) -> Json:  # noqa: A002
        """Give a file for an item in hand: `{"kept", "given", "problems"}`; `given` goes into the answer as it is."""
        told = {"slot": task["slot"], "lease": task["lease"], "field": field}
        return self._upload(f"/rounds/{round}/contributions", Path(path), told)

    def contributions(self, project: int, only: str | None = None) -> Iterator[Json]:
        """What people gave, the newest first; `only` those used, kept, refused, withdrawn or swept."""
        return self.pages(f"/projects/{project}/contributions", "contributions", limit=200, only=only)

    def consents(self) -> list[Json]:
        """What I agreed to, in whatever project."""
        return self.get("/consents")["consents"]

    def withdraw(self, consent: int) -> Json:
        """Take a consent back, and with it what was given: `{"removed", "items", "kept"}`."""
        return self.write("POST", f"/consents/{consent}/withdraw")

    def harvest(self, project: int, into: int | None = None, name: str = "") -> Json:
        """Make items of what was accepted: `{"into", "source", "items", "known"}`."""
        return self.write("POST", f"/projects/{project}/harvests", into=into, name=name)

    # Delivery and bank

    def deliver(self, project: int, format: str, **options: object) -> Json:  # noqa: A002
        """Build a package: `{"delivery", "number", "job"}`.

        Options: `include` (accepted, all), `with_media`, `splits` (`{"shares": {"train": 0.8, …}, "group": […]}`),
        `since` (an earlier delivery's number), `lots` (numbers), `references`, `personal`.
        """
        return self.write("POST", f"/projects/{project}/deliveries", format=format, **options)

    def delivery(self, project: int, number: int) -> Json:
        """A delivery: its state, its hash, its parts, what was left out and what changed."""
        return self.get(f"/projects/{project}/deliveries/{number}")

    def download(self, project: int, number: int, target: str | Path) -> Path:
        """Write a delivery's package to `target`."""
        path, package = Path(target), api_path(f"/projects/{project}/deliveries/{number}/package", {})
        with self._wire.answer("GET", package) as answer, path.open("wb") as file:
            shutil.copyfileobj(answer, file, CHUNK)
        return path

    def delivery_formats(self, project: int) -> list[Json]:
        """The formats that fit the project, each with the fields that it `loses`."""
        return self.get(f"/projects/{project}/deliveries/formats")["formats"]

    def quality_report(
        self,
        project: int,
        number: int,
        target: str | Path,
        *,
        format: str = "docx",  # noqa: A002
        language: str = "zh",
    ) -> Path:
        """Write a delivery's quality report to `target`: `format` html, docx or pdf; `language` zh, zh-Hant or en."""
        path = Path(target)
        report = api_path(f"/projects/{project}/deliveries/{number}/report", {"format": format, "language": language})
        with self._wire.answer("GET", report) as answer, path.open("wb") as file:
            shutil.copyfileobj(answer, file, CHUNK)
        return path

    def _upload(self, path: str, file: Path, options: Mapping[str, object]) -> Json:
        query = {"id": uuid.uuid4().hex, "filename": file.name, **options}
        answer = self._wire.send("POST", api_path(path, query), partial(file.open, "rb"), "application/octet-stream")
        return json.loads(answer)


def _with_mapping(options: Mapping[str, object]) -> dict[str, object]:
    mapping = options.get("mapping")
    return {**options, "mapping": json.dumps(mapping) if mapping is not None else None}
