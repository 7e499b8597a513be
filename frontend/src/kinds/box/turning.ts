/** Boxes that are turned about their centre, clockwise in degrees; what is not turned takes the short way. */
import type { Point, Rect, Size } from "../../plane";
import type { Field } from "../../workbench/boot";
import { cents } from "../shapes/model";
import { boundsOf } from "../shapes/rings";
import { type Grip, gripPoint } from "./geometry";

/** A rectangle, and by how much it is turned; one that is upright has no angle. */
export interface Turned extends Rect {
  readonly angle?: number | undefined;
}

export const mayTurn = (field: Field): boolean => field.options["rotate"] === true;
export const angleOf = ({ angle }: Turned): number => angle ?? 0;
export const centreOf = ({ x, y, w, h }: Rect): Point => ({ x: x + w / 2, y: y + h / 2 });

/** The same direction in (-180, 180], to two decimals, as the server writes it. */
export function tidyAngle(degrees: number): number {
  const angle = cents(((degrees % 360) + 360) % 360);
  return cents(angle - 360 * Math.ceil((angle - 180) / 360)) + 0;
}

/** The point turned about another one. */
export function spun({ x, y }: Point, about: Point, degrees: number): Point {
  if (degrees === 0) return { x, y };
  const [cos, sin] = direction(degrees);
  const [dx, dy] = [x - about.x, y - about.y];
  return { x: about.x + cos * dx - sin * dy, y: about.y + sin * dx + cos * dy };
}

/** Cosine and sine, exact for quarters of a turn. */
function direction(degrees: number): readonly [number, number] {
  const quarter = degrees / 90;
  if (!Number.isInteger(quarter)) return [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)];
  return QUARTERS[((quarter % 4) + 4) % 4] ?? [1, 0];
}
const QUARTERS: readonly (readonly [number, number])[] = [
  [1, 0],
  [0, 1],
  [-1, 0],
  [0, -1],
];

/** The point as the box sees it that is not turned. */
export function seenBy(box: Turned, point: Point): Point {
  return box.angle ? spun(point, centreOf(box), -box.angle) : point;
}

/** A point of the box that is not turned, where it really is. */
export function placedBy(box: Turned, point: Point): Point {
  return box.angle ? spun(point, centreOf(box), box.angle) : point;
}

/** From the box's own top left on, clockwise. */
export function cornersOf(box: Turned): Point[] {
  return (["nw", "ne", "se", "sw"] as const).map((grip) => placedBy(box, gripPoint(box, grip)));
}

export function boundsOfBox(box: Turned): Rect {
  return box.angle ? boundsOf(cornersOf(box)) : box;
}

/** Rounding may put a corner so far outside; the server allows for it. */
const SLACK = 0.01;

export function isInside(box: Turned, size: Size): boolean {
  const { x, y, w, h } = boundsOfBox(box);
  return x >= -SLACK && y >= -SLACK && x + w <= size.width + SLACK && y + h <= size.height + SLACK;
}

/** The box moved by so much, as far as the item's edges allow for every corner. */
export function movedBox<B extends Turned>(box: B, dx: number, dy: number, size: Size): B {
  const around = boundsOfBox(box);
  const right = clamp(around.x + dx, 0, Math.max(0, size.width - around.w)) - around.x;
  const down = clamp(around.y + dy, 0, Math.max(0, size.height - around.h)) - around.y;
  return { ...box, x: box.x + right, y: box.y + down };
}

/** The box turned to an angle and moved in where a corner would leave the item; as far as there is room for it. */
export function turnedTo<B extends Turned>(box: B, degrees: number, size: Size): B {
  const at = (angle: number): B => movedBox({ ...box, angle: tidyAngle(angle) }, 0, 0, size);
  const from = angleOf(box);
  const way = tidyAngle(degrees - from);
  return isInside(at(from + way), size)
    ? at(from + way)
    : at(from + way * mostOf((share) => isInside(at(from + way * share), size)));
}

/** Where dragging has turned the box to: by as much as the pointer went round its centre, or to steps of 15 degrees. */
export function dragged(box: Turned, from: Point, to: Point, stepped: boolean): number {
  const centre = centreOf(box);
  const heading = ({ x, y }: Point) => (Math.atan2(y - centre.y, x - centre.x) * 180) / Math.PI;
  const angle = angleOf(box) + heading(to) - heading(from);
  return stepped ? Math.round(angle / STEP) * STEP : angle;
}
export const STEP = 15;

/** The box with a grip dragged: its sides keep their directions, the corner or side across stays where it is. */
export function stretched<B extends Turned>(box: B, grip: Grip, to: Point, size: Size): B {
  const from = gripPoint(box, grip);
  const own = seenBy(box, to);
  const at = (share: number): B => {
    const mine = { x: from.x + (own.x - from.x) * share, y: from.y + (own.y - from.y) * share };
    return withOwn(box, pulled(box, grip, mine));
  };
  return isInside(at(1), size) ? at(1) : at(mostOf((share) => isInside(at(share), size)));
}

/** The rectangle, in the box's own directions, that becomes of it with a grip at `to`. */
function pulled({ x, y, w, h }: Rect, grip: Grip, to: Point): Rect {
  const [left, right] = grip.includes("w") ? [to.x, x + w] : grip.includes("e") ? [x, to.x] : [x, x + w];
  const [top, bottom] = grip.includes("n") ? [to.y, y + h] : grip.includes("s") ? [y, to.y] : [y, y + h];
  return { x: Math.min(left, right), y: Math.min(top, bottom), w: Math.abs(right - left), h: Math.abs(bottom - top) };
}

/** The box with another rectangle of its own directions: turned about its new centre, it lies where that one lay. */
function withOwn<B extends Turned>(box: B, own: Rect): B {
  const centre = placedBy(box, centreOf(own));
  return { ...box, w: own.w, h: own.h, x: centre.x - own.w / 2, y: centre.y - own.h / 2 };
}

/** The box grown, in its own directions, at its right and lower side; never under one pixel and never over the edge. */
export function grownBox<B extends Turned>(box: B, dw: number, dh: number, size: Size): B {
  const w = Math.max(box.w + dw, Math.min(1, box.w));
  const h = Math.max(box.h + dh, Math.min(1, box.h));
  const after = withOwn(box, { x: box.x, y: box.y, w, h });
  return isInside(after, size) ? after : box;
}

/** The largest share of the way, to a thousandth, that can be gone. */
function mostOf(fits: (share: number) => boolean): number {
  let [low, high] = [0, 1];
  for (let step = 0; step < 12; step += 1) {
    const middle = (low + high) / 2;
    if (fits(middle)) low = middle;
    else high = middle;
  }
  return low;
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), high);
}
