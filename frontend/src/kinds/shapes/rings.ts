/** Plane geometry of rings of points, and of lines that stay open, in item pixels; no canvas, no store. */
import type { Point, Rect, Size } from "../../plane";

export type Ring = readonly Point[];

const clamp = (value: number, low: number, high: number): number => Math.min(Math.max(value, low), high);

export function inItem({ x, y }: Point, size: Size): Point {
  return { x: clamp(x, 0, size.width), y: clamp(y, 0, size.height) };
}

export function boundsOf(ring: Ring): Rect {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const { x, y } of ring) {
    left = Math.min(left, x);
    top = Math.min(top, y);
    right = Math.max(right, x);
    bottom = Math.max(bottom, y);
  }
  return { x: left, y: top, w: right - left, h: bottom - top };
}

/** The area of a ring that does not cross itself. */
export function areaOf(ring: Ring): number {
  let twice = 0;
  for (const [a, b] of sidesOf(ring)) twice += a.x * b.y - b.x * a.y;
  return Math.abs(twice) / 2;
}

/** Whether the point is inside: a ray from it crosses an odd number of sides. */
export function encloses(ring: Ring, { x, y }: Point): boolean {
  let inside = false;
  for (const [a, b] of sidesOf(ring)) {
    if (a.y > y !== b.y > y && x < ((b.x - a.x) * (y - a.y)) / (b.y - a.y) + a.x) inside = !inside;
  }
  return inside;
}

/** The ring moved as far as the item's edges allow; its form never changes. */
export function movedRing(ring: Ring, dx: number, dy: number, size: Size): Point[] {
  const { x, y, w, h } = boundsOf(ring);
  const right = clamp(x + dx, 0, Math.max(0, size.width - w)) - x;
  const down = clamp(y + dy, 0, Math.max(0, size.height - h)) - y;
  return ring.map((point) => ({ x: point.x + right, y: point.y + down }));
}

export interface OnSide {
  /** The corner that the side begins at. */
  readonly side: number;
  readonly at: Point;
  readonly distance: number;
}

/** The point of the outline that is nearest; of an open line the last corner has no side to the first. */
export function nearestOnSide(ring: Ring, to: Point, open = false): OnSide | undefined {
  return sidesOf(ring)
    .slice(0, open ? -1 : undefined)
    .map(([a, b], side) => {
      const at = nearest(a, b, to);
      return { side, at, distance: Math.hypot(at.x - to.x, at.y - to.y) };
    })
    .reduce<OnSide | undefined>((best, one) => (best && best.distance <= one.distance ? best : one), undefined);
}

/** The corner within `reach` of the point, the nearest of them; -1 where none is. */
export function cornerAt(ring: Ring, to: Point, reach: number): number {
  const apart = ring.map(({ x, y }) => Math.hypot(x - to.x, y - to.y));
  const least = Math.min(...apart);
  return least <= reach ? apart.indexOf(least) : -1;
}

export function withPoint(ring: Ring, after: number, point: Point): Point[] {
  return [...ring.slice(0, after + 1), point, ...ring.slice(after + 1)];
}

export function withPointMoved(ring: Ring, at: number, point: Point): Point[] {
  return ring.map((each, number) => (number === at ? point : each));
}

export function withoutPoint(ring: Ring, at: number): Point[] {
  return ring.filter((_, number) => number !== at);
}

/** The middle of the side that begins at a corner. */
export function middleAfter(ring: Ring, at: number): Point {
  const [a, b] = [ring[at], ring[(at + 1) % ring.length]];
  if (!a || !b) throw new Error(`no corner ${at}`);
  return { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 };
}

export function lengthOf(line: Ring): number {
  return line
    .slice(1)
    .reduce((sum, { x, y }, at) => sum + Math.hypot(x - (line[at]?.x ?? x), y - (line[at]?.y ?? y)), 0);
}

/**
 * Whether two sides cross in a point inside of both; touching is no crossing. Decided in whole hundredths, exactly as
 * the server decides it.
 */
export function crossesItself(ring: Ring): boolean {
  const grid = ring.map(({ x, y }) => ({ x: Math.round(x * 100), y: Math.round(y * 100) }));
  const sides = sidesOf(grid).sort((one, other) => leftOf(one) - leftOf(other));
  return sides.some((one, at) => {
    const end = Math.max(one[0].x, one[1].x);
    for (let next = at + 1; next < sides.length; next += 1) {
      const other = sides[next];
      if (!other || leftOf(other) >= end) return false;
      if (apart(one, other) && apart(other, one)) return true;
    }
    return false;
  });
}

type Side = readonly [Point, Point];

function sidesOf(ring: Ring): Side[] {
  return ring.map((point, at) => [point, ring[(at + 1) % ring.length] ?? point] as const);
}

const leftOf = ([a, b]: Side): number => Math.min(a.x, b.x);

function apart(line: Side, [a, b]: Side): boolean {
  return Math.sign(turn(line, a)) * Math.sign(turn(line, b)) < 0;
}

function turn([a, b]: Side, to: Point): number {
  return (b.x - a.x) * (to.y - a.y) - (b.y - a.y) * (to.x - a.x);
}

function nearest(a: Point, b: Point, to: Point): Point {
  const [dx, dy] = [b.x - a.x, b.y - a.y];
  const length = dx * dx + dy * dy;
  const share = length === 0 ? 0 : clamp(((to.x - a.x) * dx + (to.y - a.y) * dy) / length, 0, 1);
  return { x: a.x + share * dx, y: a.y + share * dy };
}
