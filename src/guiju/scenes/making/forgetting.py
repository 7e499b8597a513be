"""The job that forgets vectors of what is gone: a source was taken back, its contents leave no trace here either."""

from collections.abc import Collection, Mapping, Sequence

from guiju.scenes import store
from guiju.scenes.making.store import folder_of
from guiju.storage import JobRun
from guiju.vectors.kept import forget


def forget_gone(run: JobRun) -> Mapping[str, object]:
    def held(keys: Sequence[bytes]) -> Collection[bytes]:
        with run.house.reading() as connection:
            found = store.held_hashes(connection, [key.hex() for key in keys])
        return {bytes.fromhex(key) for key in found}

    return {"forgotten": forget(folder_of(run.house), held)}
