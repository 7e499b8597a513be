"""What is settled is summed, in short writes, whenever the house has a moment for it."""

from guiju.planning.days import store
from guiju.storage import House

# Fewer are counted where they lie, which costs less than a write.
LEAST = 2_000


def keep_days(house: House, least: int = LEAST) -> int:
    """Sum the answers that are settled since the last time; how many ids that went over."""
    went = 0
    while True:
        at = house.clock()
        with house.reading() as connection:
            after = store.mark_of(connection)
            upto = store.settled_upto(connection, after, at)
            if upto - after < max(1, least):
                return went
            rows = store.sums_between(connection, after, upto, at)
        if not house.write(lambda tx, rows=rows, after=after, upto=upto: store.add_sums(tx, rows, after, upto)):
            return went
        went += upto - after
