/** Polygons that come of a rough box: two points or more that were put down, or the polygon in hand. */
import type { Field } from "../../workbench/boot";
import type { FoundOutline, PutOutline, Rough } from "../../workbench/outlining";
import type { Session } from "../../workbench/session";
import { ended } from "../path/model";
import { changeShape, findShape } from "../shapes/model";
import { boundsOf } from "../shapes/rings";
import type { PolygonAnswer, PolygonShape } from "./model";

export function rough(session: Session, field: Field): Rough | null {
  const points = session.outline.points.value;
  if (points.length > 1) return { box: boundsOf(points), shape: null };
  const shape = findShape(session.answer(field) as PolygonAnswer, session.selected.value);
  return shape ? { box: boundsOf(shape.points), shape: shape.id } : null;
}

export function put(session: Session, field: Field, found: FoundOutline, { into, label, by }: PutOutline): void {
  const points = (found.points ?? []).map(([x, y]) => ({ x, y }));
  if (points.length < 3) return;
  const answer = session.answer(field) as PolygonAnswer;
  const [after, id] =
    into === null
      ? ended(answer, "p", label, points)
      : [changeShape<PolygonShape, PolygonAnswer>(answer, into, { points }), into];
  session.change(field, after, { selected: id, by });
}
