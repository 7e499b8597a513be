/**
 * What is selected in a text: a span by its id, or a stretch that is no span yet, written `@anchor>focus` in code points
 * (a caret where the two are one), with `+id` where it is to become another piece of that span. All of it lives in the
 * session's selection, so undo brings it back.
 */
import { findSpan, type SpanAnswer, type Stretch } from "./model";

export interface Marked {
  readonly anchor: number;
  readonly focus: number;
  /** The span that the stretch is to be added to. */
  readonly to?: string | undefined;
}

const WRITTEN = /^@(\d+)>(\d+)(?:\+(.+))?$/;

export function writeMarked({ anchor, focus, to }: Marked): string {
  return `@${anchor}>${focus}${to === undefined ? "" : `+${to}`}`;
}

/** The stretch that is selected; null where a span is, or nothing. */
export function readMarked(answer: SpanAnswer, selected: string | null): Marked | null {
  if (selected === null || findSpan(answer, selected)) return null;
  const found = WRITTEN.exec(selected);
  if (!found) return null;
  const to = found[3] !== undefined && findSpan(answer, found[3]) ? { to: found[3] } : {};
  return { anchor: Number(found[1]), focus: Number(found[2]), ...to };
}

export function stretchOf({ anchor, focus }: Marked): Stretch {
  return { start: Math.min(anchor, focus), end: Math.max(anchor, focus) };
}
