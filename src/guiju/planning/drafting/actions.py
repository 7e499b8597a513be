"""A text is read, shown as it would be sent, sent by a person's word, and what comes back is taken over by hand."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from urllib.error import HTTPError

import msgspec
from sqlalchemy import Connection

from guiju.briefs import Facet, get_brief, mark_of, parse_brief
from guiju.briefs.actions import save_written, starter_brief
from guiju.briefs.model import Brief, OpenQuestion
from guiju.kit import Refusal, sha256_hex
from guiju.people import Act
from guiju.planning.drafting import store
from guiju.planning.drafting.errors import (
    DraftNotFound,
    NoService,
    NothingTicked,
    SentAlready,
    SentElsewhere,
    ServiceRefused,
    ServiceSilent,
)
from guiju.planning.drafting.model import Draft, DraftState, Going, Proposal, Read
from guiju.planning.drafting.rules import (
    MOST_ANSWER,
    SYSTEM,
    clean_source,
    content_of,
    hold_against,
    joined,
    language_of,
    masked,
    one_line,
    personal_in,
    read_answer,
)
from guiju.projects import Standing, authorise
from guiju.storage import Actor, Event, House, JobRun, Tx, ask_for_job
from guiju.vectors.errors import EndpointFileWrong, OutsideSilent
from guiju.vectors.outside import Endpoint, find_chat
from guiju.vectors.posting import post, reason_of

DRAFT_BRIEF = "brief.draft"
TRIES = 3


@dataclass(frozen=True, slots=True)
class Desk:
    """The page on which drafts begin. `host` is empty where no service is named; `wrong` is what is wrong with it."""

    standing: Standing
    host: str
    model: str
    wrong: Refusal | None
    drafts: list[Draft]


def look_at_desk(house: House, actor: Actor, project_id: int) -> Desk:
    """What may be asked, and of whom."""
    with house.reading() as connection:
        standing = authorise(connection, actor, project_id, Act.WRITE_BRIEF)
        drafts = store.list_drafts(connection, project_id)
    try:
        endpoint = find_chat(house.home)
    except EndpointFileWrong as refusal:
        return Desk(standing, "", "", refusal, drafts)
    return Desk(standing, endpoint.host if endpoint else "", endpoint.chat if endpoint else "", None, drafts)


def _service(house: House) -> Endpoint:
    """Raises `NoService`, `EndpointFileWrong`."""
    endpoint = find_chat(house.home)
    if endpoint is None:
        raise NoService
    return endpoint


def keep_text(house: House, actor: Actor, project_id: int, *, request_id: str, text: str, name: str = "") -> int:
    """Keep a text to draft from; nothing is sent by it. Raises `NoService`, `TextEmpty`, `TextTooLong`."""
    with house.reading() as connection:
        authorise(connection, actor, project_id, Act.WRITE_BRIEF)
    _service(house)
    said = clean_source(text)

    def write(tx: Tx) -> int:
        authorise(tx.connection, actor, project_id, Act.WRITE_BRIEF)
        return tx.once(request_id, actor.id, f"brief.text.{project_id}", lambda: keep(tx))

    def keep(tx: Tx) -> int:
        made = store.insert_draft(tx, project_id, actor.id, name[:120], said)
        facts = {"digest": sha256_hex(said.encode()), "characters": len(said)}
        tx.journal(Event(actor.id, "brief.text-kept", project_id, made, facts=facts))
        return made

    return house.write(write)


@dataclass(frozen=True, slots=True)
class Seen:
    """A draft on its page: what would go out while it is not sent, what came back once it is there."""

    standing: Standing
    draft: Draft
    going: Going | None
    read: Read | None
    brief: Brief


def look_at_draft(house: House, actor: Actor, project_id: int, draft_id: int, *, mask: bool = True) -> Seen:
    """Raises `DraftNotFound`; `NoService` and `EndpointFileWrong` while it is not sent."""
    with house.reading() as connection:
        standing = authorise(connection, actor, project_id, Act.WRITE_BRIEF)
        draft = _get(connection, project_id, draft_id)
    going = _going(_service(house), draft, mask=mask) if draft.state is DraftState.READ else None
    _, current = get_brief(house, actor, project_id)
    brief = parse_brief(current.document if current else starter_brief(standing.project))
    return Seen(standing, draft, going, _read(draft), brief)


def _get(connection: Connection, project_id: int, draft_id: int) -> Draft:
    draft = store.find_draft(connection, project_id, draft_id)
    if draft is None:
        raise DraftNotFound(draft=draft_id)
    return draft


def _going(endpoint: Endpoint, draft: Draft, *, mask: bool) -> Going:
    said = masked(draft.text) if mask else draft.text
    url = f"{endpoint.url}/chat/completions"
    return Going(endpoint.host, url, endpoint.chat, content_of(said), personal_in(draft.text))


def _read(draft: Draft) -> Read | None:
    if draft.answer is None or draft.sent is None:
        return None
    return hold_against(msgspec.json.decode(draft.answer, type=Proposal), draft.sent)


def send_text(  # noqa: PLR0913 - what was agreed to is said in one call
    house: House,
    actor: Actor,
    project_id: int,
    draft_id: int,
    *,
    request_id: str,
    send_to: str,
    mask: bool = True,
    digest: str = "",
) -> int:
    """Send a text to the service that was shown; the job that waits for the answer.

    `digest` is that of the content as it was shown, where it was. Raises `DraftNotFound`, `SentElsewhere`,
    `SentAlready`, `NoService`, `EndpointFileWrong`.
    """
    with house.reading() as connection:
        authorise(connection, actor, project_id, Act.WRITE_BRIEF)
        draft = _get(connection, project_id, draft_id)
    endpoint = _service(house)
    content = _going(endpoint, draft, mask=mask).content
    if send_to != endpoint.host or (digest and digest != sha256_hex(content.encode())):
        raise SentElsewhere

    def send(tx: Tx) -> int:
        payload = {"draft": draft_id, "host": endpoint.host, "model": endpoint.chat}
        job = ask_for_job(tx, DRAFT_BRIEF, payload, project_id=project_id, actor_id=actor.id)
        told = {"host": endpoint.host, "model": endpoint.chat, "sent": masked(draft.text) if mask else draft.text}
        if not store.turn(tx, draft_id, DraftState.READ, state=DraftState.SENT, job_id=job, **told):
            raise SentAlready
        facts = {"host": endpoint.host, "model": endpoint.chat, "masked": mask, "digest": sha256_hex(content.encode())}
        tx.journal(Event(actor.id, "brief.text-sent", project_id, draft_id, facts=facts))
        return job

    def write(tx: Tx) -> int:
        authorise(tx.connection, actor, project_id, Act.WRITE_BRIEF)
        return tx.once(request_id, actor.id, f"brief.text-send.{draft_id}", lambda: send(tx))

    return house.write(write)


def run_draft(run: JobRun) -> dict[str, object]:
    """The job: one request, its answer checked and kept. What fails is kept as the draft's end, and changes nothing."""
    project_id, draft_id = int(run.job.project_id or 0), int(run.job.payload["draft"])
    with run.house.reading() as connection:
        draft = store.find_draft(connection, project_id, draft_id)
    if draft is None or draft.state is not DraftState.SENT or draft.sent is None:
        return {"sentences": 0}
    try:
        proposal = _ask(run.house, draft)
    except Refusal as refusal:
        details = {key: str(value) for key, value in refusal.details.items()}
        failed = {"code": refusal.code, "sentence": refusal.sentence, "next": refusal.next_step, "details": details}
        values = {"state": DraftState.FAILED, "failed": msgspec.json.encode(failed).decode()}
        facts = {"code": refusal.code}
        run.advance(lambda tx: _end(tx, draft, "brief.draft-failed", facts, values), done=1, total=1)
        raise
    sentences = sum(len(each.sentences) for each in proposal.facets)
    values = {"state": DraftState.READY, "answer": msgspec.json.encode(proposal).decode()}
    came = {"sentences": sentences, "questions": len(proposal.questions)}
    run.advance(lambda tx: _end(tx, draft, "brief.draft-came", came, values), done=1, total=1)
    return {"sentences": sentences}


