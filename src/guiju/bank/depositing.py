"""What an accepted lot holds goes into the bank: asked for by the journal, carried out as a job, in chunks."""

from collections.abc import Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection

from guiju.bank import store
from guiju.bank.clusters import PLACELESS
from guiju.bank.consents.store import find_consented
from guiju.bank.finding.store import put_facets
from guiju.bank.grades import Graded, grade_of
from guiju.bank.model import Consented, Held, Rights
from guiju.bank.rules import allow, label_keys, lesser_rights
from guiju.bank.store import Deposit, Entry
from guiju.briefs import get_current_brief
from guiju.cleaning.personal import find_personal
from guiju.data import Media
from guiju.data.asides import find_withheld
from guiju.data.words import tokens_of
from guiju.inspection import Lot, LotNotFound, find_lot
from guiju.inspection.store import tallies
from guiju.kinds import decode_answers, kind_of
from guiju.kit import sha256_hex
from guiju.people import Act
from guiju.projects import Project, authorise
from guiju.rulebooks import get_published
from guiju.storage import Actor, Event, JobRun, JournalRow, Subscriber, Tx, ask_for_job

DEPOSIT = "bank.deposit"
CHUNK = 1_000
MOST_READ = 50_000
LANGUAGE_CHARACTERS = 2_000
WRITTEN_KINDS = frozenset({"text", "contribution"})
"""Answers in which people write: personal data is looked for in these too."""


def _on_accepted(tx: Tx, row: JournalRow) -> None:
    """A lot may hold 100,000 items, and the journal's readers hold the writer: only a job is asked for here."""
    ask_for_job(tx, DEPOSIT, {"lot": row.subject_id}, project_id=row.project_id, actor_id=row.actor_id)


def _on_consent(tx: Tx, row: JournalRow) -> None:
    """What was held back for want of a consent is deposited once more, and what was general without one is not."""
    for project_id, lot_id in store.deposited_lots(tx.connection, row.project_id):
        ask_for_job(tx, DEPOSIT, {"lot": lot_id}, project_id=project_id, actor_id=row.actor_id)


def refill_words(tx: Tx) -> None:
    """After a restore: the words are kept beside the tables, so every deposited lot is deposited once more."""
    for project_id, lot_id in store.deposited_lots(tx.connection):
        ask_for_job(tx, DEPOSIT, {"lot": lot_id}, project_id=project_id, actor_id=None)


SUBSCRIBERS = [
    Subscriber("bank.deposit", frozenset({"lot.accepted"}), _on_accepted),
    Subscriber("bank.consent", frozenset({"bank.consented"}), _on_consent),
]


@dataclass(frozen=True, slots=True)
class _Lot:
    """What all deposits of a lot share."""

    lot: Lot
    project: Project
    trade: str
    graded: Graded
    consent: Consented | None
    said: dict[tuple[int, str], "_Said"] = field(default_factory=dict[tuple[int, str], "_Said"])


@dataclass(frozen=True, slots=True)
class _Said:
    """What an answer under a rulebook says: many items have the same."""

    labels: dict[str, bool]
    kinds: tuple[str, ...]
    written: str


def run_deposit(run: JobRun) -> dict[str, object]:
    """Deposit the lot that the payload names. Run again it goes on behind its checkpoint, and changes nothing twice.

    Raises `LotNotFound`, `ProjectNotFound` when the project was deleted meanwhile.
    """
    state = run.checkpoint or {}
    after, counts = int(state.get("after", 0)), {str(key): int(n) for key, n in state.get("counts", {}).items()}
    with run.house.reading() as connection:
        shared = _read(run, connection)
    # While one chunk is written the next is read and cut into words: the writer and this thread are both busy.
    with ThreadPoolExecutor(1, thread_name_prefix="guiju-deposit") as writing:
        waiting: Future[None] | None = None
        while True:
            with run.house.reading() as connection:
                entries = store.read_entries(connection, shared.lot.id, after, CHUNK)
                deposits = _deposits(run, connection, shared, entries)
            if waiting is not None:
                waiting.result()
            if not entries:
                break
            after = entries[-1].item_id
            _count(counts, deposits)
            waiting = writing.submit(_advance, run, shared, deposits, {"after": after, "counts": dict(counts)})
    counts.setdefault("deposited", 0)
    run.advance(lambda tx: _tell(tx, run, shared.lot, counts), done=counts["deposited"])
    return {"lot": shared.lot.id, "grade": shared.graded.grade, **counts}


def _advance(run: JobRun, shared: _Lot, deposits: Sequence[Deposit], checkpoint: Mapping[str, Any]) -> None:
    done = checkpoint["counts"]["deposited"]
    run.advance(lambda tx: _put(tx, deposits), done=done, total=shared.lot.plan.lot, checkpoint=checkpoint)


def _put(tx: Tx, deposits: Sequence[Deposit]) -> None:
    put = store.put_deposits(tx, deposits)
    put_facets(tx, put.ids, known=put.known)


def _count(counts: dict[str, int], deposits: Sequence[Deposit]) -> None:
    """How many there are, how many of them general, how many held back and why."""
    counts["deposited"] = counts.get("deposited", 0) + len(deposits)
    for each in deposits:
        for key in (each.row["held"], "general" if each.row["rights"] == Rights.GENERAL else None):
            if key:
                counts[key] = counts.get(key, 0) + 1


