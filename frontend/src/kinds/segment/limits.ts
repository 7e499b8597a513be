/** How far a segment may reach: to its neighbours where the field keeps them apart, and never shorter than it says. */
import type { Field } from "../../workbench/boot";
import { findSegment, type Segment, type SegmentAnswer, type Stretch } from "./model";

export type Side = "start" | "end";
interface Room {
  readonly field: Field;
  readonly answer: SegmentAnswer;
  readonly duration: number;
}

export const keepsApart = (field: Field): boolean => field.options["overlap"] === false;
export const coversAll = (field: Field): boolean => field.options["gaps"] === false;

export function shortestOf(field: Field): number {
  const said = field.options["shortest"];
  return typeof said === "number" && said >= 1 ? said : 1;
}

/** The stretch around `at` that a segment (but for `except`) may take; null where `at` lies within another one. */
export function roomAt({ field, answer, duration }: Room, at: number, except?: string): Stretch | null {
  let [start, end] = [0, duration];
  if (!keepsApart(field)) return { start, end };
  for (const each of answer.segments) {
    if (each.id === except) continue;
    if (each.start <= at && at < each.end) return null;
    if (each.end <= at) start = Math.max(start, each.end);
    else end = Math.min(end, each.start);
  }
  return { start, end };
}

/** A new stretch from `anchor` to `to`, as far as there is room; null where there is none. */
export function newStretch(room: Room, anchor: number, to: number): Stretch | null {
  const free = roomAt(room, anchor);
  if (!free) return null;
  const clipped = Math.round(Math.max(free.start, Math.min(free.end, to)));
  const from = Math.round(Math.max(free.start, Math.min(free.end, anchor)));
  const found = { start: Math.min(from, clipped), end: Math.max(from, clipped) };
  return found.end - found.start >= shortestOf(room.field) ? found : null;
}

/** The segment that shares this boundary, where the field's segments must leave no gap. */
export function sharing({ field, answer }: Room, held: Segment, side: Side): Segment | undefined {
  if (!coversAll(field)) return undefined;
  const other: Side = side === "start" ? "end" : "start";
  return answer.segments.find((each) => each.id !== held.id && each[other] === held[side]);
}

/** The answer after one side of a segment was moved, as far as it can be; the neighbour's boundary goes along. */
export function movedSide(room: Room, id: string, side: Side, to: number): SegmentAnswer {
  const held = findSegment(room.answer, id);
  if (!held) return room.answer;
  const partner = sharing(room, held, side);
  const at = Math.round(Math.max(lowest(room, held, side, partner), Math.min(highest(room, held, side, partner), to)));
  if (at === held[side]) return room.answer;
  const other: Side = side === "start" ? "end" : "start";
  const segments = room.answer.segments.map((each) => {
    if (each.id === held.id) return { ...each, [side]: at };
    return each.id === partner?.id ? { ...each, [other]: at } : each;
  });
  return { kind: "segment", segments: [...segments].sort((a, b) => a.start - b.start || b.end - a.end) };
}

function lowest(room: Room, held: Segment, side: Side, partner: Segment | undefined): number {
  const shortest = shortestOf(room.field);
  if (side === "end") return held.start + shortest;
  if (partner) return partner.start + shortest;
  if (!keepsApart(room.field)) return 0;
  return Math.max(0, ...room.answer.segments.filter((each) => each.end <= held.start).map((each) => each.end));
}

function highest(room: Room, held: Segment, side: Side, partner: Segment | undefined): number {
  const shortest = shortestOf(room.field);
  if (side === "start") return held.end - shortest;
  if (partner) return partner.end - shortest;
  if (!keepsApart(room.field)) return room.duration;
  const later = room.answer.segments.filter((each) => each.start >= held.end).map((each) => each.start);
  return Math.min(room.duration, ...later);
}