def _end(tx: Tx, draft: Draft, action: str, facts: Mapping[str, object], values: Mapping[str, object]) -> None:
    store.turn(tx, draft.id, DraftState.SENT, **values)
    tx.journal(Event(draft.made_by, action, draft.project_id, draft.id, facts=facts))


def _ask(house: House, draft: Draft) -> Proposal:
    endpoint = _service(house)
    if (endpoint.host, endpoint.chat) != (draft.host, draft.model):
        raise SentElsewhere
    said = [{"role": "system", "content": SYSTEM}, {"role": "user", "content": content_of(draft.sent or "")}]
    body = msgspec.json.encode({"model": endpoint.chat, "messages": said, "temperature": 0})
    try:
        content = post(endpoint, "/chat/completions", body, most=MOST_ANSWER, tries=TRIES)
    except OutsideSilent as error:
        raise ServiceSilent(host=endpoint.host, tries=TRIES, reason=error.details["reason"]) from error
    except HTTPError as error:
        reason = reason_of(error, endpoint)
        raise ServiceRefused(host=endpoint.host, status=error.code, reason=reason) from error
    return read_answer(content, endpoint.host)


def take_over(
    house: House, actor: Actor, project_id: int, draft_id: int, *, request_id: str, facet: Facet, chosen: Sequence[str]
) -> int:
    """Put chosen sentences at the end of a facet, as whoever does it has them before them; how many.

    They may have been changed on the page. Raises `DraftNotFound`, `NothingTicked`, `BriefConflict`.
    """
    sentences = list(dict.fromkeys(one_line(each)[:600] for each in chosen if one_line(each)))
    brief, started = _for_writing(house, actor, project_id, draft_id, sentences)
    texts = dict(brief.facets.get(facet, {}))
    for language in ("zh", "en"):
        new = [each for each in sentences if language_of(each) == language]
        if new:
            texts[language] = joined(texts.get(language, ""), new, language)
    changed = replace(brief, facets={**brief.facets, facet: texts})
    return _save(house, actor, project_id, draft_id, changed, started, request_id, facet.value, len(sentences))


