/**
 * What is selected in a text: a span by its id, or a stretch that is no span yet, written `@anchor>focus` in code points
 * (a caret where the two are one). Both live in the session's selection, so undo brings either back.
 */
import { findSpan, type SpanAnswer, type Stretch } from "./model";

export interface Marked {
  readonly anchor: number;
  readonly focus: number;
}

const WRITTEN = /^@(\d+)>(\d+)$/;

export function writeMarked({ anchor, focus }: Marked): string {
  return `@${anchor}>${focus}`;
}

/** The stretch that is selected; null where a span is, or nothing. */
export function readMarked(answer: SpanAnswer, selected: string | null): Marked | null {
  if (selected === null || findSpan(answer, selected)) return null;
  const found = WRITTEN.exec(selected);
  return found ? { anchor: Number(found[1]), focus: Number(found[2]) } : null;
}

export function stretchOf({ anchor, focus }: Marked): Stretch {
  return { start: Math.min(anchor, focus), end: Math.max(anchor, focus) };
}
