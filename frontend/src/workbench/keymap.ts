/** Keys as text ("Shift+Z", "Ctrl+Enter", "1"), which act they start, and whether two acts want the same one. */
import type { Action } from "./actions";
import type { Field, Label } from "./boot";

/** The keys that a person gave to acts, by the act's id; an empty list is an act without a key. */
export type Chosen = Readonly<Record<string, readonly string[]>>;

export interface Press {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
  /** The key's place on the keyboard: "Digit1". */
  readonly code?: string;
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

/** The names of a key press, the nearest first: Shift and 1 is "!" (or what the layout makes of it), else "Shift+1". */
export function chords(press: Press): string[] {
  const digit = press.shiftKey && /^Digit([0-9])$/.exec(press.code ?? "")?.[1];
  const name = chord(press);
  if (!digit || name === `Shift+${digit}`) return [name];
  return [name, chord({ ...press, key: digit, shiftKey: false }).replace(/[0-9]$/, "Shift+$&")];
}

export interface Conflict {
  readonly key: string;
  readonly actions: readonly string[];
}

/** Keys that more than one of these actions, alive at the same time, would answer to. */
export function findConflicts(actions: readonly Action[]): Conflict[] {
  const byKey = new Map<string, Action[]>();
  for (const action of actions) {
    for (const key of action.keys) byKey.set(key, [...(byKey.get(key) ?? []), action]);
  }
  return [...byKey].flatMap(([key, wanting]) => {
    const met = wanting.filter((each) => wanting.some((other) => other !== each && meet(each, other)));
    return met.length > 0 ? [{ key, actions: met.map((each) => each.id) }] : [];
  });
}

/** Acts of two kinds never meet: a kind's acts are alive while one of its fields is the active one. */
export function meet(one: Action, other: Action): boolean {
  return one.kind === undefined || other.kind === undefined || one.kind === other.kind;
}

export interface LabelKey {
  readonly field: string;
  readonly label: string;
  readonly key: string | null;
}

const DIGITS = ["1", "2", "3", "4", "5", "6", "7", "8", "9"];

/** A key for each label: the person's own, else the rulebook's where it is free, else the next digit, else none. */
export function planLabelKeys(
  fields: readonly Field[],
  labels: ReadonlyMap<string, Label>,
  reserved: ReadonlySet<string>,
  chosen: Chosen = {},
): LabelKey[] {
  const pairs = fields.flatMap((field) => field.labels.map((label) => ({ field: field.id, label })));
  const taken = new Set(reserved);
  const wished = pairs.map((pair) => chosen[labelAct(pair)]);
  const theirs = wished.map((keys) => claim(keys?.[0] ?? null, taken));
  const own = pairs.map(({ label }, at) =>
    isBare(wished[at]) ? null : (theirs[at] ?? claim(labels.get(label)?.hotkey?.toUpperCase() ?? null, taken)),
  );
  return pairs.map((pair, at) => {
    const key =
      own[at] ?? (isBare(wished[at]) ? null : claim(DIGITS.find((digit) => !taken.has(digit)) ?? null, taken));
    return { ...pair, key };
  });
}

/** The person took the key away. */
const isBare = (keys: readonly string[] | undefined): boolean => keys?.length === 0;

/** The id of the act that a label's key is. */
export function labelAct({ field, label }: Omit<LabelKey, "key">): string {
  return `label-${field}-${label}`;
}

function claim(key: string | null, taken: Set<string>): string | null {
  if (key === null || taken.has(key)) return null;
  taken.add(key);
  return key;
}
