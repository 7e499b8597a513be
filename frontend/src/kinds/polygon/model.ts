/** Polygons: one ring of points each, which closes by itself. */
import { t } from "../../words";
import type { Fault } from "../kind";
import { decodePaths, type PathKind, type PathShape } from "../path/model";
import type { Shapes } from "../shapes/model";
import { areaOf, crossesItself } from "../shapes/rings";

export type PolygonShape = PathShape;
export interface PolygonAnswer extends Shapes<PolygonShape> {
  readonly kind: "polygon";
}

export const RING: PathKind = {
  id: "polygon",
  letter: "p",
  open: false,
  fewest: 3,
  tooFew: () => t("An outline needs three points; Esc drops it."),
};
export const NO_POLYGONS: PolygonAnswer = { kind: "polygon", shapes: [] };

export const decodePolygons = (value: unknown): PolygonAnswer => decodePaths(value, "polygon");

const known = new WeakMap<PolygonShape, Fault | null>();

/** What the server would refuse; a shape that has not changed is not looked at again. */
export function findFaults({ shapes }: PolygonAnswer): readonly Fault[] {
  return shapes.flatMap((shape) => {
    if (!known.has(shape)) known.set(shape, faultOf(shape));
    const fault = known.get(shape);
    return fault ? [fault] : [];
  });
}

function faultOf({ id, points }: PolygonShape): Fault | null {
  if (crossesItself(points)) {
    return { id: "crosses-itself", shape: id, text: t("The outline crosses itself. Move a point, or take it out.") };
  }
  if (areaOf(points) > 0) return null;
  return { id: "no-area", shape: id, text: t("The outline encloses nothing. Pull its points apart, or delete it.") };
}
