/** Figures of named points in item pixels, two decimals: each point is seen, hidden, or not in the image. */
import type { Point, Rect, Size } from "../../plane";
import type { Two } from "../../words";
import { t } from "../../words";
import type { Field } from "../../workbench/boot";
import { CodecError, type Fault, members } from "../kind";
import { addShape, cents, changeShape, finite, freshName, named, type Shaped, type Shapes } from "../shapes/model";
import { boundsOf, inItem } from "../shapes/rings";

export const [ABSENT, HIDDEN, SEEN] = [0, 1, 2] as const;
export type Flag = 0 | 1 | 2;
export interface Put extends Point {
  readonly flag: Flag;
}
export interface Figure extends Shaped {
  readonly points: readonly Put[];
}
export interface KeypointAnswer extends Shapes<Figure> {
  readonly kind: "keypoint";
}
/** A point of the rulebook's figure. */
export interface Joint extends Two {
  readonly id: string;
}

export const NO_FIGURES: KeypointAnswer = { kind: "keypoint", shapes: [] };
export const NOWHERE: Put = { x: 0, y: 0, flag: ABSENT };

export const jointsOf = (field: Field): readonly Joint[] => (field.options["points"] ?? []) as readonly Joint[];

/** The pairs of places in the figure that are joined. */
export function limbsOf(field: Field): readonly (readonly [number, number])[] {
  const at = new Map(jointsOf(field).map(({ id }, place) => [id, place]));
  const pairs = (field.options["skeleton"] ?? []) as readonly (readonly [string, string])[];
  return pairs.flatMap(([from, to]) => {
    const [a, b] = [at.get(from), at.get(to)];
    return a === undefined || b === undefined ? [] : [[a, b] as const];
  });
}

export function decodeFigures(value: unknown): KeypointAnswer {
  const { kind, shapes } = members(value, ["kind", "shapes"]);
  if (kind !== "keypoint") throw new CodecError("no keypoints");
  if (!Array.isArray(shapes)) throw new CodecError("shapes must be a list");
  return { kind: "keypoint", shapes: shapes.map(decodeFigure) };
}

function decodeFigure(value: unknown): Figure {
  const { id, label, points } = members(value, ["id", "label", "points"]);
  if (!Array.isArray(points)) throw new CodecError("points must be a list");
  return { ...named(id, label), points: points.map(decodePut) };
}

function decodePut(value: unknown): Put {
  if (!Array.isArray(value) || value.length !== 3) throw new CodecError("a point is x, y and a flag");
  const flag: unknown = value[2];
  if (flag !== ABSENT && flag !== HIDDEN && flag !== SEEN) throw new CodecError("a flag is 0, 1 or 2");
  return { x: finite(value[0]), y: finite(value[1]), flag };
}

export function encodeFigures({ kind, shapes }: KeypointAnswer): unknown {
  const written = shapes.map(({ id, label, points }) => {
    return { id, label, points: points.map(({ x, y, flag }) => (flag ? [cents(x), cents(y), flag] : [0, 0, 0])) };
  });
  return { kind, shapes: written };
}

export const isThere = ({ flag }: Put): boolean => flag !== ABSENT;

/** Around the points that are in the image. */
export function boundsOfFigure({ points }: Figure): Rect {
  const there = points.filter(isThere);
  return there.length > 0 ? boundsOf(there) : { x: 0, y: 0, w: 0, h: 0 };
}

/** A figure whose first point is put and whose others wait, and its id. */
export function begun(
  answer: KeypointAnswer,
  field: Field,
  label: string,
  at: Point,
): readonly [KeypointAnswer, string] {
  const id = freshName(answer, "k");
  const points = jointsOf(field).map((_, place): Put => (place === 0 ? { ...at, flag: SEEN } : NOWHERE));
  return [addShape<Figure, KeypointAnswer>(answer, { id, label, points }), id];
}

export function withPut(figure: Figure, place: number, change: Partial<Put>): Figure {
  const points = figure.points.map((each, at) => (at === place ? { ...each, ...change } : each));
  return { ...figure, points };
}

export function changed(answer: KeypointAnswer, figure: Figure): KeypointAnswer {
  return changeShape<Figure, KeypointAnswer>(answer, figure.id, figure);
}

/** The figure moved as far as the item's edges allow. */
export function movedFigure(figure: Figure, dx: number, dy: number, size: Size): Figure {
  const { x, y, w, h } = boundsOfFigure(figure);
  const right = Math.min(Math.max(x + dx, 0), Math.max(0, size.width - w)) - x;
  const down = Math.min(Math.max(y + dy, 0), Math.max(0, size.height - h)) - y;
  const points = figure.points.map((each) =>
    isThere(each) ? { ...each, x: cents(each.x + right), y: cents(each.y + down) } : each,
  );
  return { ...figure, points };
}

export function placed(point: Point, size: Size): Point {
  const { x, y } = inItem(point, size);
  return { x: cents(x), y: cents(y) };
}

/** The point of the figure within `reach`, the nearest of them; -1 where none is. */
export function putAt({ points }: Figure, at: Point, reach: number): number {
  const apart = points.map((each) => (isThere(each) ? Math.hypot(each.x - at.x, each.y - at.y) : Infinity));
  const least = Math.min(...apart);
  return least <= reach ? apart.indexOf(least) : -1;
}

/** What the server would refuse. */
export function findFaults({ shapes }: KeypointAnswer): readonly Fault[] {
  return shapes
    .filter(({ points }) => !points.some(isThere))
    .map(({ id }) => ({
      id: "no-point-put",
      shape: id,
      text: t("No point of the figure is put. Put one, or delete it."),
    }));
}
