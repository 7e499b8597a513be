"""Writing: durable before it is answered, one at a time, nothing half-done."""

import threading

import pytest

from guiju.kit import Refusal, new_id
from guiju.people import find_account_by_email
from guiju.storage import Event, House, Tx
from guiju.storage.engine import RequestIdReused
from guiju.storage.journal import verify_chain
from tests.support.cast import Cast


def test_a_refused_write_leaves_nothing_behind(house: House) -> None:
    def write(tx: Tx) -> None:
        tx.journal(Event(None, "test.happened"))
        raise Refusal

    with pytest.raises(Refusal):
        house.write(write)
    with house.reading() as connection:
        assert verify_chain(connection).unsealed == 0


def test_writes_of_many_threads_are_each_stored_once(house: House) -> None:
    def press() -> None:
        for _ in range(20):
            house.write(lambda tx: tx.journal(Event(None, "test.pressed")))

    threads = [threading.Thread(target=press) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with house.reading() as connection:
        assert verify_chain(connection).unsealed == 160


def test_one_refused_write_does_not_take_its_neighbours_with_it(house: House) -> None:
    outcomes: list[str] = []

    def press(fails: bool) -> None:
        def write(tx: Tx) -> None:
            tx.journal(Event(None, "test.pressed"))
            if fails:
                raise Refusal

        try:
            house.write(write)
            outcomes.append("stored")
        except Refusal:
            outcomes.append("refused")

    threads = [threading.Thread(target=press, args=(n % 2 == 0,)) for n in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["refused"] * 8 + ["stored"] * 8
    with house.reading() as connection:
        assert verify_chain(connection).unsealed == 8


def test_a_request_sent_twice_acts_once_and_answers_the_same(house: House) -> None:
    request_id = new_id()
    answers = [house.write(lambda tx, n=n: tx.once(request_id, 1, "test", lambda: {"n": n})) for n in range(3)]
    assert answers == [{"n": 0}] * 3


def test_a_request_id_of_another_act_is_refused(house: House) -> None:
    request_id = new_id()
    house.write(lambda tx: tx.once(request_id, 1, "test", lambda: 1))
    with pytest.raises(RequestIdReused):
        house.write(lambda tx: tx.once(request_id, 1, "another", lambda: 2))


def test_the_cast_is_gathered_on_both_databases(cast: Cast) -> None:
    with cast.house.reading() as connection:
        assert find_account_by_email(connection, "ALICE@guiju.test ") is not None
