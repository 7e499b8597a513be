/** What was changed in an answer that is judged, and what that says about the defect. No kind is known by name. */
import { kindOf } from "../kinds";
import type { Answer, Answers, Unit } from "../kinds/kind";
import type { Field, Item, Rulebook } from "../workbench/boot";
import type { Named } from "./boot";

export interface Difference {
  readonly field: Field;
  readonly before: Answer;
  readonly after: Answer;
}

/** The fields whose answers differ, in the rulebook's order. */
export function findDifferences(rulebook: Rulebook, judged: Answers, now: Answers): Difference[] {
  return rulebook.fields.flatMap((field) => {
    const kind = kindOf(field);
    const before = judged[field.id] ?? kind.empty();
    const after = now[field.id] ?? kind.empty();
    const same = before === after || JSON.stringify(kind.encode(before)) === JSON.stringify(kind.encode(after));
    return same ? [] : [{ field, before, after }];
  });
}

/** The changed fields alone, as the server takes them; an answer taken away is said too. */
export function encodeDifferences(found: readonly Difference[]): Record<string, unknown> {
  return Object.fromEntries(found.map(({ field, after }) => [field.id, kindOf(field).encode(after)]));
}

/** What the correction shows to be wrong, where it shows one thing: missed, superfluous, mislabelled, or misplaced. */
export function guessType(
  found: readonly Difference[],
  defects: Readonly<Record<string, readonly Named[]>>,
  item: Item,
): string | null {
  for (const { field, before, after } of found) {
    const known = (defects[field.id] ?? []).map((each) => each.id);
    if (known.length === 1) return known[0] ?? null;
    const kind = kindOf(field);
    const guess = compare(kind.units(before, item), kind.units(after, item), known);
    if (guess) return guess;
  }
  return null;
}

const MISSED = "missed";
const EXTRA = "extra";
const LABEL = "wrong-label";

function compare(before: readonly Unit[], after: readonly Unit[], known: readonly string[]): string | null {
  const old = new Map(before.map((unit) => [unit.shape, unit.env]));
  const now = new Map(after.map((unit) => [unit.shape, unit.env]));
  const has = (type: string) => (known.includes(type) ? type : null);
  if ([...old.keys()].some((shape) => !now.has(shape))) return now.size < old.size ? has(EXTRA) : null;
  if ([...now.keys()].some((shape) => !old.has(shape))) return has(MISSED);
  if ([...now].some(([shape, env]) => old.get(shape)?.label !== env.label)) return has(LABEL);
  const more = [...now].map(([shape, env]) => chosen(env.count) - chosen(old.get(shape)?.count));
  if (more.some((each) => each > 0)) return has(MISSED);
  if (more.some((each) => each < 0)) return has(EXTRA);
  return known.find((type) => ![MISSED, EXTRA, LABEL].includes(type)) ?? has(LABEL);
}

/** How many labels hold at once; what is no choice has none. */
const chosen = (count: unknown): number => (typeof count === "number" ? count : 0);
