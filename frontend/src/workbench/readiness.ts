/** What keeps the item in hand from being submitted, said where it can be seen. */
import { batch } from "@preact/signals";
import { getKind, kindOf } from "../kinds";
import { t } from "../words";
import type { Bench } from "./bench";
import type { Task } from "./boot";
import { goTo } from "./partwork";

export class Readiness {
  /** The slot whose bare answer was remarked on once. */
  private warnedEmpty: number | null = null;

  constructor(private readonly bench: Bench) {}

  /** A new item. */
  reset(): void {
    this.warnedEmpty = null;
  }

  /** A shape that is being drawn is finished before anything is sent; true where there was one. */
  finishes(): boolean {
    const { session, notice } = this.bench;
    const field = session.field.value;
    const trouble = getKind(field.kind).finish?.(session, field);
    if (trouble) this.bench.say("warn", trouble);
    else if (trouble === "") notice.value = null;
    if (trouble === undefined) this.settle();
    return trouble !== undefined;
  }

  /** What was left open in an answer is closed as its kind closes it, in one step that can be undone. */
  private settle(): void {
    const { session } = this.bench;
    const open = session.rulebook.fields.flatMap((field) => {
      const answer = session.answers.value[field.id];
      const settled = answer && kindOf(field).settle?.(answer, field);
      return settled && settled !== answer ? [{ field, settled }] : [];
    });
    if (open.length === 0) return;
    const active = session.fieldId.value;
    session.together(() => {
      for (const { field, settled } of open) session.change(field, settled);
    });
    session.activate(active);
  }

  /** A first press on something unfinished says what is missing; true while it must not be sent. */
  blocks(task: Task): boolean {
    const { problems } = this.bench.session;
    const problem = problems.value[0];
    if (problem) {
      const written = getKind(this.bench.session.getField(problem.field).kind).Desk !== undefined;
      const gap = written ? t("Write the answer first.") : t("Choose an answer first.");
      const text = problem.check ? t("A check does not hold; see beside the item.") : gap;
      batch(() => {
        goTo(this.bench.session, this.bench.session.getField(problem.field), problem.shape);
        getKind(this.bench.session.active.value.kind).enter?.();
        this.bench.say("bad", text);
      });
      return true;
    }
    if (!this.isBare() || this.warnedEmpty === task.slot) return false;
    this.warnedEmpty = task.slot;
    this.bench.say("warn", t("Nothing is marked. Press again to submit: nothing here."));
    return true;
  }

  private isBare(): boolean {
    const { session } = this.bench;
    return session.rulebook.fields.some((field) => {
      if (!session.asking.value.fields.has(field.id)) return false;
      const kind = getKind(field.kind);
      const bare = field.required && kind.emptyCounts && kind.isEmpty(session.answer(field));
      return bare && !this.bench.prefill.suggestsNothing(field);
    });
  }
}
