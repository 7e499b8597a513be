/** The map's points as the server packs them: columns, so that 100,000 of them are one download and no parsing. */
export interface Points {
  readonly count: number;
  readonly items: Float64Array;
  readonly scenes: Uint32Array;
  readonly x: Uint16Array;
  readonly y: Uint16Array;
}

export const EXTENT = 65_535;

/** Add to a number of a column; what it was before. */
function bump(column: Uint32Array, at: number, by: number): number {
  const was = column[at] as number;
  column[at] = was + by;
  return was;
}

const MAGIC = "GJP1";

export function readPoints(bytes: ArrayBuffer): Points {
  const head = new DataView(bytes);
  const magic = String.fromCharCode(...new Uint8Array(bytes, 0, 4));
  if (magic !== MAGIC) throw new Error("not a map");
  const count = head.getUint32(4, true);
  const at = (column: number) => 8 + column * count;
  return {
    count,
    items: new Float64Array(bytes, at(0), count),
    scenes: new Uint32Array(bytes, at(8), count),
    x: new Uint16Array(bytes, at(12), count),
    y: new Uint16Array(bytes, at(14), count),
  };
}

/** Points by the cell of a grid they lie in, so that the one under the pointer is found among a few. */
export class Grid {
  private readonly starts: Uint32Array;
  private readonly order: Uint32Array;

  constructor(
    private readonly points: Points,
    private readonly side = 256,
  ) {
    const cells = side * side;
    this.starts = new Uint32Array(cells + 1);
    this.order = new Uint32Array(points.count);
    for (let point = 0; point < points.count; point++) bump(this.starts, this.cell(point) + 1, 1);
    for (let cell = 0; cell < cells; cell++) bump(this.starts, cell + 1, this.starts[cell] as number);
    const next = this.starts.slice(0, cells);
    for (let point = 0; point < points.count; point++) this.order[bump(next, this.cell(point), 1)] = point;
  }

  private cell(point: number): number {
    const across = ((this.points.x[point] as number) * this.side) >> 16;
    const down = ((this.points.y[point] as number) * this.side) >> 16;
    return down * this.side + across;
  }

  /** The nearest point within `reach`, or -1. */
  nearest(x: number, y: number, reach: number): number {
    let best = -1;
    let least = reach * reach + 1;
    this.within(x - reach, y - reach, x + reach, y + reach, (point) => {
      const far = ((this.points.x[point] as number) - x) ** 2 + ((this.points.y[point] as number) - y) ** 2;
      if (far >= least) return;
      best = point;
      least = far;
    });
    return best;
  }

  within(left: number, top: number, right: number, bottom: number, each: (point: number) => void): void {
    const bound = (value: number) => Math.max(0, Math.min(this.side - 1, (value * this.side) >> 16));
    for (let down = bound(top); down <= bound(bottom); down++) {
      const first = this.starts[down * this.side + bound(left)] as number;
      const last = this.starts[down * this.side + bound(right) + 1] as number;
      for (let at = first; at < last; at++) each(this.order[at] as number);
    }
  }
}

/** The points inside a closed line; corners as x, y, x, y … */
export function inside(points: Points, grid: Grid, line: readonly number[]): number[] {
  const xs = line.filter((_, place) => place % 2 === 0);
  const ys = line.filter((_, place) => place % 2 === 1);
  if (xs.length < 3) return [];
  const found: number[] = [];
  grid.within(Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys), (point) => {
    if (holds(xs, ys, points.x[point] as number, points.y[point] as number)) found.push(point);
  });
  return found.sort((a, b) => a - b);
}

function holds(xs: readonly number[], ys: readonly number[], x: number, y: number): boolean {
  let within = false;
  for (let at = 0, before = xs.length - 1; at < xs.length; before = at++) {
    const [x1, y1, x2, y2] = [xs[at] as number, ys[at] as number, xs[before] as number, ys[before] as number];
    if (y1 > y !== y2 > y && x < ((x2 - x1) * (y - y1)) / (y2 - y1) + x1) within = !within;
  }
  return within;
}

/** Each scene's middle and size: where its name stands. */
export function middles(points: Points): Map<number, { x: number; y: number; count: number }> {
  const found = new Map<number, { x: number; y: number; count: number }>();
  for (let point = 0; point < points.count; point++) {
    const scene = points.scenes[point] as number;
    const sum = found.get(scene) ?? { x: 0, y: 0, count: 0 };
    sum.x += points.x[point] as number;
    sum.y += points.y[point] as number;
    sum.count += 1;
    found.set(scene, sum);
  }
  for (const each of found.values()) {
    each.x /= each.count;
    each.y /= each.count;
  }
  return found;
}
