"""The job that withdraws: it finds ring by ring, removes in chunks, and goes on where it was when it is killed."""

import time
from collections.abc import Sequence

import msgspec

from guiju.bank import store as deposits
from guiju.bank import tables as t
from guiju.bank.withdrawing import store
from guiju.bank.withdrawing.errors import WithdrawalNotFound
from guiju.bank.withdrawing.model import Extent, Removed, Withdrawal
from guiju.bank.withdrawing.scrubbing import scrub_items, scrub_quotes, scrub_sources
from guiju.bank.withdrawing.store import Gone
from guiju.collecting.actions import forget
from guiju.data import AsideReason, set_aside
from guiju.data.store import find_unreferred
from guiju.data.tombstones import put_tombstones, unname_sources
from guiju.delivery.ledgers import read_ledger
from guiju.delivery.store import withdraw_package
from guiju.findings.search.tables import item_words
from guiju.scenes.reading import FORGET
from guiju.storage import Event, House, JobRun, Tx, ask_for_job
from guiju.storage.erasing import overwrite_deleted, settle
from guiju.storage.jobs import StoodBackError

WITHDRAW = "bank.withdraw"
CHUNK = 300
CONTENTS = 200
PATIENCE = 1.0


def run_withdrawal(run: JobRun) -> dict[str, object]:
    """Withdraw what the payload names. Raises `WithdrawalNotFound`."""
    with run.house.reading() as connection:
        one = store.find(connection, int(run.job.payload["withdrawal"]))
    if one is None:
        raise WithdrawalNotFound(withdrawal=run.job.payload["withdrawal"])
    removed = one.report or Removed()
    if not (run.checkpoint or {}).get("found"):
        _find(run, one, removed)
    _find_packages(run, one)
    _remove(run, one, removed)
    _remove_contents(run, one, removed)
    _remove_packages(run, one, removed)
    settle(run.house.database, [t.deposit_words, item_words])
    _end(run, one, removed)
    return {"withdrawal": one.id, **msgspec.to_builtins(removed)}


FOUND = {"found": True}


def _save(tx: Tx, one: Withdrawal, removed: Removed) -> None:
    """The report so far, in the transaction of what it tells: it is right after any crash."""
    store.update_withdrawal(tx, one.id, report=msgspec.json.encode(removed).decode())


def _find(run: JobRun, one: Withdrawal, removed: Removed) -> None:
    """Ring after ring, until a ring brings nothing new."""

    def begin(tx: Tx) -> None:
        store.update_withdrawal(tx, one.id, state="finding")
        removed.covered += store.cover_draws(tx, one)
        if one.extent is Extent.GENERAL:
            removed.consents = store.narrow_origin(tx, one)
        store.find_origin(tx, one)

    run.advance(begin, done=0)
    while run.house.write(lambda tx: store.find_further(tx, one) or store.find_copies(tx, one)):
        pass
    with run.house.reading() as connection:
        removed.items = store.count_items(connection, one.id)

    def found(tx: Tx) -> None:
        store.update_withdrawal(tx, one.id, state="removing")
        _save(tx, one, removed)

    run.advance(found, done=0, total=sum(removed.items.values()), checkpoint=FOUND)


def _find_packages(run: JobRun, one: Withdrawal) -> None:
    """Which deliveries held any of it: by their ledgers, which tell items by number."""
    house = run.house
    with house.reading() as connection:
        projects = store.projects_met(connection, one.id)
    for project_id in projects:
        with house.reading() as connection:
            packages = store.ready_packages(connection, project_id)
            mine = store.items_in(connection, one.id, project_id)
        for delivery_id, blob, ledger in packages:
            held = sum(entry.item in mine for entry in read_ledger(house, ledger)) if ledger else len(mine)
            if held:
                told = (one.id, delivery_id, held, blob)
                house.write(lambda tx, told=told: store.put_package(tx, *told))


def _remove(run: JobRun, one: Withdrawal, removed: Removed) -> None:
    """Rows first: from then on nobody is shown any of it."""
    done = 0
    while True:
        with run.house.reading() as connection:
            rows = store.next_items(connection, one.id, CHUNK)
        if not rows:
            return
        done += len(rows)
        run.advance(lambda tx, rows=rows: _remove_some(tx, one, rows, removed), done=done)


