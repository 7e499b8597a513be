/**
 * Some pixels on their way into a mask or out of it: a stroke, a filled outline, a flood. Only the part of the picture
 * that they touch is held, column after column, so that a stroke on twelve million pixels costs what the stroke does.
 */
import type { Point, Rect, Size } from "../../plane";
import type { Ring } from "../shapes/rings";
import { append, type Edges } from "./runs";

const HAIR = 1e-9;

export class Patch {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  readonly pixels: Uint8Array;

  /** The whole pixels that `around` touches, inside of `within`. */
  constructor(around: Rect, within: Rect) {
    this.left = Math.max(Math.ceil(within.x - HAIR), Math.floor(around.x));
    this.top = Math.max(Math.ceil(within.y - HAIR), Math.floor(around.y));
    const right = Math.min(Math.floor(within.x + within.w + HAIR), Math.ceil(around.x + around.w));
    const bottom = Math.min(Math.floor(within.y + within.h + HAIR), Math.ceil(around.y + around.h));
    this.width = Math.max(0, right - this.left);
    this.height = Math.max(0, bottom - this.top);
    this.pixels = new Uint8Array(this.width * this.height);
  }

  /** Fill the pixels of a column whose middles lie from `low` to `high`. */
  column(x: number, low: number, high: number): void {
    const at = x - this.left;
    if (at < 0 || at >= this.width) return;
    const from = Math.max(0, Math.ceil(low - 0.5 - HAIR) - this.top);
    const to = Math.min(this.height, Math.floor(high - 0.5 + HAIR) + 1 - this.top);
    if (to > from) this.pixels.fill(1, at * this.height + from, at * this.height + to);
  }

  /** A round brush drawn from `a` to `b`: the pixels whose middles it passes over. */
  stroke(a: Point, b: Point, radius: number): void {
    const first = Math.floor(Math.min(a.x, b.x) - radius);
    const last = Math.ceil(Math.max(a.x, b.x) + radius);
    const sides = band(a, b, radius);
    for (let x = first; x <= last; x += 1) {
      const reach = [disc(a, radius, x + 0.5), disc(b, radius, x + 0.5), ...sides.map((side) => cut(side, x + 0.5))];
      const met = reach.filter((each) => each !== null);
      if (met.length === 0) continue;
      this.column(x, Math.min(...met.map(([low]) => low)), Math.max(...met.map(([, high]) => high)));
    }
  }

  /** The pixels whose middles lie inside the ring, which may cross itself. */
  outline(ring: Ring): void {
    const sides = ring.map((point, at) => [point, ring[(at + 1) % ring.length] ?? point] as const);
    for (let x = this.left; x < this.left + this.width; x += 1) {
      const middle = x + 0.5;
      const met = sides
        .filter(([a, b]) => a.x > middle !== b.x > middle)
        .map(([a, b]) => a.y + ((middle - a.x) / (b.x - a.x)) * (b.y - a.y))
        .sort((one, other) => one - other);
      for (let at = 0; at + 1 < met.length; at += 2) this.column(x, met[at] ?? 0, (met[at + 1] ?? 0) - 2 * HAIR);
    }
  }

  /** What was filled, as a mask of a picture whose columns are `tall`. */
  edges(tall: number): Edges {
    const found: number[] = [];
    const { pixels, height, left, top } = this;
    let at = height === 0 ? -1 : pixels.indexOf(1);
    while (at >= 0) {
      const column = Math.floor(at / height);
      const stop = (column + 1) * height;
      const next = pixels.indexOf(0, at);
      const end = next < 0 || next > stop ? stop : next;
      const origin = (left + column) * tall + top - column * height;
      append(found, origin + at, origin + end);
      at = pixels.indexOf(1, end);
    }
    return Uint32Array.from(found);
  }
}

type Reach = readonly [number, number];
type Side = readonly [Point, Point];

function disc({ x, y }: Point, radius: number, at: number): Reach | null {
  const high = radius * radius - (at - x) * (at - x);
  if (high < -HAIR) return null;
  const half = Math.sqrt(Math.max(0, high));
  return [y - half, y + half];
}

/** The four sides of the straight part of a stroke. */
function band(a: Point, b: Point, radius: number): Side[] {
  const [dx, dy] = [b.x - a.x, b.y - a.y];
  const length = Math.hypot(dx, dy);
  if (length === 0) return [];
  const [nx, ny] = [(-dy / length) * radius, (dx / length) * radius];
  const corners = [
    { x: a.x + nx, y: a.y + ny },
    { x: b.x + nx, y: b.y + ny },
    { x: b.x - nx, y: b.y - ny },
    { x: a.x - nx, y: a.y - ny },
  ];
  return corners.map((corner, at) => [corner, corners[(at + 1) % 4] ?? corner] as const);
}

/** Where the line through `at` from top to bottom meets a side. */
function cut([a, b]: Side, at: number): Reach | null {
  if (Math.min(a.x, b.x) > at || Math.max(a.x, b.x) < at || a.x === b.x) return null;
  const y = a.y + ((at - a.x) / (b.x - a.x)) * (b.y - a.y);
  return [y, y];
}

/** The middle that a brush of so many pixels paints from: on a pixel for odd sizes, between four for even ones. */
export function brushed({ x, y }: Point, size: number): Point {
  if (size > 12) return { x, y };
  if (size % 2 === 1) return { x: Math.floor(x) + 0.5, y: Math.floor(y) + 0.5 };
  return { x: Math.round(x), y: Math.round(y) };
}

export const wholeOf = ({ width, height }: Size): Rect => ({ x: 0, y: 0, w: width, h: height });

/** The part of a rectangle that lies inside another. */
export function shared(one: Rect, other: Rect): Rect {
  const [x, y] = [Math.max(one.x, other.x), Math.max(one.y, other.y)];
  const right = Math.min(one.x + one.w, other.x + other.w);
  const bottom = Math.min(one.y + one.h, other.y + other.h);
  return { x, y, w: Math.max(0, right - x), h: Math.max(0, bottom - y) };
}
