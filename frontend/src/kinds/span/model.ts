/** Spans of a text in code points, `end` without. Written from front to back, longer ones first. */
import { CodecError, members } from "../kind";

export interface Stretch {
  readonly start: number;
  readonly end: number;
}
export interface TextSpan extends Stretch {
  readonly id: string;
  readonly label: string;
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

export function changeSpan(answer: SpanAnswer, id: string, change: Partial<Omit<TextSpan, "id">>): SpanAnswer {
  return tidy(answer.spans.map((each) => (each.id === id ? { ...each, ...change } : each)));
}

export function removeSpan(answer: SpanAnswer, id: string): SpanAnswer {
  return { kind: "span", spans: answer.spans.filter((each) => each.id !== id) };
}

/** Whether the answer already says this of this place. */
export function says(answer: SpanAnswer, label: string, { start, end }: Stretch): boolean {
  return answer.spans.some((each) => each.label === label && each.start === start && each.end === end);
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
  return a.start - b.start || b.end - a.end || compare(a.label, b.label) || compare(a.id, b.id);
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
  const { id, label, start, end } = members(value, ["id", "label", "start", "end"]);
  if (typeof id !== "string" || typeof label !== "string") throw new CodecError("a span has an id and a label");
  if (id.length < 1 || id.length > LONGEST_ID) throw new CodecError("a span's id has 1 to 64 characters");
  return { id, label, start: whole(start), end: whole(end) };
}

function whole(value: unknown): number {
  if (typeof value === "number" && Number.isInteger(value)) return value;
  throw new CodecError("start and end are whole numbers");
}

export function encodeSpans(answer: SpanAnswer): unknown {
  const spans = tidy(answer.spans).spans.map(({ id, label, start, end }) => ({ id, label, start, end }));
  return { kind: "span", spans };
}