def _remove_some(tx: Tx, one: Withdrawal, rows: Sequence[Gone], removed: Removed) -> None:
    overwrite_deleted(tx)
    items = [row.item_id for row in rows]
    projects = sorted({row.project_id for row in rows})
    removed.deposits += deposits.remove_deposits(tx, store.deposits_of(tx.connection, items))
    scrub_items(tx, items, removed.rows)
    scrub_sources(tx, sorted({row.source_id for row in rows}), removed.rows)
    scrub_quotes(tx, projects, [row.body for row in rows if row.body], removed.rows)
    item_words.drop(tx, items)
    for project_id in projects:
        mine = [row.item_id for row in rows if row.project_id == project_id]
        set_aside(tx, project_id, mine, AsideReason.CONSENT, cause=f"withdrawal:{one.id}", by=None)
    put_tombstones(tx, items)
    store.mark_removed(tx, one.id, items)
    _save(tx, one, removed)


def _remove_contents(run: JobRun, one: Withdrawal, removed: Removed) -> None:
    """Files go when nothing else refers to them; who has the same content by themselves keeps it, and it is counted."""
    house = run.house
    while True:
        with house.reading() as connection:
            rows = store.next_contents(connection, one.id, CONTENTS)
            given = store.contributed_to(connection, [row[0] for row in rows])
        if not rows:
            return
        hashes = sorted({*(row[1] for row in rows), *given})
        there = [key for key in hashes if house.blobs.exists(key)]
        forget(house, given)
        free = house.write(lambda tx, keys=hashes: _delete_contents(house, tx, keys))
        if there and not free and _is_importing(house):
            time.sleep(PATIENCE)
            raise StoodBackError  # an import may be about to refer to one of them
        removed.contents += sum(not house.blobs.exists(key) for key in there)
        removed.kept_contents += sum(house.blobs.exists(key) for key in there)
        removed.cached += sum(_forget_cached(house, key) for key in free)
        items = [row[0] for row in rows]

        def settled(tx: Tx, items: Sequence[int] = items) -> None:
            store.settle_contents(tx, one.id, items)
            _save(tx, one, removed)

        run.advance(settled, done=sum(removed.items.values()))


def _delete_contents(house: House, tx: Tx, hashes: Sequence[str]) -> set[str]:
    free = find_unreferred(tx.connection, hashes)
    for key in free:
        house.blobs.delete(key)
    return free


def _is_importing(house: House) -> bool:
    with house.reading() as connection:
        return not find_unreferred(connection, ["0" * 64])


def _forget_cached(house: House, key: str) -> int:
    """Thumbnails, tiles, waves: whatever was drawn from the content."""
    drawn = list((house.home / "cache" / key[:2]).glob(f"{key}.*"))
    for each in drawn:
        each.unlink(missing_ok=True)
    return len(drawn)


def _remove_packages(run: JobRun, one: Withdrawal, removed: Removed) -> None:
    house = run.house
    with house.reading() as connection:
        left = store.packages_left(connection, one.id)
    for delivery_id, sha256 in left:
        if house.write(lambda tx, which=(delivery_id, sha256): withdraw_package(tx, *which)):
            house.blobs.delete(sha256)
        removed.packages += 1

        def marked(tx: Tx, delivery_id: int = delivery_id) -> None:
            store.mark_package(tx, one.id, delivery_id)
            _save(tx, one, removed)

        run.advance(marked, done=sum(removed.items.values()))


def _end(run: JobRun, one: Withdrawal, removed: Removed) -> None:
    def write(tx: Tx) -> None:
        sources = store.sources_met(tx.connection, one.id)
        unname_sources(tx, store.sources_emptied(tx.connection, sources))
        projects = store.projects_met(tx.connection, one.id)
        for project_id in projects:
            ask_for_job(tx, FORGET, {}, project_id=project_id, actor_id=run.job.created_by)
        store.update_withdrawal(tx, one.id, state="done", done_at=tx.at)
        facts = {"items": sum(removed.items.values()), "deposits": removed.deposits, "packages": removed.packages}
        tx.journal(Event(run.job.created_by, "bank.withdrawn", None, one.id, facts=facts))

    run.advance(write, done=sum(removed.items.values()))


JOBS = {WITHDRAW: run_withdrawal}
