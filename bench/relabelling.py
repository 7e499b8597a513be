"""Two labels merged over 100,000 answers of two boxes: read, turned on at one moment, undone.

    python -m bench.relabelling [ANSWERS]

The floor: reading the answers and decoding them, nothing else.
"""

import sys
import time

import guiju.web.routes  # noqa: F401 # pyright: ignore[reportUnusedImport] - every slice's tables, as in the program
from bench.house import build, scratch
from bench.impact import answer_all, read_all
from bench.table import Row, show
from guiju.kit import new_id
from guiju.planning import relabelling
from guiju.planning.relabelling import JOBS, Asked, Relabelling, State, Target, running
from guiju.planning.relabelling.switching import Switched, switch
from guiju.rulebooks import get_draft, publish_rulebook, save_draft
from guiju.samples.documents import rulebook_text
from guiju.storage import Actor, House, Tx, opened_house, work_jobs

MERGED = Asked(["scratch", "crack"], [Target("line", "线状缺陷", "Linear defect")], "Measured.")


def main(count: int = 100_000) -> None:
    """Print the seconds of each step."""
    with scratch() as folder:
        bench = build(folder, count)
        with opened_house(bench.home) as house:
            actor = Actor(1, "Admin", "admin@bench.test", is_admin=True, trusted=True)
            answer_all(house, bench.project, bench.round)
            revision = get_draft(house, actor, bench.project).revision
            text = rulebook_text("steel")
            save_draft(house, actor, bench.project, document=text, from_revision=revision, request_id=new_id())
            publish_rulebook(house, actor, bench.project, request_id=new_id())
            floor = read_all(house, bench.project)
            held = hold_the_writer()
            begun = time.perf_counter()
            made = relabelling.propose(house, actor, bench.project, MERGED, request_id=new_id())
            read = done(house, begun)
            begun = time.perf_counter()
            relabelling.act_on(house, actor, bench.project, made, request_id=new_id())
            acted = done(house, begun)
            check(house, actor, bench.project, made, count)
            begun = time.perf_counter()
            relabelling.look_at(house, actor, bench.project, made)
            shown = time.perf_counter() - begun
            begun = time.perf_counter()
            back = relabelling.undo(house, actor, bench.project, made, reason="Measured.", request_id=new_id())
            undone = done(house, begun)
            check(house, actor, bench.project, back, count)
    show(
        f"two labels merged over {count:,} answers of two boxes",
        [
            Row("read, and what it touches", f"{read:.1f} s", "≤ 20 s", f"reading and decoding: {floor:.1f} s"),
            Row("done as a whole", f"{acted:.1f} s", "≤ 10 s"),
            Row("of that, the writer held", f"{held[0]:.1f} s", "≤ 3 s"),
            Row("its page", f"{shown * 1000:.0f} ms", "≤ 300 ms"),
            Row("undone as a whole", f"{undone:.1f} s", "≤ 10 s"),
            Row("of that, the writer held", f"{held[1]:.1f} s", "≤ 3 s"),
        ],
    )


def done(house: House, begun: float) -> float:
    work_jobs(house, JOBS)
    return time.perf_counter() - begun


def hold_the_writer() -> list[float]:
    """The seconds of each switch, as they come."""
    held: list[float] = []

    def timed(tx: Tx, relabelling_id: int, rulebook_id: int) -> Switched:
        begun = time.perf_counter()
        made = switch(tx, relabelling_id, rulebook_id)
        held.append(time.perf_counter() - begun)
        return made

    running.switch = timed
    return held


def check(house: House, actor: Actor, project: int, made: int, count: int) -> Relabelling:
    mine = relabelling.look_at(house, actor, project, made).mine
    if mine.state is not State.DONE or mine.came_of is None or mine.came_of.answers != count:
        raise RuntimeError(f"relabelling {made}: {mine.state}, {mine.came_of}")
    return mine


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
