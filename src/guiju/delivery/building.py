"""The job that builds a package. What it reads was frozen when it was asked for, so it can be run again."""

from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path

import msgspec
from sqlalchemy import Connection

from guiju.data import Media
from guiju.delivery import store
from guiju.delivery.actions import BUILD
from guiju.delivery.errors import DeliveryNotFound
from guiju.delivery.formats import Source, get_format
from guiju.delivery.model import Delivery, DeliveryState, Frozen, Label, Row
from guiju.delivery.packing import Known, pack, read_pieces, safe_names
from guiju.delivery.report import Report, gate_result, lot_result, render_report, rulebook_of, sum_accepted
from guiju.inspection import list_decided_lots, list_defects
from guiju.kit import N_, Words
from guiju.people import Act
from guiju.projects import Project, authorise
from guiju.rulebooks import CompiledRulebook, get_document, get_published
from guiju.site import words_for
from guiju.storage import Actor, Event, JobRun, Tx
from guiju.work import list_gate_decisions

ADVANCE_EVERY = 10_000
LANGUAGES = ("zh-Hans", "en")


def run_build(run: JobRun) -> dict[str, object]:
    """Build the package that the job's payload names; returns its hash, its size and how many items it holds."""
    frozen = msgspec.convert(run.job.payload, Frozen)
    with run.house.reading() as connection:
        asked = store.find_delivery(connection, frozen.delivery)
    if asked is None:
        raise DeliveryNotFound(delivery=frozen.delivery)
    target = run.house.scratch / f"delivery-{asked.id}.zip"
    try:
        items = _Build(run, asked, frozen).write(target)
        with target.open("rb") as package:
            blob, size = run.house.blobs.put_stream(read_pieces(package))
        run.advance(lambda tx: _finish(tx, asked, blob, size, items), done=items, total=items)
    except BaseException:
        run.house.write(lambda tx: store.update_delivery(tx, asked.id, state=DeliveryState.FAILED))
        raise
    finally:
        target.unlink(missing_ok=True)
    return {"delivery": asked.id, "number": asked.number, "sha256": blob, "size": size, "items": items}


def _finish(tx: Tx, asked: Delivery, blob: str, size: int, items: int) -> None:
    store.update_delivery(tx, asked.id, state=DeliveryState.READY, blob=blob, size=size, items=items)
    facts = {"sha256": blob, "items": items}
    tx.journal(Event(asked.created_by, "delivery.built", asked.project_id, asked.id, facts=facts))


class _Build:
    """One run: what it reads, and what it learns from the rows while they are written."""

    def __init__(self, run: JobRun, asked: Delivery, frozen: Frozen) -> None:
        self._run, self._house, self._asked, self._frozen = run, run.house, asked, frozen
        self._actor = Actor(asked.created_by, "", "", trusted=True)
        with self._house.reading() as connection:
            self._project: Project = authorise(connection, self._actor, asked.project_id, Act.DELIVER).project
            self._rulebook: CompiledRulebook = get_published(connection, asked.rulebook_id)
        self._items = 0
        self._media: list[Row] = []

    def write(self, target: Path) -> int:
        """Write the package; returns how many items it holds."""
        chosen = get_format(self._asked.format)
        source = Source(
            self._project.name, self._rulebook.version, _labels(self._rulebook), self._rulebook.fields, self._rows
        )
        streams = {name: partial(write, source) for name, write in {chosen.file: chosen.write, **chosen.beside}.items()}
        pack(target, streams, self._describe, self._manifest)
        return self._items

    def _rows(self) -> Iterator[Row]:
        """The rows from the beginning; progress and cancelling are looked after on the way."""
        self._items, self._media = 0, []
        versions: dict[int, str] = {}
        with self._house.reading() as connection:
            for _, name, *content, answers, rulebook, accepted in store.read_rows(
                connection, self._asked, self._frozen.last_resolution
            ):
                version = versions.get(rulebook) or versions.setdefault(
                    rulebook, get_published(connection, rulebook).version
                )
                row = self._row(name, content, (answers, version, bool(accepted)))
                self._items += 1
                if self._asked.with_media and not Media(row.media).is_written:
                    self._media.append(row)
                if self._items % ADVANCE_EVERY == 0:
                    self._run.advance(done=self._items)
                yield row

    def _row(self, name: str, content: list[object], said: tuple[str, str, bool]) -> Row:
        key, media, media_type, body, *measures = content
        inline = body is not None or not Media(str(media)).is_written
        text = body if inline else self._house.blobs.read(str(key)).decode()
        return Row(name, key, media, media_type, text, *measures, *said)  # type: ignore[arg-type]

    def _describe(self) -> tuple[Mapping[str, bytes], Mapping[str, Known]]:
        with self._house.reading() as connection:
            report = self._report(connection)
        document = get_document(self._house, self._actor, self._asked.project_id, self._asked.rulebook_id).document
        languages = [words_for(locale) for locale in LANGUAGES]
        small = {
            "data_card.md": "\n\n---\n\n".join(self._card(words) for words in languages).encode() + b"\n",
            "quality_report.json": msgspec.json.format(msgspec.json.encode(report), indent=2) + b"\n",
            "quality_report.md": render_report(report, languages),
            "rulebook.md": document.encode(),
        }
        names = safe_names(row.name for row in self._media)
        pictures = {f"media/{name}": self._picture(row) for name, row in zip(names, self._media, strict=True)}
        return small, pictures

    def _picture(self, row: Row) -> Known:
        def pieces() -> Iterator[bytes]:
            return read_pieces(self._house.blobs.open(row.hash))

        return Known(row.hash, row.size, pieces)

    def _report(self, connection: Connection) -> Report:
        asked = self._asked
        rows = list_decided_lots(connection, asked.project_id, asked.as_of)
        numbers = {row.lot.id: row.lot.number for row in rows}
        lots = [lot_result(row, list_defects(connection, row.lot.id), numbers) for row in rows]
        decided = [one for one in list_gate_decisions(connection, asked.project_id) if one.at <= self._frozen.at]
        return Report(
            asked.format,
            self._project.name,
            self._project.customer,
            rulebook_of(self._rulebook),
            asked.include.value,
            self._items,
            lots,
            sum_accepted(lots),
            [gate_result(one) for one in decided],
            self._frozen.open_questions,
        )

    def _card(self, t: Words) -> str:
        title = self._rulebook.rulebook.title
        lines = [
            "# " + t(N_("Data card: {project}"), project=self._project.name),
            "",
            t(
                N_("- What: {items} items annotated under “{rulebook}” {version}"),
                items=self._items,
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

    def _manifest(self, files: Mapping[str, dict[str, object]]) -> bytes:
        said = {
            "guiju": 1,
            "project": self._project.name,
            "format": self._asked.format,
            "include": self._asked.include.value,
            "items": self._items,
            "rulebook": rulebook_of(self._rulebook),
            "files": files,
        }
        return msgspec.json.format(msgspec.json.encode(said, order="deterministic"), indent=2) + b"\n"


def _both(text: Mapping[str, str]) -> str:
    return " | ".join(said for said in (text.get("zh"), text.get("en")) if said)


def _labels(rulebook: CompiledRulebook) -> tuple[Label, ...]:
    return tuple(Label(each.id, each.name.get("zh", ""), each.name.get("en", "")) for each in rulebook.labels.values())


JOBS = {BUILD: run_build}
