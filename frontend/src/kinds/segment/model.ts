/** Segments of a sound in whole milliseconds, `end` without. Written from front to back, longer ones first. */
import { CodecError, members } from "../kind";

export interface Stretch {
  readonly start: number;
  readonly end: number;
}
export interface Segment extends Stretch {
  readonly id: string;
  readonly label: string;
}
export interface SegmentAnswer {
  readonly kind: "segment";
  readonly segments: readonly Segment[];
}

const LONGEST_ID = 64;

export const NO_SEGMENTS: SegmentAnswer = { kind: "segment", segments: [] };

export function findSegment(answer: SegmentAnswer, id: string | null): Segment | undefined {
  return id === null ? undefined : answer.segments.find((each) => each.id === id);
}

export function addSegments(answer: SegmentAnswer, ...segments: readonly Segment[]): SegmentAnswer {
  return tidy([...answer.segments, ...segments]);
}

export function changeSegment(answer: SegmentAnswer, id: string, change: Partial<Omit<Segment, "id">>): SegmentAnswer {
  return tidy(answer.segments.map((each) => (each.id === id ? { ...each, ...change } : each)));
}

export function removeSegment(answer: SegmentAnswer, id: string): SegmentAnswer {
  return { kind: "segment", segments: answer.segments.filter((each) => each.id !== id) };
}

/** The first of s1, s2 … that no segment has. */
export function freshId(answer: SegmentAnswer): string {
  const taken = new Set(answer.segments.map((each) => each.id));
  let n = answer.segments.length + 1;
  while (taken.has(`s${n}`)) n += 1;
  return `s${n}`;
}

/** Two segments become one: the first one's id and label, from the first beginning to the last end. */
export function merged(answer: SegmentAnswer, one: Segment, other: Segment): SegmentAnswer {
  const to = { start: Math.min(one.start, other.start), end: Math.max(one.end, other.end) };
  return changeSegment(removeSegment(answer, other.id), one.id, to);
}

/** What no segment covers of a sound. */
export function gapsOf({ segments }: SegmentAnswer, duration: number): Stretch[] {
  const found: Stretch[] = [];
  let until = 0;
  for (const { start, end } of segments) {
    if (start > until) found.push({ start: until, end: start });
    until = Math.max(until, end);
  }
  return until < duration ? [...found, { start: until, end: duration }] : found;
}

function tidy(segments: readonly Segment[]): SegmentAnswer {
  return { kind: "segment", segments: [...segments].sort(inOrder) };
}

function inOrder(a: Segment, b: Segment): number {
  return a.start - b.start || b.end - a.end || compare(a.label, b.label) || compare(a.id, b.id);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

export function decodeSegments(value: unknown): SegmentAnswer {
  const { kind, segments } = members(value, ["kind", "segments"]);
  if (kind !== "segment") throw new CodecError("not segments");
  if (!Array.isArray(segments)) throw new CodecError("segments must be a list");
  return tidy(segments.map(decodeSegment));
}

function decodeSegment(value: unknown): Segment {
  const { id, label, start, end } = members(value, ["id", "label", "start", "end"]);
  if (typeof id !== "string" || typeof label !== "string") throw new CodecError("a segment has an id and a label");
  if (id.length < 1 || id.length > LONGEST_ID) throw new CodecError("a segment's id has 1 to 64 characters");
  return { id, label, start: wholeNumber(start), end: wholeNumber(end) };
}

function wholeNumber(value: unknown): number {
  if (typeof value === "number" && Number.isInteger(value)) return value;
  throw new CodecError("start and end are whole milliseconds");
}

export function encodeSegments(answer: SegmentAnswer): unknown {
  const segments = tidy(answer.segments).segments.map(({ id, label, start, end }) => ({ id, label, start, end }));
  return { kind: "segment", segments };
}
