/**
 * The one registry of acts. The keyboard, the footer, the help sheet, the palette and the sheet of keys are made from it;
 * two acts on one key fail a test. An act is data: what it is called, which keys start it, when it can be done, what it does.
 */
import { computed, type ReadonlySignal } from "@preact/signals";
import { getKind } from "../kinds";
import { givingActions } from "../kinds/contribution";
import { isSound, soundActions } from "../sound/acts";
import { pick, t } from "../words";
import type { Bench } from "./bench";
import type { Label } from "./boot";
import { type LabelKey, labelAct, planLabelKeys } from "./keymap";
import { withChosen } from "./remap";
import { repeatActions } from "./repeat";
import { turnActions } from "./turnacts";
import { viewActions } from "./viewacts";

export const GROUPS = ["item", "label", "shape", "view"] as const;
export type Group = (typeof GROUPS)[number];

export interface Action {
  readonly id: string;
  readonly group: Group;
  /** The kind of answer whose act it is: alive while one of its fields is the active one. */
  readonly kind?: string;
  readonly label: () => string;
  readonly keys: readonly string[];
  /** How the help sheet writes the keys, where it is not the first of them. */
  readonly shown?: string;
  /** Words beside its name that a search finds it by. */
  readonly sought?: readonly string[];
  /** Not in the help sheet: its neighbour speaks for it. */
  readonly hidden?: boolean;
  readonly when: (bench: Bench) => boolean;
  readonly run: (bench: Bench) => void;
}

const working = (bench: Bench): boolean => bench.session.task.value !== null;

function itemActions(bench: Bench): Action[] {
  return [
    {
      id: "submit",
      group: "item",
      label: () => t("Submit and next"),
      keys: [bench.settings.submitKey.value],
      when: working,
      run: (on) => on.submit(),
    },
    {
      id: "undo",
      group: "item",
      label: () => t("Undo"),
      keys: ["Z", "Ctrl+Z"],
      when: ({ session }) => session.canUndo.value,
      run: ({ session }) => session.undo(),
    },
    {
      id: "redo",
      group: "item",
      label: () => t("Redo"),
      keys: ["Shift+Z", "Ctrl+Shift+Z", "Ctrl+Y"],
      when: ({ session }) => session.canRedo.value,
      run: ({ session }) => session.redo(),
    },
    {
      id: "question",
      group: "item",
      label: () => t("Ask the trainer"),
      keys: ["Q"],
      when: working,
      run: (on) => on.show("question"),
    },
    {
      id: "cite",
      group: "item",
      label: () => t("Cite the clause"),
      keys: ["C"],
      when: (on) => on.focusClause.value !== null,
      run: (on) => on.focusClause.value && on.session.cite(on.focusClause.value),
    },
    {
      id: "search",
      group: "item",
      label: () => t("Search the rules"),
      keys: [bench.trees.size > 0 ? "Ctrl+/" : "/"],
      when: () => true,
      run: (on) => on.searchField?.focus(),
    },
    {
      id: "mine",
      group: "item",
      label: () => t("Correct an earlier one"),
      keys: ["B"],
      when: () => true,
      run: (on) => on.show("mine"),
    },
    {
      id: "next-field",
      group: "item",
      label: () => t("Next question of the item"),
      keys: ["F"],
      when: working,
      run: (on) => on.nextField(),
    },
    {
      id: "escape",
      group: "item",
      label: () => t("Let go"),
      keys: ["Escape"],
      when: () => true,
      run: (on) => on.letGo(),
    },
    {
      id: "palette",
      group: "item",
      label: () => t("Find an act by its name"),
      keys: ["Ctrl+K"],
      when: () => true,
      run: (on) => on.show("palette"),
    },
    {
      id: "keys",
      group: "item",
      label: () => t("Change the keys"),
      keys: [],
      when: () => true,
      run: (on) => on.show("keys"),
    },
    {
      id: "help",
      group: "item",
      label: () => t("All keys and settings"),
      keys: ["?"],
      when: () => true,
      run: (on) => on.show("help"),
    },
  ];
}

/** Whether a digit means a place in the active field's labels or scale, rather than one label of the rulebook. */
export function usesDigits({ session, trees }: Bench): boolean {
  return trees.size > 0 || session.rulebook.fields.some((field) => getKind(field.kind).digit);
}

function digitActions(bench: Bench): Action[] {
  if (!usesDigits(bench)) return [];
  const act = (n: number, less: boolean): Action => ({
    id: `${less ? "less" : "digit"}-${n}`,
    group: "label",
    label: () => (less ? t("Take a step away from it") : t("The label or value of this place")),
    keys: [less ? `Shift+${n}` : String(n)],
    shown: less ? "Shift+1 … 9" : "1 … 9",
    hidden: n > 1,
    when: working,
    run: (on) => on.digit(n, less),
  });
  const away = bench.session.rulebook.fields.some((field) => getKind(field.kind).takesAway);
  return [1, 2, 3, 4, 5, 6, 7, 8, 9].flatMap((n) => (away ? [act(n, false), act(n, true)] : [act(n, false)]));
}

