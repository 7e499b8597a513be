/** Shapes that are made of points in item pixels, two decimals: rings, which close by themselves, and open lines. */
import type { Point, Size } from "../../plane";
import type { Session } from "../../workbench/session";
import { CodecError, members } from "../kind";
import { addShape, cents, finite, freshName, named, type Shaped, type Shapes } from "../shapes/model";
import { inItem, type Ring } from "../shapes/rings";

export interface PathShape extends Shaped {
  readonly points: Ring;
}
export type PathAnswer = Shapes<PathShape>;

/** What one kind of path is; everything else they share. */
export interface PathKind {
  readonly id: string;
  /** Its shapes are called by this letter and a number. */
  readonly letter: string;
  readonly open: boolean;
  readonly fewest: number;
  /** Said where it is ended too early. */
  readonly tooFew: () => string;
}

export function decodePaths<A extends PathAnswer>(value: unknown, id: string): A {
  const { kind, shapes } = members(value, ["kind", "shapes"]);
  if (kind !== id) throw new CodecError(`no ${id}`);
  if (!Array.isArray(shapes)) throw new CodecError("shapes must be a list");
  return { kind: id, shapes: shapes.map(decodeShape) } as unknown as A;
}

function decodeShape(value: unknown): PathShape {
  const { id, label, points } = members(value, ["id", "label", "points"]);
  if (!Array.isArray(points)) throw new CodecError("points must be a list");
  return { ...named(id, label), points: points.map(decodePoint) };
}

function decodePoint(value: unknown): Point {
  if (!Array.isArray(value) || value.length !== 2) throw new CodecError("a point is x and y");
  return { x: finite(value[0]), y: finite(value[1]) };
}

export function encodePaths(answer: PathAnswer): unknown {
  const shapes = answer.shapes.map(({ id, label, points }) => {
    return { id, label, points: points.map(({ x, y }) => [cents(x), cents(y)]) };
  });
  return { kind: answer.kind, shapes };
}

/** A point as it is stored: on the item, to two decimals. */
export function placed(point: Point, size: Size): Point {
  const { x, y } = inItem(point, size);
  return { x: cents(x), y: cents(y) };
}

/** The answer with one more path, and its id. */
export function ended(answer: PathAnswer, letter: string, label: string, points: Ring): readonly [PathAnswer, string] {
  const id = freshName(answer, letter);
  return [addShape(answer, { id, label, points }), id];
}

/** The points of the path that is being drawn. */
export const drawing = (session: Session): Ring => session.outline.points.value;
