/** An item that came back from a lot: what was found on it, and over it what should have been answered. */
import { computed, effect, signal } from "@preact/signals";
import { t } from "../words";
import type { Action } from "./actions";
import type { Bench } from "./bench";
import type { Found, Task } from "./boot";
import { Other } from "./others";
import { readAnswers } from "./session";

/** Pale enough for dark pictures, dark enough for pale ones; the dashes tell it from one's own. */
const RIGHT_COLOR = "#d1481f";
const GONE_COLOR = "#6b6f76";

export class Returned {
  readonly shows = signal(true);
  private readonly right = computed(() => {
    const { session } = this.bench;
    const task = session.task.value;
    return task?.found?.right ? correctionOf(this.bench, task, task.found, session.encoded()) : null;
  });

  constructor(private readonly bench: Bench) {
    effect(() => {
      const right = this.right.value;
      const held = bench.others.peek();
      const shown = right && this.shows.value ? right : [];
      // a page that shows others of its own has none of these
      if (shown.length > 0 || held.some((each) => each.parts.id === "right")) bench.others.value = shown;
    });
  }

  /** Acts of a round of rework; their keys are kept free in all of it, so that no label's key moves. */
  get acts(): readonly Action[] {
    if (this.bench.parts.boot.round.kind !== "rework") return [];
    const corrected = () => this.right.value !== null;
    return [
      {
        id: "show-right",
        group: "item",
        label: () => t("Show or hide the correction"),
        keys: ["X"],
        when: corrected,
        run: () => {
          this.shows.value = !this.shows.value;
        },
      },
      {
        id: "take-right",
        group: "item",
        label: () => t("Take the correction over"),
        keys: ["Shift+X"],
        when: corrected,
        run: () => this.takeOver(),
      },
    ];
  }

  /** Make the correction one's own answer, to be looked at and submitted like any other. */
  takeOver(): void {
    const { session } = this.bench;
    const right = session.task.value?.found?.right;
    if (!right) return;
    const answers = readAnswers(session.rulebook, right);
    for (const field of session.rulebook.fields) {
      const answer = answers[field.id];
      if (answer) session.change(field, answer, { selected: null });
    }
  }
}

/** What should have been there and is not yet, over what should not be there and still is. */
function correctionOf({ session }: Bench, task: Task, found: Found, now: NonNullable<Task["answers"]>): Other[] {
  const { judged, right } = found;
  if (!right) return [];
  const gone = { id: "gone", name: t("Judged"), color: GONE_COLOR, answers: judged, apartFrom: right, dashed: true };
  const due = { id: "right", name: t("Correction"), color: RIGHT_COLOR, answers: right, apartFrom: now, dashed: true };
  return [gone, due].map((parts) => new Other(parts, session.rulebook, task));
}
