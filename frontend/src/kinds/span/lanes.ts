/** Which spans lie across one another, and on which of the stacked underlines each is drawn. */
import type { TextSpan } from "./model";

export interface Lanes {
  /** From the text downwards, from 0: what lies inside is closest to the text. */
  readonly of: ReadonlyMap<string, number>;
  readonly depth: number;
}

/** Lanes of spans in tidy order. */
export function layLanes(spans: readonly TextSpan[]): Lanes {
  const of = new Map<string, number>();
  let depth = 0;
  for (const cluster of clusters(spans)) {
    const placed = place(cluster);
    const deepest = Math.max(...placed);
    depth = Math.max(depth, deepest + 1);
    cluster.forEach((span, at) => {
      of.set(span.id, deepest - (placed[at] ?? 0));
    });
  }
  return { of, depth };
}

/** Runs of spans that touch one another, directly or by way of others. */
function clusters(spans: readonly TextSpan[]): TextSpan[][] {
  const found: TextSpan[][] = [];
  let until = Number.NEGATIVE_INFINITY;
  for (const span of spans) {
    if (span.start >= until) found.push([]);
    found.at(-1)?.push(span);
    until = Math.max(until, span.end);
  }
  return found;
}

/** The first lane that is free where each begins. */
function place(cluster: readonly TextSpan[]): number[] {
  const free: number[] = [];
  return cluster.map((span) => {
    const found = free.findIndex((until) => until <= span.start);
    const lane = found < 0 ? free.length : found;
    free[lane] = span.end;
    return lane;
  });
}

/** Spans, in tidy order, that lie across an earlier one, each with that one. */
export function overlapping(spans: readonly TextSpan[]): (readonly [TextSpan, TextSpan])[] {
  const found: (readonly [TextSpan, TextSpan])[] = [];
  let furthest: TextSpan | null = null;
  for (const span of spans) {
    if (furthest && span.start < furthest.end) found.push([furthest, span]);
    if (!furthest || span.end > furthest.end) furthest = span;
  }
  return found;
}
