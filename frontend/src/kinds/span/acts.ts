/** What the keyboard does with spans: a caret and a selection in the text, and the ends of the selected span. */
import { t } from "../../words";
import type { Action } from "../../workbench/actions";
import type { Corner } from "../../workbench/outline";
import type { Session } from "../../workbench/session";
import { type Arrow, directionAt, headingOf, settingOf } from "./direction";
import { byLine } from "./lines";
import { readMarked, stretchOf, writeMarked } from "./marked";
import { findSpan, placeSpan, removeSpan, type SpanAnswer, stretchesOf } from "./model";
import { addPiece, numberOf, pieceAt, pieceInHand, removePiece, takesPieces, withPieceAt } from "./pieces";
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
  const marked = readMarked(spans(session), session.selected.value);
  const from = marked?.focus ?? (by === 1 ? -1 : 0);
  const at = edge ?? (from < 0 ? 0 : step(textOf(session), from, by));
  session.selected.value = writeMarked({ anchor: at, focus: at, to: marked?.to });
}

/** Widen or narrow what is marked at its moving end, or the span at its end. */
function extend(session: Session, by: Direction, step: Step): void {
  if (held(session)) {
    nudge(session, "end", by, step);
    return;
  }
  const marked = readMarked(spans(session), session.selected.value) ?? { anchor: 0, focus: 0 };
  session.selected.value = writeMarked({ ...marked, focus: step(textOf(session), marked.focus, by) });
}

/** Move an end of the piece in hand; without one the span's own. */
function nudge(session: Session, side: "start" | "end", by: Direction, step: Step): void {
  const span = held(session);
  if (!span) return;
  const inHand = pieceInHand(session);
  const at = inHand ?? (side === "start" ? 0 : stretchesOf(span).length - 1);
  const piece = pieceAt(span, at) ?? span;
  const to = { start: piece.start, end: piece.end, [side]: step(textOf(session), piece[side], by) };
  if (to.start >= to.end) return;
  const after = placeSpan(spans(session), span.id, withPieceAt(span, at, to));
  const options = { selected: span.id, merge: `${side} ${span.id} ${at}` };
  session.change(session.field.value, after, {
    ...options,
    ...(inHand !== null && inHandAt(after, span.id, to.start)),
  });
}

/** The piece that holds this place, to be in hand. */
function inHandAt(answer: SpanAnswer, id: string, point: number): { readonly corner: Corner } {
  const span = findSpan(answer, id);
  return { corner: { shape: id, at: span ? numberOf(span, point) : 0 } };
}

/** First a caret beside the span, then, with a stretch selected, that stretch as a piece of it. */
function add(session: Session): void {
  const span = held(session);
  const marked = readMarked(spans(session), session.selected.value);
  const to = findSpan(spans(session), marked?.to ?? null);
  if (span) {
    const at = pieceAt(span, pieceInHand(session) ?? stretchesOf(span).length - 1)?.end ?? span.end;
    session.selected.value = writeMarked({ anchor: at, focus: at, to: span.id });
  } else if (marked && to && marked.anchor === marked.focus) session.selected.value = to.id;
  else if (marked && to) {
    const stretch = stretchOf(marked);
    const after = addPiece(spans(session), to, stretch);
    const options = { selected: to.id, ...inHandAt(after, to.id, stretch.start) };
    session.change(session.field.value, after, options);
    session.selected.value = to.id;
  }
}

/** The next piece of the span comes to hand; behind the last one the span as a whole. */
function nextPiece(session: Session): void {
  const span = held(session);
  if (!span) return;
  const at = (pieceInHand(session) ?? -1) + 1;
  session.outline.corner.value = at < stretchesOf(span).length ? { shape: span.id, at } : null;
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
  if (!span) return;
  const piece = pieceAt(span, pieceInHand(session) ?? -1);
  const options = piece ? { selected: span.id, corner: null } : { selected: null };
  const after = piece ? removePiece(spans(session), span, piece.start) : removeSpan(spans(session), span.id);
  session.change(session.field.value, after, options);
}

/** Whether a span is in hand, or a stretch for one, that may have pieces. */
function canAdd(session: Session): boolean {
  if (!takesPieces(session.field.value)) return false;
  return isHeld(session) || readMarked(spans(session), session.selected.value)?.to !== undefined;
}

type Act = (session: Session, by: Direction, step: Step) => void;
interface Arrows {
  readonly id: string;
  readonly prefixes: readonly string[];
  /** The keys that the help shows for a text in lines from left to right, and what they do. */
  readonly shown: string;
  readonly label: () => string;
  readonly step: Step;
  readonly run: Act;
  readonly when?: (session: Session) => boolean;
}

/** The four arrows, shown in the help as one line; those across the lines have a line of their own in it. */
function arrows({ id, prefixes, shown, label, step, run, when = () => true }: Arrows): Action[] {
  return (["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown"] as const).map((key, at) => ({
    id: `span-${id}-${key}`,
    group: "shape" as const,
    label,
    keys: prefixes.map((prefix) => prefix + key),
    ...(at === 0 ? { shown } : { hidden: true }),
    when: ({ session }) => when(session),
    run: ({ session }) => go(session, key, step, run),
  }));
}

/** Along the line by `step`; across the lines to the nearest place of the next one. */
function go(session: Session, key: Arrow, step: Step, run: Act): void {
  const marked = readMarked(spans(session), session.selected.value);
  const at = held(session)?.start ?? marked?.focus ?? 0;
  const { across, by } = headingOf(key, directionAt(textOf(session), at, settingOf(session.field.value)));
  run(session, by, across ? (text, point, way) => byLine(session, text, point, way) : step);
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
    label: () => t("Remove the span, or its piece in hand"),
    keys: ["Delete", "Backspace"],
    when: ({ session }) => isHeld(session),
    run: ({ session }) => remove(session),
  },
  {
    id: "span-piece",
    group: "shape",
    label: () => t("Add the stretch selected next to this span"),
    keys: ["A"],
    when: ({ session }) => canAdd(session),
    run: ({ session }) => add(session),
  },
  {
    id: "span-next-piece",
    group: "shape",
    label: () => t("Next piece of the span"),
    keys: ["Shift+A"],
    when: ({ session }) => (held(session)?.pieces?.length ?? 0) > 1,
    run: ({ session }) => nextPiece(session),
  },
  ...arrows({
    id: "caret",
    prefixes: [""],
    shown: "←→ ↑↓",
    label: () => t("Move the caret by a character or a line"),
    step: byCharacter,
    run: move,
  }),
  ...arrows({
    id: "caret-word",
    prefixes: ["Ctrl+"],
    shown: "Ctrl ←→",
    label: () => t("Move the caret by a word"),
    step: byWord,
    run: move,
  }),
  ...arrows({
    id: "extend",
    prefixes: ["Shift+"],
    shown: "Shift ←→ ↑↓",
    label: () => t("Select, or move the span's end, by a character or a line"),
    step: byCharacter,
    run: extend,
  }),
  ...arrows({
    id: "extend-word",
    prefixes: ["Ctrl+Shift+", "Alt+Shift+"],
    shown: "Ctrl Shift ←→",
    label: () => t("Select, or move the span's end, by a word"),
    step: byWord,
    run: extend,
  }),
  ...arrows({
    id: "start",
    prefixes: ["Alt+"],
    shown: "Alt ←→",
    label: () => t("Move the span's start by a character"),
    step: byCharacter,
    run: nudgeStart,
    when: isHeld,
  }),
];