def _read(run: JobRun, connection: Connection) -> _Lot:
    project_id, lot_id = int(run.job.project_id or 0), int(run.job.payload["lot"])
    trusted = Actor(run.job.created_by or 0, "", "", trusted=True)
    lot = find_lot(connection, project_id, lot_id)
    if lot is None:
        raise LotNotFound(lot=lot_id)
    project = authorise(connection, trusted, project_id, Act.SEE_PROJECT).project
    brief = get_current_brief(connection, project_id)
    judged, defective = tallies(connection, [lot_id], as_decided=True).get(lot_id, (0, 0))
    graded = grade_of(defective, judged, lot.plan.lot)
    consent = find_consented(connection, project_id, run.house.clock())
    return _Lot(lot, project, brief.trade if brief else "", graded, consent)


def _tell(tx: Tx, run: JobRun, lot: Lot, counts: dict[str, int]) -> None:
    tx.journal(Event(run.job.created_by, "bank.deposited", lot.project_id, lot.id, facts=counts))


def _deposits(run: JobRun, connection: Connection, shared: _Lot, entries: Sequence[Entry]) -> list[Deposit]:
    from guiju.cleaning.profiles.figures.languages import find_languages  # noqa: PLC0415 - NumPy, which only jobs need

    items = [entry.item_id for entry in entries]
    scenes = store.read_scenes_of(connection, shared.project.id, items)
    withheld = find_withheld(connection, items)
    texts = [_text(run, entry) for entry in entries]
    languages = find_languages([text[:LANGUAGE_CHARACTERS] for text in texts])
    made: list[Deposit] = []
    for entry, text, language in zip(entries, texts, languages, strict=True):
        said = _said(connection, shared, entry)
        told = {"scene": scenes.get(entry.item_id, ""), "language": "" if language == "none" else language}
        rights = _rights(shared, entry, f"{text}\n{said.written}", withheld=entry.item_id in withheld)
        words = [text if Media(entry.media).is_written else _own_name(entry, rights), *said.labels]
        made.append(Deposit(_row(shared, entry, said, told | rights), tuple(tokens_of(" ".join(words))), said.labels))
    return made


def _text(run: JobRun, entry: Entry) -> str:
    if not Media(entry.media).is_written:
        return ""
    return entry.body if entry.body is not None else run.house.blobs.read(entry.hash).decode()[:MOST_READ]


def _own_name(entry: Entry, rights: dict[str, Any]) -> str:
    """A file's name may tell whose it is: what is general is not found by it."""
    return entry.name if rights["rights"] != Rights.GENERAL else ""


def _said(connection: Connection, shared: _Lot, entry: Entry) -> _Said:
    key = (entry.rulebook_id, entry.answers)
    known = shared.said.get(key)
    if known is None:
        answers = decode_answers(entry.answers)
        labels = {label for answer in answers.values() for label in kind_of(answer).labels_of(answer)}
        kinds = tuple(sorted({kind_of(answer).name for answer in answers.values()}))
        written = entry.answers if WRITTEN_KINDS & set(kinds) else ""
        known = _Said(_labels(connection, entry, labels), kinds, written)
        if len(shared.said) < CHUNK:
            shared.said[key] = known
    return known


def _labels(connection: Connection, entry: Entry, ids: set[str]) -> dict[str, bool]:
    """Every label of the answers, by id and by its names in both languages."""
    rulebook = get_published(connection, entry.rulebook_id)
    keys: dict[str, bool] = {}
    for label in sorted(ids):
        known = rulebook.labels.get(label)
        for key, is_id in label_keys(label, list(known.name.values()) if known else []).items():
            keys[key] = keys.get(key, False) or is_id
    return keys


def _rights(shared: _Lot, entry: Entry, text: str, *, withheld: bool) -> dict[str, Any]:
    """Personal data is looked for only where it decides: in what may become general."""
    may_be = lesser_rights(entry.rights, shared.project.rights) is Rights.GENERAL and shared.consent is not None
    found = _personal(text) if may_be else {}
    allowed = allow(
        entry.rights,
        shared.project.rights,
        shared.consent,
        is_read=Media(entry.media).is_written,
        has_personal=bool(found) or withheld,
    )
    consent = allowed.consent
    return {
        "rights": allowed.rights.value,
        "held": allowed.held.value if allowed.held else None,
        "found": ",".join(f"{kind}:{n}" for kind, n in found.items()) if allowed.held is Held.PERSONAL else None,
        "consent_id": consent.id if consent else None,
        "until": consent.until if consent else None,
    }


def _personal(text: str) -> dict[str, int]:
    """How many places say something about a real person for certain, by kind."""
    found: dict[str, int] = {}
    for hit in find_personal(text):
        if hit.certain:
            found[hit.kind.value] = found.get(hit.kind.value, 0) + 1
    return found


def _row(shared: _Lot, entry: Entry, said: _Said, told: dict[str, Any]) -> dict[str, Any]:
    return {
        "project_id": shared.project.id,
        "project_name": shared.project.name,
        "lot_id": shared.lot.id,
        "item_id": entry.item_id,
        "resolution_id": entry.resolution_id,
        "rulebook_id": entry.rulebook_id,
        "customer": shared.project.customer,
        "hash": entry.hash,
        "trade": shared.trade[:40],
        "media": entry.media,
        "kinds": ",".join(said.kinds),
        "clauses": entry.clauses or "",
        "grade": shared.graded.grade,
        "said": _digest(entry, said),
        **told,
    }


def _digest(entry: Entry, said: _Said) -> str:
    """Equal where the answers are. One that points at places of its content is equal for the same content alone."""
    of = "" if PLACELESS.issuperset(said.kinds) else entry.hash
    return sha256_hex(f"{entry.answers}{of}".encode())[:32]


JOBS = {DEPOSIT: run_deposit}
