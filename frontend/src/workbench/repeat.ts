/** The answer of the item before, given to this one: all of it where it fits, or added to what is here. */
import { batch } from "@preact/signals";
import { getKind, kindOf } from "../kinds";
import { isOfParts, TURN } from "../kinds/each";
import type { Answer, Answers } from "../kinds/kind";
import { t } from "../words";
import type { Action } from "./actions";
import type { Bench } from "./bench";
import type { Field, Item } from "./boot";

/** What was submitted last on this page. */
export interface Last {
  readonly item: Item;
  readonly answers: Answers;
}

export function repeatActions(): Action[] {
  const when = ({ session, last }: Bench) => session.task.value !== null && last.value !== null;
  return [
    {
      id: "repeat",
      group: "item",
      label: () => t("Give this item the last answer"),
      keys: ["R"],
      when,
      run: (bench) => give(bench, (_, carried) => carried),
    },
    {
      id: "copy",
      group: "item",
      label: () => t("Add what was marked on the item before"),
      keys: ["Shift+R"],
      when,
      run: (bench) => give(bench, (field, carried) => joined(bench, field, carried)),
    },
  ];
}

/** Change every field that the last answer fits, as one step of undo. */
function give(bench: Bench, what: (field: Field, carried: Answer) => Answer | null): void {
  const { session, last } = bench;
  const item = session.task.value?.item;
  const before = last.value;
  if (!item || !before) return;
  const changes = session.rulebook.fields.flatMap((field) => {
    const carried = carry(field, before, item);
    const answer = carried && what(field, carried);
    return answer ? [{ field, answer }] : [];
  });
  if (changes.length === 0) {
    bench.say("warn", t("The last answer does not fit this item."));
    return;
  }
  const active = session.fieldId.value;
  batch(() => {
    session.together(() => {
      for (const { field, answer } of changes) session.change(field, answer, { selected: null });
    });
    session.activate(active);
    bench.notice.value = null;
  });
}

/** The last answer to `field` as this item can have it; null where there is none or it does not fit. */
function carry(field: Field, { item: from, answers }: Last, to: Item): Answer | null {
  const kind = kindOf(field);
  const answer = answers[field.id];
  if (!answer || kind.isEmpty(answer)) return null;
  if (field.target === TURN) return from.text !== null && from.text === to.text ? answer : null;
  if (isOfParts(field)) return answer;
  if (kind.carried) return kind.carried(answer, from, to);
  if (kind.Reader || kind.leans) return from.text !== null && from.text === to.text ? answer : null;
  if (kind.tool) return from.width === to.width && from.height === to.height ? answer : null;
  return answer;
}

/** Copies of marks get names of their own, so what was said of each of them stays behind. */
function joined({ session }: Bench, field: Field, carried: Answer): Answer | null {
  if (isOfParts(field)) return null;
  const kind = getKind(field.kind);
  const here = session.answer(field);
  const parent = kind.leans && session.answers.value[kind.leans.on(field)];
  // Links come with the spans that they join: those that are here already have names of their own.
  if (parent && !kindOf(session.getField(kind.leans?.on(field) ?? "")).isEmpty(parent)) return null;
  return kind.join ? kind.join(here, carried) : kind.isEmpty(here) ? carried : null;
}
