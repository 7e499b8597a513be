/** The outline of a mask: rings along the edges of its pixels, holes among them, pieces that touch in a corner apart. */
import type { Point } from "../../plane";
import type { Edges } from "./runs";

/** Right, down, left, up. A ring runs so that the mask lies at its right hand. */
type Way = 0 | 1 | 2 | 3;

interface Column {
  readonly x: number;
  /** Where its stretches begin and end, from the top. */
  readonly ends: readonly number[];
}

export function ringsOf(edges: Edges, tall: number): Point[][] {
  const sides = new Sides(tall + 1);
  let before: Column | null = null;
  for (const column of columnsOf(edges, tall)) {
    const { x, ends } = column;
    for (let at = 0; at < ends.length; at += 2) {
      sides.put(x, ends[at] ?? 0, x + 1, ends[at] ?? 0, 0);
      sides.put(x + 1, ends[at + 1] ?? 0, x, ends[at + 1] ?? 0, 2);
    }
    const left: readonly number[] = before !== null && before.x === x - 1 ? before.ends : [];
    if (before !== null && before.x < x - 1) between(sides, before.x + 1, before.ends, []);
    between(sides, x, left, ends);
    before = column;
  }
  if (before !== null) between(sides, before.x + 1, before.ends, []);
  return sides.rings();
}

function columnsOf(edges: Edges, tall: number): Column[] {
  const found: { x: number; ends: number[] }[] = [];
  for (let at = 0; at < edges.length; at += 2) {
    let begin = edges[at] ?? 0;
    const end = edges[at + 1] ?? 0;
    while (begin < end) {
      const x = Math.floor(begin / tall);
      const stop = Math.min(end, (x + 1) * tall);
      const last = found[found.length - 1];
      if (last?.x === x) last.ends.push(begin - x * tall, stop - x * tall);
      else found.push({ x, ends: [begin - x * tall, stop - x * tall] });
      begin = stop;
    }
  }
  return found;
}

/** The upright sides between two neighbours: down where only the left one is filled, up where only the right one is. */
function between(sides: Sides, x: number, left: readonly number[], right: readonly number[]): void {
  let [a, b, y] = [0, 0, 0];
  while (a < left.length || b < right.length) {
    const next = Math.min(left[a] ?? Infinity, right[b] ?? Infinity);
    const [inLeft, inRight] = [a % 2 === 1, b % 2 === 1];
    if (inLeft && !inRight) sides.put(x, y, x, next, 1);
    if (inRight && !inLeft) sides.put(x, next, x, y, 3);
    if (left[a] === next) a += 1;
    if (right[b] === next) b += 1;
    y = next;
  }
}

/** Sides by the corner that they begin at; no corner begins more than two. */
class Sides {
  private readonly to: number[] = [];
  private readonly way: Way[] = [];
  private readonly from: number[] = [];
  private readonly first = new Map<number, number>();
  private readonly second = new Map<number, number>();

  constructor(private readonly rows: number) {}

  put(x1: number, y1: number, x2: number, y2: number, way: Way): void {
    const start = x1 * this.rows + y1;
    (this.first.has(start) ? this.second : this.first).set(start, this.to.length);
    this.from.push(start);
    this.to.push(x2 * this.rows + y2);
    this.way.push(way);
  }

  rings(): Point[][] {
    const used = new Uint8Array(this.to.length);
    const found: Point[][] = [];
    for (let start = 0; start < used.length; start += 1) {
      if (!used[start]) found.push(this.trace(start, used));
    }
    return found;
  }

  private trace(start: number, used: Uint8Array): Point[] {
    const ring: Point[] = [];
    let side = start;
    do {
      used[side] = 1;
      const next = this.after(side);
      if (this.way[next] !== this.way[side]) ring.push(this.point(this.to[side] ?? 0));
      side = next;
    } while (side !== start);
    return ring;
  }

  /** The side that goes on; where two pieces touch in a corner, the one that turns right, around its own piece. */
  private after(side: number): number {
    const corner = this.to[side] ?? 0;
    const one = this.first.get(corner) ?? 0;
    const other = this.second.get(corner);
    if (other === undefined) return one;
    return this.way[one] === ((this.way[side] ?? 0) + 1) % 4 ? one : other;
  }

  private point(corner: number): Point {
    return { x: Math.floor(corner / this.rows), y: corner % this.rows };
  }
}
