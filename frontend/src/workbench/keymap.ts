/** Keys as text ("Shift+Z", "Ctrl+Enter", "1"), which act they start, and whether two acts want the same one. */
import type { Action } from "./actions";
import type { Field, Label } from "./boot";

export interface Press {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
}

const NAMES: Readonly<Record<string, string>> = { " ": "Space", Esc: "Escape", Del: "Delete" };

/** The name of a key press. Shift counts for letters and named keys; for signs ("?", "+") it is part of the sign. */
export function chord(press: Press): string {
  const named = NAMES[press.key] ?? press.key;
  const key = named.length === 1 ? named.toUpperCase() : named;
  const isSign = named.length === 1 && named.toUpperCase() === named.toLowerCase();
  return [
    press.ctrlKey || press.metaKey ? "Ctrl+" : "",
    press.altKey ? "Alt+" : "",
    press.shiftKey && !isSign ? "Shift+" : "",
    key,
  ].join("");
}

export interface Conflict {
  readonly key: string;
  readonly actions: readonly string[];
}

/** Keys that more than one of these actions, alive at the same time, would answer to. */
export function findConflicts(actions: readonly Action[]): Conflict[] {
  const byKey = new Map<string, string[]>();
  for (const action of actions) {
    for (const key of action.keys) byKey.set(key, [...(byKey.get(key) ?? []), action.id]);
  }
  return [...byKey].filter(([, ids]) => ids.length > 1).map(([key, ids]) => ({ key, actions: ids }));
}

export interface LabelKey {
  readonly field: string;
  readonly label: string;
  readonly key: string | null;
}

const DIGITS = ["1", "2", "3", "4", "5", "6", "7", "8", "9"];

/** A key for each label: the rulebook's own where it is free, else the next digit, else none. */
export function planLabelKeys(
  fields: readonly Field[],
  labels: ReadonlyMap<string, Label>,
  reserved: ReadonlySet<string>,
): LabelKey[] {
  const pairs = fields.flatMap((field) => field.labels.map((label) => ({ field: field.id, label })));
  const taken = new Set(reserved);
  const own = pairs.map(({ label }) => claim(labels.get(label)?.hotkey?.toUpperCase() ?? null, taken));
  return pairs.map((pair, at) => {
    return { ...pair, key: own[at] ?? claim(DIGITS.find((digit) => !taken.has(digit)) ?? null, taken) };
  });
}

function claim(key: string | null, taken: Set<string>): string | null {
  if (key === null || taken.has(key)) return null;
  taken.add(key);
  return key;
}
