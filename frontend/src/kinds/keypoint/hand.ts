/** The point of the held figure that the hand is on: the next to be put, or one to be moved. */
import type { Point } from "../../plane";
import type { Session } from "../../workbench/session";
import { ABSENT, changed, type Figure, isThere, type KeypointAnswer, NOWHERE, type Put, SEEN, withPut } from "./model";

/** The place of the point in hand; -1 where none is. */
export function handOn(session: Session, figure: Figure): number {
  const corner = session.outline.corner.value;
  return corner?.shape === figure.id && corner.at < figure.points.length ? corner.at : -1;
}

/** The place of the point that the next click puts; -1 where none waits. */
export function pending(session: Session, figure: Figure): number {
  const at = handOn(session, figure);
  return at >= 0 && figure.points[at]?.flag === ABSENT ? at : -1;
}

/** Put the point in hand and go on to the next that waits. */
export function putNext(session: Session, figure: Figure, point: Point): void {
  changePut(session, figure, handOn(session, figure), { ...point, flag: SEEN });
}

/** Leave the point in hand out and go on. */
export function leaveOut(session: Session, figure: Figure): void {
  const at = handOn(session, figure);
  const put = figure.points[at];
  if (put && isThere(put)) changePut(session, figure, at, NOWHERE);
  else layHandOn(session, figure, nextWaiting(figure, at));
}

/** Change one point, and lay the hand on `then`, or on the next that waits. */
export function changePut(session: Session, figure: Figure, at: number, change: Partial<Put>, then?: number): void {
  const field = session.field.value;
  const after = changed(session.answer(field) as KeypointAnswer, withPut(figure, at, change));
  const next = then ?? nextWaiting(figure, at);
  session.change(field, after, { selected: figure.id, corner: next < 0 ? null : { shape: figure.id, at: next } });
}

const nextWaiting = ({ points }: Figure, from: number): number =>
  points.findIndex((put, at) => at > from && !isThere(put));

function layHandOn(session: Session, figure: Figure, at: number): void {
  session.outline.corner.value = at < 0 ? null : { shape: figure.id, at };
}

/** To the next point of the figure, or the one before, put or not. */
export function step(session: Session, figure: Figure, by: 1 | -1): void {
  const at = handOn(session, figure);
  const from = at < 0 && by < 0 ? 0 : at;
  layHandOn(session, figure, (from + by + figure.points.length) % figure.points.length);
}