def take_question(
    house: House, actor: Actor, project_id: int, draft_id: int, *, request_id: str, facet: Facet, text: str
) -> int:
    """Put a question among the brief's open ones. Raises `DraftNotFound`, `NothingTicked`, `BriefConflict`."""
    said = one_line(text)[:400]
    brief, started = _for_writing(house, actor, project_id, draft_id, [said] if said else [])
    known = any(each.text == said for each in brief.questions)
    asked = brief.questions if known else (*brief.questions, OpenQuestion(said, facet=facet.value))
    changed = replace(brief, questions=asked)
    return _save(house, actor, project_id, draft_id, changed, started, request_id, "questions", 1)


def _for_writing(
    house: House, actor: Actor, project_id: int, draft_id: int, chosen: Sequence[str]
) -> tuple[Brief, tuple[int, int] | None]:
    with house.reading() as connection:
        standing = authorise(connection, actor, project_id, Act.WRITE_BRIEF)
        _get(connection, project_id, draft_id)
    if not chosen:
        raise NothingTicked
    _, current = get_brief(house, actor, project_id)
    return parse_brief(current.document if current else starter_brief(standing.project)), mark_of(current)


def _save(  # noqa: PLR0913, PLR0917 - a save and its journal
    house: House,
    actor: Actor,
    project_id: int,
    draft_id: int,
    brief: Brief,
    started: tuple[int, int] | None,
    request_id: str,
    place: str,
    count: int,
) -> int:
    save_written(house, actor, project_id, brief=brief, started_from=started, request_id=request_id)

    def write(tx: Tx) -> int:
        authorise(tx.connection, actor, project_id, Act.WRITE_BRIEF)
        return tx.once(f"{request_id[:58]}-note", actor.id, f"brief.draft-taken.{draft_id}", lambda: note(tx))

    def note(tx: Tx) -> int:
        facts = {"place": place, "count": count}
        tx.journal(Event(actor.id, "brief.draft-taken", project_id, draft_id, facts=facts))
        return count

    return house.write(write)


def delete_draft(house: House, actor: Actor, project_id: int, draft_id: int) -> None:
    """Forget a text and its draft; what was taken over stays in the brief. Raises `DraftNotFound`."""

    def write(tx: Tx) -> None:
        authorise(tx.connection, actor, project_id, Act.WRITE_BRIEF)
        _get(tx.connection, project_id, draft_id)
        store.delete_draft(tx, draft_id)
        tx.journal(Event(actor.id, "brief.text-deleted", project_id, draft_id))

    house.write(write)
