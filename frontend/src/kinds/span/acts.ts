/** What the keyboard does with spans: a caret and a selection in the text, and the ends of the selected span. */
import { t } from "../../words";
import type { Action } from "../../workbench/actions";
import type { Session } from "../../workbench/session";
import { readMarked, writeMarked } from "./marked";
import { changeSpan, findSpan, removeSpan, type SpanAnswer } from "./model";
import { byCharacter, byWord } from "./steps";

type Direction = 1 | -1;
type Step = (text: string, point: number, by: Direction) => number;

const spans = (session: Session): SpanAnswer => session.answer(session.field.value) as SpanAnswer;
const held = (session: Session) => findSpan(spans(session), session.selected.value);
const textOf = (session: Session): string => session.task.value?.item.text ?? "";

/** Move the caret; out of a span at the end that lies that way. */
function move(session: Session, by: Direction, step: Step): void {
  const span = held(session);
  const edge = span && (by === 1 ? span.end : span.start);
  const from = readMarked(spans(session), session.selected.value)?.focus ?? (by === 1 ? -1 : 0);
  const to = edge ?? (from < 0 ? 0 : step(textOf(session), from, by));
  session.selected.value = writeMarked({ anchor: to, focus: to });
}

/** Widen or narrow what is marked at its moving end, or the span at its end. */
function extend(session: Session, by: Direction, step: Step): void {
  if (held(session)) {
    nudge(session, "end", by, step);
    return;
  }
  const { anchor, focus } = readMarked(spans(session), session.selected.value) ?? { anchor: 0, focus: 0 };
  session.selected.value = writeMarked({ anchor, focus: step(textOf(session), focus, by) });
}

function nudge(session: Session, side: "start" | "end", by: Direction, step: Step): void {
  const span = held(session);
  if (!span) return;
  const to = { start: span.start, end: span.end, [side]: step(textOf(session), span[side], by) };
  if (to.start >= to.end) return;
  const options = { selected: span.id, merge: `${side} ${span.id}` };
  session.change(session.field.value, changeSpan(spans(session), span.id, to), options);
}

/** The next span in the text, or the one before; from a caret, the one nearest that way. */
function neighbour(session: Session, by: Direction): string | null {
  const list = spans(session).spans;
  const span = held(session);
  if (span) return list[list.indexOf(span) + by]?.id ?? null;
  const caret = readMarked(spans(session), session.selected.value)?.focus;
  if (caret === undefined) return (by === 1 ? list[0] : list.at(-1))?.id ?? null;
  const near = by === 1 ? list.find((each) => each.start >= caret) : list.findLast((each) => each.start < caret);
  return near?.id ?? null;
}

function remove(session: Session): void {
  const span = held(session);
  if (span) session.change(session.field.value, removeSpan(spans(session), span.id), { selected: null });
}

type Act = (session: Session, by: Direction, step: Step) => void;
interface Pair {
  readonly id: string;
  readonly prefixes: readonly string[];
  readonly shown: string;
  readonly label: () => string;
  readonly step: Step;
  readonly run: Act;
  readonly when?: (session: Session) => boolean;
}

/** Left and right, shown in the help as one line. */
function leftAndRight({ id, prefixes, shown, label, step, run, when = () => true }: Pair): Action[] {
  return (["ArrowLeft", "ArrowRight"] as const).map((key, at) => ({
    id: `span-${id}-${key}`,
    group: "shape" as const,
    label,
    keys: prefixes.map((prefix) => prefix + key),
    ...(at === 0 ? { shown } : { hidden: true }),
    when: ({ session }) => when(session),
    run: ({ session }) => run(session, at === 0 ? -1 : 1, step),
  }));
}

const isHeld = (session: Session): boolean => held(session) !== undefined;
const nudgeStart: Act = (session, by, step) => nudge(session, "start", by, step);

export const SPAN_ACTIONS: readonly Action[] = [
  {
    id: "span-next",
    group: "shape",
    label: () => t("Next span"),
    keys: ["Tab"],
    when: ({ session }) => neighbour(session, 1) !== null,
    run: ({ session }) => {
      session.selected.value = neighbour(session, 1);
    },
  },
  {
    id: "span-previous",
    group: "shape",
    label: () => t("Previous span"),
    keys: ["Shift+Tab"],
    when: ({ session }) => session.selected.value !== null && neighbour(session, -1) !== null,
    run: ({ session }) => {
      session.selected.value = neighbour(session, -1);
    },
  },
  {
    id: "span-remove",
    group: "shape",
    label: () => t("Remove the span"),
    keys: ["Delete", "Backspace"],
    when: ({ session }) => isHeld(session),
    run: ({ session }) => remove(session),
  },
  ...leftAndRight({
    id: "caret",
    prefixes: [""],
    shown: "←→",
    label: () => t("Move the caret by a character"),
    step: byCharacter,
    run: move,
  }),
  ...leftAndRight({
    id: "caret-word",
    prefixes: ["Ctrl+"],
    shown: "Ctrl ←→",
    label: () => t("Move the caret by a word"),
    step: byWord,
    run: move,
  }),
  ...leftAndRight({
    id: "extend",
    prefixes: ["Shift+"],
    shown: "Shift ←→",
    label: () => t("Select, or move the span's end, by a character"),
    step: byCharacter,
    run: extend,
  }),
  ...leftAndRight({
    id: "extend-word",
    prefixes: ["Ctrl+Shift+", "Alt+Shift+"],
    shown: "Ctrl Shift ←→",
    label: () => t("Select, or move the span's end, by a word"),
    step: byWord,
    run: extend,
  }),
  ...leftAndRight({
    id: "start",
    prefixes: ["Alt+"],
    shown: "Alt ←→",
    label: () => t("Move the span's start by a character"),
    step: byCharacter,
    run: nudgeStart,
    when: isHeld,
  }),
];
