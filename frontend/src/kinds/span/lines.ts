/** Steps from line to line, which only the laid-out text knows: the sheet on which a session's text lies. */
import type { Session } from "../../workbench/session";
import { pointsOf } from "./points";
import type { Sheet } from "./sheet";
import { snapped } from "./steps";

const sheets = new WeakMap<Session, Sheet>();

export function laidOut(session: Session, sheet: Sheet): void {
  sheets.set(session, sheet);
}

/** The place of the next line, or the one before, that is nearest; the text's own end where there is none. */
export function byLine(session: Session, text: string, point: number, by: 1 | -1): number {
  const sheet = sheets.get(session);
  if (!sheet) return point;
  const points = pointsOf(text);
  return snapped(text, points.toPoint(sheet.acrossFrom(points.toUnit(point), by)));
}
