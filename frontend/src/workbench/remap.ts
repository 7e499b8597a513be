/** Keys of one's own: which of them hold in this workbench, and why a key cannot be had. */
import { t } from "../words";
import type { Action } from "./actions";
import { type Chosen, findConflicts, meet } from "./keymap";
import { keyName } from "./views/keys";

/** What a browser does not hand over to a page. */
const BROWSERS_OWN = new Set([
  ...["T", "N", "W", "Q", "R", "L", "Tab", "PageUp", "PageDown"].map((key) => `Ctrl+${key}`),
  ...["T", "N", "W", "R", "I", "J", "Tab"].map((key) => `Ctrl+Shift+${key}`),
  ...["F1", "F3", "F5", "F6", "F7", "F10", "F11", "F12", "Alt+F4", "Alt+Tab", "Alt+D"],
]);
const MODIFIERS = new Set(["Shift", "Control", "Alt", "Meta", "AltGraph", "CapsLock", "Fn", "Dead", "Process"]);

/**
 * The acts with the keys that a person chose. A choice that meets another act's key here (it was made in a workbench
 * without that act) rests, and its act keeps the key it comes with: the defaults never meet one another.
 */
export function withChosen(acts: readonly Action[], chosen: Chosen): Action[] {
  const standing = new Map(acts.flatMap(({ id }) => (chosen[id] ? [[id, chosen[id]] as const] : [])));
  for (;;) {
    const now = acts.map((act) => ({ ...act, keys: standing.get(act.id) ?? act.keys }));
    const clash = findConflicts(now).flatMap(({ actions }) => actions.filter((id) => standing.has(id)));
    const last = clash.at(-1);
    if (last === undefined) return spelledOut(now, new Set(standing.keys()));
    standing.delete(last);
  }
}

/** Acts that one line of the help speaks for ("←↑↓→") speak for themselves once one of them has another key. */
function spelledOut(acts: readonly Action[], changed: ReadonlySet<string>): Action[] {
  const lines = new Set(acts.filter(({ id }) => changed.has(id)).map(line));
  return acts.map((act) => {
    if (!lines.has(line(act))) return act;
    const { shown: _, hidden: __, ...rest } = act;
    return rest;
  });
}

const line = ({ kind, label }: Action): string => `${kind ?? ""} ${label()}`;

/** Whether a press is a key at all, or only a hand on Shift. */
export function isKey(name: string): boolean {
  return !MODIFIERS.has(name.split("+").at(-1) || "+");
}

/** Why `act` cannot have `key`, in words; null where it can. */
export function whyNot(acts: readonly Action[], act: Action, key: string): string | null {
  if (BROWSERS_OWN.has(key)) return t("The browser keeps {key} for itself. Choose another key.", { key: keyName(key) });
  const holder = acts.find((each) => each.id !== act.id && each.keys.includes(key) && meet(each, act));
  if (!holder) return null;
  const names = { key: keyName(key), act: holder.label() };
  return t("{key} is the key of “{act}”. Choose another key, or change that one first.", names);
}
