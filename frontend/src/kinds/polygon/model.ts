/** Polygons in item pixels, two decimals: one ring of points each, which closes by itself. */
import type { Point, Size } from "../../plane";
import { t } from "../../words";
import { CodecError, type Fault, members } from "../kind";
import { addShape, cents, finite, freshName, named, type Shaped, type Shapes } from "../shapes/model";
import { areaOf, crossesItself, inItem, type Ring } from "../shapes/rings";

export interface PolygonShape extends Shaped {
  readonly points: Ring;
}
export interface PolygonAnswer extends Shapes<PolygonShape> {
  readonly kind: "polygon";
}

export const FEWEST_POINTS = 3;
export const NO_POLYGONS: PolygonAnswer = { kind: "polygon", shapes: [] };

export function decodePolygons(value: unknown): PolygonAnswer {
  const { kind, shapes } = members(value, ["kind", "shapes"]);
  if (kind !== "polygon") throw new CodecError("not polygons");
  if (!Array.isArray(shapes)) throw new CodecError("shapes must be a list");
  return { kind: "polygon", shapes: shapes.map(decodeShape) };
}

function decodeShape(value: unknown): PolygonShape {
  const { id, label, points } = members(value, ["id", "label", "points"]);
  if (!Array.isArray(points)) throw new CodecError("points must be a list");
  return { ...named(id, label), points: points.map(decodePoint) };
}

function decodePoint(value: unknown): Point {
  if (!Array.isArray(value) || value.length !== 2) throw new CodecError("a point is x and y");
  return { x: finite(value[0]), y: finite(value[1]) };
}

export function encodePolygons(answer: PolygonAnswer): unknown {
  const shapes = answer.shapes.map(({ id, label, points }) => {
    return { id, label, points: points.map(({ x, y }) => [cents(x), cents(y)]) };
  });
  return { kind: "polygon", shapes };
}

/** A point as it is stored: on the item, to two decimals. */
export function placed(point: Point, size: Size): Point {
  const { x, y } = inItem(point, size);
  return { x: cents(x), y: cents(y) };
}

/** The answer with one more polygon, and its id. */
export function closed(answer: PolygonAnswer, label: string, points: Ring): readonly [PolygonAnswer, string] {
  const id = freshName(answer, "p");
  return [addShape(answer, { id, label, points }), id];
}

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