/** The search is always there; arrows walk the tree unless a kind of the rulebook moves shapes with them. */
function treeActions(bench: Bench, taken: ReadonlySet<string>): Action[] {
  if (bench.trees.size === 0) return [];
  const search = (by: number) => (on: Bench) => {
    on.tree?.move(by);
    on.tree?.field?.focus();
  };
  const here = (on: Bench) => working(on) && on.trees.has(on.session.fieldId.value);
  const walk = { group: "label" as const, label: () => t("Walk through the labels"), when: here };
  const acts: Action[] = [
    { ...walk, id: "tree-search", label: () => t("Search the labels"), keys: ["/"], when: working, run: search(0) },
    { ...walk, id: "tree-down", keys: ["ArrowDown"], shown: "↑ ↓", run: search(1) },
    { ...walk, id: "tree-up", keys: ["ArrowUp"], hidden: true, run: search(-1) },
    {
      ...walk,
      id: "tree-back",
      label: () => t("The labels above"),
      keys: ["Backspace"],
      run: (on) => on.tree?.leave(),
    },
  ];
  return acts.filter((act) => !act.keys.some((key) => taken.has(key)));
}

/** The keys of labels, given those that acts of the frame and of the kinds already have. */
export function labelKeys(bench: Bench): LabelKey[] {
  const { rulebook, labels } = bench.session;
  // Both submit keys stay free, so that changing the setting never moves a label.
  const reserved = new Set([...fixedOf(bench).flatMap((action) => action.keys), "Enter", "Space"]);
  return planLabelKeys(rulebook.fields, labels, reserved, bench.settings.keys.value);
}

function labelActions(bench: Bench): Action[] {
  return labelKeys(bench).flatMap((each) => [labelAction(bench, each), ...lessAction(bench, each)]);
}

/** Shift and the letter of a label that has shares: what Shift and its digit do. */
function lessAction(bench: Bench, { field, label, key }: LabelKey): Action[] {
  const asked = bench.session.getField(field);
  const { takesAway, digit } = getKind(asked.kind);
  const less = `Shift+${key}`;
  if (!takesAway || key === null || fixedOf(bench).some(({ keys }) => keys.includes(less))) return [];
  return [
    {
      id: `less-${labelAct({ field, label })}`,
      group: "label",
      kind: asked.kind,
      label: () => t("Take a step away from it"),
      keys: [less],
      hidden: true,
      when: working,
      run: ({ session }) => digit?.(session, asked, asked.labels.indexOf(label) + 1, true),
    },
  ];
}

function labelAction(bench: Bench, { field, label, key }: LabelKey): Action {
  return {
    id: labelAct({ field, label }),
    group: "label" as const,
    label: () => pick(bench.session.labels.get(label)?.name ?? { zh: label, en: label }),
    sought: soughtBy(bench.session.labels.get(label)),
    keys: key === null ? [] : [key],
    when: working,
    run: (on) => on.press(on.session.getField(field), label),
  };
}

function soughtBy(label: Label | undefined): readonly string[] {
  return label ? [label.id, label.name.zh, label.name.en, ...(label.sound ?? [])] : [];
}

function fixedActions(bench: Bench): Action[] {
  const kinds = new Set(bench.session.rulebook.fields.map((field) => field.kind));
  const own = [...kinds].flatMap((id) => {
    const alive = ({ session }: Bench) =>
      (session.field.value.kind === id || session.active.value.kind === id) && session.task.value !== null;
    const when = (each: Action) => (on: Bench) => alive(on) && each.when(on);
    return getKind(id).actions.map((each) => ({ ...each, kind: id, when: when(each) }));
  });
  const everywhere = [...kinds].flatMap((id) => getKind(id).everywhere ?? []);
  const taken = new Set([...own, ...everywhere].flatMap((action) => action.keys));
  const alone = bench.session.rulebook.fields.length === 1;
  const item = itemActions(bench).filter((action) => !(alone && action.id === "next-field"));
  const digits = digitActions(bench);
  const turns = turnActions(bench, taken);
  const frame = [
    ...item,
    ...repeatActions(),
    ...digits,
    ...treeActions(bench, taken),
    ...turns,
    ...soundActions(bench),
    ...givingActions(bench),
    ...seenActions(bench),
  ];
  return withChosen(yielding(bench, [...frame, ...everywhere, ...own]), bench.settings.keys.value);
}

/** Of a sound only what part of it is seen can be changed. */
const seenActions = (bench: Bench): Action[] =>
  viewActions().filter((act) => !isSound(bench) || act.id.startsWith("zoom"));

/** A page's own acts have their keys to themselves, and what the page lacks is left out. */
function yielding({ ownActs, lacks }: Bench, acts: readonly Action[]): Action[] {
  if (ownActs.length === 0 && lacks.size === 0) return [...acts];
  const mine = new Set(ownActs.flatMap((act) => act.keys));
  const left = acts.filter((act) => !lacks.has(act.id));
  return [...ownActs, ...left.map((act) => ({ ...act, keys: act.keys.filter((key) => !mine.has(key)) }))];
}

/** Every act of this workbench, in the order of the help sheet; made anew where a setting changes them. */
export function allActions(bench: Bench): readonly Action[] {
  return remembered(ALL, bench, () => [...labelActions(bench), ...fixedOf(bench)]);
}

const fixedOf = (bench: Bench): readonly Action[] => remembered(FIXED, bench, () => fixedActions(bench));

type Acts = WeakMap<Bench, ReadonlySignal<readonly Action[]>>;
const ALL: Acts = new WeakMap();
const FIXED: Acts = new WeakMap();

function remembered(where: Acts, bench: Bench, make: () => readonly Action[]): readonly Action[] {
  const known = where.get(bench) ?? computed(make);
  where.set(bench, known);
  return known.value;
}
