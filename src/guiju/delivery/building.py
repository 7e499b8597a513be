"""The job that builds a package. What it reads was frozen when it was asked for, so it can be run again."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path

import msgspec
from sqlalchemy import Connection

from guiju.data import Media
from guiju.delivery import store
from guiju.delivery.actions import BUILD
from guiju.delivery.changes import list_changes
from guiju.delivery.croissant import Described, write_croissant
from guiju.delivery.errors import DeliveryNotFound
from guiju.delivery.formats import Source, get_format
from guiju.delivery.model import Delivery, DeliveryState, Frozen, Label, Row, Summary
from guiju.delivery.packing import Known, Pieces, named_part, pack, read_pieces, safe_names
from guiju.delivery.personal import Personal, look_for_personal
from guiju.delivery.plain import as_markdown
from guiju.delivery.report import Report, acceptance_result, gate_result, lot_result, rulebook_of, sum_accepted
from guiju.delivery.surveying import Survey, survey
from guiju.delivery.writing import document_of
from guiju.inspection import list_decided_lots, list_defects
from guiju.inspection.acceptance import signed_acceptances
from guiju.kit import N_, Words
from guiju.people import Act
from guiju.projects import Project, authorise
from guiju.rulebooks import CompiledRulebook, get_document, get_published
from guiju.site import words_for
from guiju.site.documents import render
from guiju.storage import Actor, Event, JobRun, Tx
from guiju.storage.full import writing_files
from guiju.work import list_gate_decisions

ADVANCE_EVERY = 10_000
LANGUAGES = ("zh-Hans", "en")
_WRITTEN = frozenset(media.value for media in Media if media.is_written)


def run_build(run: JobRun) -> dict[str, object]:
    """Build the package that the job's payload names; returns its hash, its size and how many items it holds.

    A package has its name only once it is whole: what a full disk or a kill leaves behind is removed, and never stored.
    """
    frozen = msgspec.convert(run.job.payload, Frozen)
    with run.house.reading() as connection:
        asked = store.find_delivery(connection, frozen.delivery)
    if asked is None:
        raise DeliveryNotFound(delivery=frozen.delivery)
    target = run.house.scratch / f"delivery-{asked.id}.zip"
    ledger = target.with_suffix(".ledger")
    try:
        with writing_files():
            build = _Build(run, asked, frozen, survey(run, asked, frozen, ledger))
            build.write(target)
        kept, _ = _store(run, ledger)
        blob, size = _store(run, target)
        built = {"blob": blob, "size": size, "items": build.items, "ledger": kept, "summary": build.summary()}
        run.advance(lambda tx: _finish(tx, asked, built), done=build.items, total=build.items)
    except BaseException:
        run.house.write(lambda tx: store.update_delivery(tx, asked.id, state=DeliveryState.FAILED))
        raise
    finally:
        target.unlink(missing_ok=True)
        ledger.unlink(missing_ok=True)
    return {"delivery": asked.id, "number": asked.number, "sha256": blob, "size": size, "items": build.items}


def _store(run: JobRun, path: Path) -> tuple[str, int]:
    with path.open("rb") as file:
        return run.house.blobs.put_stream(read_pieces(file))


def _finish(tx: Tx, asked: Delivery, built: Mapping[str, object]) -> None:
    store.update_delivery(tx, asked.id, state=DeliveryState.READY, **built)
    facts = {"sha256": built["blob"], "items": built["items"]}
    tx.journal(Event(asked.created_by, "delivery.built", asked.project_id, asked.id, facts=facts))


class _Build:
    """One run: what it reads, and what it learns from the rows while they are written."""

    def __init__(self, run: JobRun, asked: Delivery, frozen: Frozen, found: Survey) -> None:
        self._run, self._house, self._asked, self._frozen, self._found = run, run.house, asked, frozen, found
        self._actor = Actor(asked.created_by, "", "", trusted=True)
        with self._house.reading() as connection:
            self._project: Project = authorise(connection, self._actor, asked.project_id, Act.DELIVER).project
            self._rulebook: CompiledRulebook = get_published(connection, asked.rulebook_id)
        self._format = get_format(asked.format)
        self._versions: dict[int, str] = {}
        self._personal: Personal | None = None
        self._told_of: Report | None = None
        self._texts = False
        self.items = sum(found.goes_in(place) for place in range(len(found.part)))

    def write(self, target: Path) -> None:
        """Write the package."""
        pack(target, self._streams(), self._describe, self._croissant, self._manifest)

    def summary(self) -> str:
        found = self._found
        left_out = dict(sorted(Counter(why for _, why in found.left_out).items()))
        personal = {one.kind: one.items for one in self._personal.found} if self._personal else {}
        losses = tuple(one.field for one in self._format.losses(self._rulebook.fields))
        said = Summary(found.parts, found.groups, left_out, found.count_changes(), personal, losses)
        return msgspec.json.encode(said).decode()

    def _streams(self) -> dict[str, Pieces]:
        """Every file that is written piece by piece; with parts one of each for every part."""
        chosen, whole = self._format, self._source(None)
        named = {chosen.file: chosen.write, **chosen.beside}
        streams: dict[str, Pieces] = {}
        if not self._found.parts or chosen.parts_itself:
            streams |= {name: partial(write, whole) for name, write in named.items()}
        else:
            for place, part in enumerate(self._found.parts):
                source = self._source(place)
                streams |= {named_part(name, part.name): partial(write, source) for name, write in named.items()}
        streams |= {name: partial(write, whole) for name, write in chosen.once.items()}
        if self._found.left_out:
            streams["not_delivered.jsonl"] = self._not_delivered
        if self._found.since:
            streams["changes.jsonl"] = self._changes
        return streams

    def _source(self, part: int | None) -> Source:
        rows = partial(self._rows, part)
        return Source(
            self._project.name,
            self._rulebook.version,
            _labels(self._rulebook),
            self._rulebook.fields,
            rows,
            tuple(one.name for one in self._found.parts),
        )

    def _rows(self, part: int | None = None) -> Iterator[Row]:
        """The rows of a part or of the whole, from the beginning; cancelling is looked after on the way."""
        return (row for _, row in self._all(lambda place: self._found.goes_in(place, part)))

    def _all(self, wanted: Callable[[int], bool] | None = None) -> Iterator[tuple[int, Row]]:
        """The rows with their places, of those that are wanted: what does not go in has no text read for it."""
        with self._house.reading() as connection:
            heads = store.read_rows(connection, self._asked, self._frozen.last_resolution)
            for place, (_, name, *content, answers, rulebook, accepted) in enumerate(heads):
                if place % ADVANCE_EVERY == 0:
                    self._run.advance(done=place, total=len(self._found.part))
                if wanted is not None and not wanted(place):
                    continue
                part = self._found.part[place]
                said = (answers, self._version(connection, rulebook), bool(accepted))
                own = self._found.parts[part].name if part >= 0 and self._found.parts else None
                yield place, self._row(name, content, said, own)

    def _version(self, connection: Connection, rulebook: int) -> str:
        known = self._versions.get(rulebook)
        return known or self._versions.setdefault(rulebook, get_published(connection, rulebook).version)

    def _not_delivered(self) -> Iterator[bytes]:
        why = dict(self._found.left_out)
        for place, row in self._all(why.__contains__):
            yield _line({"name": row.name, "sha256": row.hash, "why": why[place]})

    def _changes(self) -> Iterator[bytes]:
        yield from (_line(one) for one in list_changes(self._house, self._found, self._all()))

    def _row(self, name: str, content: list[object], said: tuple[str, str, bool], part: str | None) -> Row:
        key, media, media_type, body, *measures = content
        inline = body is not None or media not in _WRITTEN
        text = body if inline else self._house.blobs.read(str(key)).decode()
        self._texts = self._texts or text is not None
        return Row(name, key, media, media_type, text, *measures, *said, part)  # type: ignore[arg-type]

    def _describe(self) -> tuple[Mapping[str, bytes], Mapping[str, Known]]:
        if self._asked.terms.personal:
            self._personal = look_for_personal(self._rows())
        with self._house.reading() as connection:
            report = self._told_of = self._report(connection)
        document = get_document(self._house, self._actor, self._asked.project_id, self._asked.rulebook_id).document
        languages = [words_for(locale) for locale in LANGUAGES]
        documents = [document_of(report, words) for words in languages]
        small = {
            "data_card.md": "\n\n---\n\n".join(self._card(words) for words in languages).encode() + b"\n",
            "quality_report.json": msgspec.json.format(msgspec.json.encode(report), indent=2) + b"\n",
            "quality_report.md": "\n\n---\n\n".join(as_markdown(one) for one in documents).encode() + b"\n",
            "quality_report.zh.html": render(documents[0], "html"),
            "quality_report.en.html": render(documents[1], "html"),
            "rulebook.md": document.encode(),
        }
        rows = (row for row in self._rows() if not Media(row.media).is_written) if self._asked.with_media else ()
        files = [(row.name, row.hash, row.size) for row in rows]
        names = safe_names(name for name, _, _ in files)
        media = zip(names, files, strict=True)
        return small, {f"media/{name}": self._medium(sha256, size) for name, (_, sha256, size) in media}

    def _medium(self, sha256: str, size: int) -> Known:
        return Known(sha256, size, lambda: read_pieces(self._house.blobs.open(sha256)))

    def _report(self, connection: Connection) -> Report:
        asked, found = self._asked, self._found
        rows = list_decided_lots(connection, asked.project_id, asked.as_of)
        numbers = {row.lot.id: row.lot.number for row in rows}
        lots = [lot_result(row, list_defects(connection, row.lot.id), numbers) for row in rows]
        signed = signed_acceptances(connection, asked.project_id, asked.as_of)
        decided = [one for one in list_gate_decisions(connection, asked.project_id) if one.at <= self._frozen.at]
        return Report(
            asked.format,
            self._project.name,
            self._project.customer,
            rulebook_of(self._rulebook),
            asked.include.value,
            self.items,
            lots,
            sum_accepted(lots),
            [gate_result(one) for one in decided],
            self._frozen.open_questions,
            self._personal,
            {self._version(connection, one): found.rulebooks[one] for one in sorted(found.rulebooks)},
            msgspec.to_builtins(asked.terms),
            found.parts,
            found.groups,
            dict(sorted(Counter(why for _, why in found.left_out).items())),
            found.count_changes(),
            self._format.losses(self._rulebook.fields),
            store.is_searched(connection, asked.project_id),
            tuple(acceptance_result(one, self._frozen.at) for one in signed),
        )

    def _card(self, t: Words) -> str:
        title = self._rulebook.rulebook.title
        lines = [
            "# " + t(N_("Data card: {project}"), project=self._project.name),
            "",
            t(
                N_("- What: {items} items annotated under “{rulebook}” {version}"),
                items=self.items,
                rulebook=_both(title),
                version=self._rulebook.version,
            ),
            t(N_("- For whom: {customer}"), customer=self._project.customer or "–"),
            t(N_("- Rights: {rights}"), rights=self._project.rights),
            t(
                N_("- Labels: {labels}"),
                labels=", ".join(f"{each.id} ({_both(each.name)})" for each in self._rulebook.labels.values()),
            ),
            t(N_("- Quality: see quality_report.md; every file's SHA-256 is in manifest.json.")),
        ]
        return "\n".join(lines)

    def _told(self) -> dict[str, object]:
        """What the package was asked to be and turned out to be, as far as it is not the plain whole."""
        found, terms = self._found, self._asked.terms
        told: dict[str, object] = {}
        if terms.splits:
            told |= {"splits": terms.splits, "parts": found.parts, "groups": found.groups}
        if terms.since is not None:
            told |= {"since": terms.since, "changes": found.count_changes()}
        if terms.lots:
            told["lots"] = sorted(terms.lots)
        if found.left_out:
            told["not_delivered"] = dict(sorted(Counter(why for _, why in found.left_out).items()))
        return told

    def _croissant(self, files: Mapping[str, dict[str, object]]) -> bytes:
        assert self._told_of is not None, "what a package holds is described before its card"
        with self._house.reading() as connection:
            licences = store.list_licences(connection, self._project.id)
        about = Described(_both(self._rulebook.rulebook.title), self._project.rights, licences, self._texts)
        return write_croissant(self._told_of, about, files, self._rulebook.fields)

    def _manifest(self, files: Mapping[str, dict[str, object]]) -> bytes:
        said = {
            "guiju": 1,
            "project": self._project.name,
            "format": self._asked.format,
            "include": self._asked.include.value,
            "items": self.items,
            "rulebook": rulebook_of(self._rulebook),
            **self._told(),
            "files": files,
        }
        return msgspec.json.format(msgspec.json.encode(said, order="deterministic"), indent=2) + b"\n"


def _line(said: Mapping[str, object]) -> bytes:
    return msgspec.json.encode(said) + b"\n"


def _both(text: Mapping[str, str]) -> str:
    return " | ".join(said for said in (text.get("zh"), text.get("en")) if said)


def _labels(rulebook: CompiledRulebook) -> tuple[Label, ...]:
    return tuple(Label(each.id, each.name.get("zh", ""), each.name.get("en", "")) for each in rulebook.labels.values())


JOBS = {BUILD: run_build}
