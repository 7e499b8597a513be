/** Which spans lie across one another, and on which of the stacked underlines each is drawn. */
import { stretchesOf, type TextSpan } from "./model";

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

/** Spans, in tidy order, that share characters with an earlier one, each with that one; what lies in a gap does not. */
export function overlapping(spans: readonly TextSpan[]): (readonly [TextSpan, TextSpan])[] {
  const found: (readonly [TextSpan, TextSpan])[] = [];
  const stretches = spans.flatMap((span) => stretchesOf(span).map(({ start, end }) => ({ start, end, span })));
  stretches.sort((a, b) => a.start - b.start || b.end - a.end);
  let furthest = stretches[0];
  for (const each of stretches) {
    if (!furthest) break;
    const [across, span] = [furthest.span, each.span];
    const told = found.some((pair) => pair.includes(across) && pair.includes(span));
    if (across !== span && each.start < furthest.end && !told) found.push([across, span]);
    if (each.end > furthest.end) furthest = each;
  }
  return found;
}
