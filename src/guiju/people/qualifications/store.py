"""SQL of certificates. Whether somebody holds one is asked whenever a round that wants it gives an item."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Connection, bindparam, insert, select, update

from guiju.people.qualifications.model import Certificate, Lapse
from guiju.people.tables import qualification
from guiju.storage import Prepared, Tx

_q = qualification.c
_COLUMNS = (
    _q.id,
    _q.account_id,
    _q.project_id,
    _q.rulebook_id,
    _q.version,
    _q.major,
    _q.sitting_id,
    _q.score,
    _q.granted_at,
    _q.lapsed_at,
    _q.lapsed_why,
    _q.lapsed_by,
)
_HOLDS = Prepared(
    select(_q.id)
    .where(
        _q.account_id == bindparam("account_id"),
        _q.project_id == bindparam("project_id"),
        _q.major >= bindparam("major"),
        _q.lapsed_at.is_(None),
    )
    .limit(1)
)
MOST_LISTED = 2_000


def holds_certificate(connection: Connection, account_id: int, project_id: int, major: int) -> bool:
    """Whether the account may work by rules of this major version: it passed their exam, or that of newer ones."""
    wanted = {"account_id": account_id, "project_id": project_id, "major": major}
    return _HOLDS.scalar(connection, wanted) is not None


def find_certificate(connection: Connection, sitting_id: int) -> Certificate | None:
    found = _list(connection, _q.sitting_id == sitting_id)
    return found[0] if found else None


def certificates_of(connection: Connection, account_ids: Sequence[int]) -> list[Certificate]:
    """Their certificates, the newest first."""
    return _list(connection, _q.account_id.in_(account_ids))


def list_certificates(connection: Connection, project_id: int) -> list[Certificate]:
    """Certificates for a project's rulebook, the newest first."""
    return _list(connection, _q.project_id == project_id)


def _list(connection: Connection, mine: ColumnElement[bool]) -> list[Certificate]:
    found = select(*_COLUMNS).where(mine).order_by(_q.granted_at.desc(), _q.id.desc()).limit(MOST_LISTED)
    return [
        Certificate(*row[:10], Lapse(row.lapsed_why) if row.lapsed_why else None, row.lapsed_by)
        for row in connection.execute(found)
    ]


def grant_certificate(
    tx: Tx,
    *,
    account_id: int,
    project_id: int,
    rulebook_id: int,
    version: str,
    sitting_id: int,
    score: float,
) -> int:
    """Grant a certificate, for the exams alone; returns its id."""
    major = int(version.split(".", maxsplit=1)[0])
    values = {"account_id": account_id, "project_id": project_id, "rulebook_id": rulebook_id, "version": version}
    given = {"major": major, "sitting_id": sitting_id, "score": score, "granted_at": tx.at}
    return tx.insert(insert(qualification), {**values, **given})


def lapse_before(tx: Tx, project_id: int, version: str) -> int:
    """Let the certificates of earlier major versions count no more; how many did until now."""
    major = int(version.split(".", maxsplit=1)[0])
    earlier = (_q.project_id == project_id) & (_q.major < major) & _q.lapsed_at.is_(None)
    said = {"lapsed_at": tx.at, "lapsed_why": Lapse.VERSION.value, "lapsed_by": version}
    return tx.execute(update(qualification).where(earlier).values(**said)).rowcount
