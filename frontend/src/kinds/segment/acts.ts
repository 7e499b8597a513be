/** What the keyboard does with segments, at the playhead. */
import { batch } from "@preact/signals";
import { deckOf } from "../../sound/deck";
import { t } from "../../words";
import type { Action } from "../../workbench/actions";
import type { Session } from "../../workbench/session";
import { keepsApart, movedSide, newStretch, type Side, shortestOf } from "./limits";
import { addSegments, changeSegment, findSegment, freshId, merged, removeSegment, type SegmentAnswer } from "./model";
import { proposeVoices } from "./voices";

const segments = (session: Session): SegmentAnswer => session.answer(session.field.value) as SegmentAnswer;
const held = (session: Session) => findSegment(segments(session), session.selected.value);
const isHeld = ({ session }: { session: Session }): boolean => held(session) !== undefined;
const playhead = (session: Session): number => Math.round(deckOf(session).at.value);

function roomOf(session: Session) {
  const duration = session.task.value?.item.duration ?? 0;
  return { field: session.field.value, answer: segments(session), duration };
}

/** Behind the segment in hand, or with none, a new one begins; else the one in hand begins here. */
export function setStart(session: Session): void {
  const deck = deckOf(session);
  const segment = held(session);
  const at = playhead(session);
  if (segment && at < segment.end) moveSide(session, "start", at);
  else {
    batch(() => {
      session.selected.value = null;
      deck.mark.value = at;
    });
  }
}

/** What was begun ends here and gets the label in hand; else the segment in hand ends here. */
export function setEnd(session: Session): void {
  const { mark } = deckOf(session);
  if (mark.value === null) {
    moveSide(session, "end", playhead(session));
    return;
  }
  const room = roomOf(session);
  const stretch = newStretch(room, mark.value, playhead(session));
  if (!stretch) return;
  const label = session.inHand.value[room.field.id] ?? "";
  const made = { id: freshId(room.answer), label, ...stretch };
  batch(() => {
    mark.value = null;
    session.change(room.field, addSegments(room.answer, made), { selected: made.id });
  });
}

function moveSide(session: Session, side: Side, to: number, merge?: string): void {
  const segment = held(session);
  if (!segment) return;
  const after = movedSide(roomOf(session), segment.id, side, to);
  if (after === segments(session)) return;
  session.change(session.field.value, after, { selected: segment.id, ...(merge && { merge }) });
}

function nudge(session: Session, side: Side, by: number): void {
  const segment = held(session);
  if (segment) moveSide(session, side, segment[side] + by, `${side} ${segment.id}`);
}

/** The segment in hand, or the one at the playhead, becomes two there; the second is in hand. */
function split(session: Session): void {
  const at = playhead(session);
  const segment = splittable(session);
  if (!segment) return;
  const answer = segments(session);
  const second = { ...segment, id: freshId(answer), start: at };
  const after = addSegments(changeSegment(answer, segment.id, { end: at }), second);
  session.change(session.field.value, after, { selected: second.id });
}

function splittable(session: Session) {
  const at = playhead(session);
  const shortest = shortestOf(session.field.value);
  const fits = (each: { start: number; end: number }) => at - each.start >= shortest && each.end - at >= shortest;
  const segment = held(session);
  return segment && fits(segment) ? segment : segments(session).segments.find(fits);
}

/** The one in hand and the next of its label become one; where none may overlap, nothing may lie between them. */
function mergeNext(session: Session): void {
  const [segment, next] = [held(session), mergeable(session)];
  if (segment && next) {
    session.change(session.field.value, merged(segments(session), segment, next), { selected: segment.id });
  }
}

function mergeable(session: Session) {
  const list = segments(session).segments;
  const segment = held(session);
  if (!segment) return undefined;
  const later = list.slice(list.indexOf(segment) + 1);
  return keepsApart(session.field.value) ? later[0] : later.find((each) => each.label === segment.label);
}

/** The next segment, or the one before; from no segment, the one nearest the playhead that way. */
function neighbour(session: Session, by: 1 | -1): string | null {
  const list = segments(session).segments;
  const segment = held(session);
  if (segment) return list[list.indexOf(segment) + by]?.id ?? null;
  const at = playhead(session);
  return (by === 1 ? list.find((each) => each.start >= at) : list.findLast((each) => each.start < at))?.id ?? null;
}

function step(session: Session, by: 1 | -1): void {
  const id = neighbour(session, by);
  const segment = findSegment(segments(session), id);
  if (!segment) return;
  session.selected.value = id;
  deckOf(session).seek(segment.start);
}

function nudging(side: Side, prefix: string, label: () => string): Action[] {
  return (["ArrowLeft", "ArrowRight"] as const).map((key, at) => ({
    id: `segment-${side}-${key}`,
    group: "shape" as const,
    label,
    keys: [prefix + key],
    ...(at === 0 ? { shown: `${prefix.replace("+", " ")}←→` } : { hidden: true }),
    when: isHeld,
    run: ({ session }) => nudge(session, side, at === 0 ? -10 : 10),
  }));
}

type Run = (session: Session) => void;

function act(id: string, keys: readonly string[], label: () => string, run: Run, when: Action["when"]): Action {
  return { id: `segment-${id}`, group: "shape", label, keys, when, run: ({ session }) => run(session) };
}

const always = () => true;

export const SEGMENT_ACTIONS: readonly Action[] = [
  act(
    "next",
    ["Tab"],
    () => t("Next segment"),
    (on) => step(on, 1),
    ({ session }) => neighbour(session, 1) !== null,
  ),
  act(
    "previous",
    ["Shift+Tab"],
    () => t("Previous segment"),
    (on) => step(on, -1),
    ({ session }) => neighbour(session, -1) !== null,
  ),
  act("start", ["I"], () => t("Begin a segment here, or move its start here"), setStart, always),
  act(
    "end",
    ["O"],
    () => t("End the segment here"),
    setEnd,
    (on) => isHeld(on) || deckOf(on).mark.value !== null,
  ),
  act(
    "play",
    ["J"],
    () => t("Play the segment"),
    (on) => {
      const segment = held(on);
      if (segment) deckOf(on).play(segment);
    },
    isHeld,
  ),
  act(
    "split",
    ["S"],
    () => t("Split the segment here"),
    split,
    ({ session }) => splittable(session) !== undefined,
  ),
  act(
    "merge",
    ["M"],
    () => t("Merge with the next"),
    mergeNext,
    ({ session }) => mergeable(session) !== undefined,
  ),
  ...nudging("start", "Alt+", () => t("Move the segment's start by 10 ms")),
  ...nudging("end", "Ctrl+", () => t("Move the segment's end by 10 ms")),
  act(
    "remove",
    ["Delete", "Backspace"],
    () => t("Remove the segment"),
    (on) => {
      const segment = held(on);
      if (segment) on.change(on.field.value, removeSegment(segments(on), segment.id), { selected: null });
    },
    isHeld,
  ),
  {
    id: "segment-voices",
    group: "shape",
    label: () => t("Propose where somebody speaks"),
    keys: ["V"],
    when: ({ session }) => session.task.value?.item.media === "audio",
    run: (bench) => void proposeVoices(bench),
  },
];
