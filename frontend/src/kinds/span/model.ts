/**
 * Spans of a text in code points, `end` without. Written from front to back, longer ones first. A span in several pieces
 * has them from front to back, apart from one another; of one piece `pieces` is absent.
 */
import { CodecError, members } from "../kind";

export interface Stretch {
  readonly start: number;
  readonly end: number;
}
export interface TextSpan extends Stretch {
  readonly id: string;
  readonly label: string;
  readonly pieces?: readonly Stretch[];
}
export interface SpanAnswer {
  readonly kind: "span";
  readonly spans: readonly TextSpan[];
}

const LONGEST_ID = 64;

export const NO_SPANS: SpanAnswer = { kind: "span", spans: [] };

export function findSpan(answer: SpanAnswer, id: string | null): TextSpan | undefined {
  return id === null ? undefined : answer.spans.find((each) => each.id === id);
}

export function addSpan(answer: SpanAnswer, span: TextSpan): SpanAnswer {
  return tidy([...answer.spans, span]);
}

export function relabelSpan(answer: SpanAnswer, id: string, label: string): SpanAnswer {
  return tidy(answer.spans.map((each) => (each.id === id ? { ...each, label } : each)));
}

/** The span lies in these stretches instead; what overlaps or touches becomes one piece. */
export function placeSpan(answer: SpanAnswer, id: string, stretches: readonly Stretch[]): SpanAnswer {
  const placed = (span: TextSpan) => ({ id, label: span.label, ...placeOf(stretches) });
  return tidy(answer.spans.map((each) => (each.id === id ? placed(each) : each)));
}

/** Where a span of these stretches (at least one) lies. */
export function placeOf(stretches: readonly Stretch[]): Stretch & Pick<TextSpan, "pieces"> {
  const pieces = joined(stretches);
  const [start, end] = [pieces[0]?.start ?? 0, pieces.at(-1)?.end ?? 0];
  return pieces.length > 1 ? { start, end, pieces } : { start, end };
}

/** Stretches from front to back, those that overlap or touch as one. */
export function joined(stretches: readonly Stretch[]): Stretch[] {
  const found: Stretch[] = [];
  for (const { start, end } of [...stretches].sort((a, b) => a.start - b.start)) {
    const last = found.at(-1);
    if (last && start <= last.end) found[found.length - 1] = { start: last.start, end: Math.max(last.end, end) };
    else found.push({ start, end });
  }
  return found;
}

/** The pieces of a span; itself where it has one. */
export function stretchesOf(span: Stretch & Pick<TextSpan, "pieces">): readonly Stretch[] {
  return span.pieces ?? [span];
}

/** What lies between the pieces. */
export function gapsOf(span: TextSpan): readonly Stretch[] {
  const pieces = stretchesOf(span);
  return pieces.slice(1).map(({ start }, at) => ({ start: pieces[at]?.end ?? start, end: start }));
}

export function lengthOf(span: TextSpan): number {
  return stretchesOf(span).reduce((sum, { start, end }) => sum + end - start, 0);
}

export function removeSpan(answer: SpanAnswer, id: string): SpanAnswer {
  return { kind: "span", spans: answer.spans.filter((each) => each.id !== id) };
}

/** Whether the answer already says this of this place. */
export function says(answer: SpanAnswer, label: string, at: Stretch & Pick<TextSpan, "pieces">): boolean {
  return answer.spans.some((each) => each.label === label && comparePlaces(stretchesOf(each), stretchesOf(at)) === 0);
}

/** The first of s1, s2 … that no span has. */
export function freshId(answer: SpanAnswer): string {
  const taken = new Set(answer.spans.map((each) => each.id));
  let n = answer.spans.length + 1;
  while (taken.has(`s${n}`)) n += 1;
  return `s${n}`;
}

function tidy(spans: readonly TextSpan[]): SpanAnswer {
  return { kind: "span", spans: [...spans].sort(inOrder) };
}

function inOrder(a: TextSpan, b: TextSpan): number {
  return (
    a.start - b.start ||
    b.end - a.end ||
    compare(a.label, b.label) ||
    comparePlaces(a.pieces ?? [], b.pieces ?? []) ||
    compare(a.id, b.id)
  );
}

function comparePlaces(a: readonly Stretch[], b: readonly Stretch[]): number {
  for (const [at, one] of a.entries()) {
    const other = b[at];
    const order = other ? one.start - other.start || one.end - other.end : 1;
    if (order !== 0) return order;
  }
  return a.length - b.length;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

export function decodeSpans(value: unknown): SpanAnswer {
  const { kind, spans } = members(value, ["kind", "spans"]);
  if (kind !== "span") throw new CodecError("not spans");
  if (!Array.isArray(spans)) throw new CodecError("spans must be a list");
  return tidy(spans.map(decodeSpan));
}

function decodeSpan(value: unknown): TextSpan {
  const { id, label, start, end, pieces } = members(value, ["id", "label", "start", "end", "pieces"]);
  if (typeof id !== "string" || typeof label !== "string") throw new CodecError("a span has an id and a label");
  if (id.length < 1 || id.length > LONGEST_ID) throw new CodecError("a span's id has 1 to 64 characters");
  const hull = { start: whole(start), end: whole(end) };
  const held = decodePieces(pieces);
  const one = held.length === 1 && comparePlaces(held, [hull]) === 0;
  return { id, label, ...hull, ...(held.length > 0 && !one && { pieces: held }) };
}

function decodePieces(value: unknown): Stretch[] {
  if (value === undefined) return [];
  if (!Array.isArray(value)) throw new CodecError("pieces must be a list");
  const found = value.map((pair: unknown) => {
    if (!Array.isArray(pair) || pair.length !== 2) throw new CodecError("a piece is a start and an end");
    return { start: whole(pair[0]), end: whole(pair[1]) };
  });
  return found.sort((a, b) => a.start - b.start || a.end - b.end);
}

function whole(value: unknown): number {
  if (typeof value === "number" && Number.isInteger(value)) return value;
  throw new CodecError("start and end are whole numbers");
}

export function encodeSpans(answer: SpanAnswer): unknown {
  const spans = tidy(answer.spans).spans.map(({ id, label, start, end, pieces }) => {
    const held = pieces?.map((piece) => [piece.start, piece.end]);
    return { id, label, start, end, ...(held && { pieces: held }) };
  });
  return { kind: "span", spans };
}
