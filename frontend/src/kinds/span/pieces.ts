/** The pieces of a span: adding one, taking one away, moving one, and which of them is in hand. */
import type { Field } from "../../workbench/boot";
import type { Session } from "../../workbench/session";
import { findSpan, placeSpan, type SpanAnswer, type Stretch, stretchesOf, type TextSpan } from "./model";

/** As many as the server takes. */
const MOST = 100;

export function takesPieces(field: Field): boolean {
  return field.options["pieces"] === true;
}

export function pieceAt(span: TextSpan, at: number): Stretch | undefined {
  return stretchesOf(span)[at];
}

/** The stretches of the span with one of them elsewhere. */
export function withPieceAt(span: TextSpan, at: number, to: Stretch): readonly Stretch[] {
  return stretchesOf(span).map((piece, number) => (number === at ? to : piece));
}

/** The same answer where the span has all of it already, or as many pieces as it can. */
export function addPiece(answer: SpanAnswer, span: TextSpan, stretch: Stretch): SpanAnswer {
  const held = stretchesOf(span);
  const within = held.some(({ start, end }) => start <= stretch.start && stretch.end <= end);
  return within || held.length >= MOST ? answer : placeSpan(answer, span.id, [...held, stretch]);
}

/** The span without the piece that `point` lies in; the last piece stays. */
export function removePiece(answer: SpanAnswer, span: TextSpan, point: number): SpanAnswer {
  const left = stretchesOf(span).filter(({ start, end }) => point < start || point >= end);
  return left.length === 0 || left.length === stretchesOf(span).length ? answer : placeSpan(answer, span.id, left);
}

/** The number of the piece in hand; null where the span as a whole is. */
export function pieceInHand(session: Session): number | null {
  const corner = session.outline.corner.value;
  // The text may be read while the hand is on another field's answer.
  if (!corner || session.field.value.kind !== "span") return null;
  const held = findSpan(session.answer(session.field.value) as SpanAnswer, session.selected.value);
  return held && corner.shape === held.id && pieceAt(held, corner.at) ? corner.at : null;
}

/** The number of the piece that holds this place. */
export function numberOf(span: TextSpan, point: number): number {
  return Math.max(
    0,
    stretchesOf(span).findIndex(({ start, end }) => start <= point && point <= end),
  );
}
