/**
 * Where arcs run: above the lines of the text, short ones below long ones, and beside it where a link goes to another
 * line. Pure: rectangles in, points out. A text that runs from right to left is laid out mirrored, one that runs from
 * top to bottom turned, and both are turned back at the end.
 */
import type { Point, Rect } from "../../plane";
import type { Paper } from "../kind";

export interface Drawn {
  readonly id: string;
  /** One rectangle a line. */
  readonly from: readonly Rect[];
  readonly to: readonly Rect[];
  /** Pixels that its name takes. */
  readonly name: number;
}
export interface Arc {
  readonly id: string;
  /** Corners, from the span that it begins at to the one it ends at. */
  readonly points: readonly Point[];
  /** The middle of its name. */
  readonly name: Point;
}
export interface Layout {
  readonly arcs: readonly Arc[];
  /** How many arcs lie above one another at most. */
  readonly lanes: number;
  /** Pixels from one to the next. */
  readonly step: number;
}

export const STEP = 14;
/** Lanes that get full room; more of them share it. */
export const MOST_LANES = 10;
const LEAST_STEP = 4;
const ABOVE = 7;
/** Above the badges that say whose spans others are. */
export const ABOVE_BADGES = 23;
const GAP = 5;
const BESIDE = 9;
const MOST_BESIDE = 6;

interface End {
  readonly rect: Rect;
  readonly line: number;
}
interface Placed {
  readonly drawn: Drawn;
  readonly ends: readonly [End, End];
  readonly x: [number, number];
}
interface Run {
  readonly of: Placed;
  readonly line: number;
  readonly start: number;
  readonly end: number;
  lane: number;
}

export function layArcs(links: readonly Drawn[], paper: Paper, above = ABOVE): Layout {
  const turned = links.map((each) => ({ ...each, from: each.from.map(turn(paper)), to: each.to.map(turn(paper)) }));
  const tops = linesOf(turned.flatMap((each) => [...each.from, ...each.to]));
  const placed = turned.flatMap((drawn) => place(drawn, tops));
  attach(placed);
  const runs = placed.flatMap(runsOf);
  const lanes = layRuns(runs);
  const step = lanes <= MOST_LANES ? STEP : Math.max(LEAST_STEP, (STEP * MOST_LANES) / lanes);
  const beside = layBeside(placed);
  const heights = new Map(runs.map((run) => [run, (tops[run.line] ?? 0) - above - run.lane * step]));
  const arcs = placed.map((each) => {
    const own = runs.filter((run) => run.of === each);
    return drawArc(each, own, heights, -BESIDE * (1 + (beside.get(each) ?? 0)));
  });
  const back = turnBack(paper);
  return {
    arcs: arcs.map(({ id, points, name }) => ({ id, points: points.map(back), name: back(name) })),
    lanes,
    step,
  };
}

function turn({ width, leftwards, vertical }: Paper): (rect: Rect) => Rect {
  return (rect) => {
    const { x, y, w, h } = vertical ? { x: rect.y, y: -(rect.x + rect.w), w: rect.h, h: rect.w } : rect;
    return { x: leftwards ? width - x - w : x, y, w, h };
  };
}

function turnBack({ width, leftwards, vertical }: Paper): (at: Point) => Point {
  return ({ x, y }) => {
    const along = leftwards ? width - x : x;
    return vertical ? { x: -y, y: along } : { x: along, y };
  };
}

/** The tops of the lines that the rectangles lie on. */
function linesOf(rects: readonly Rect[]): number[] {
  const tops: number[] = [];
  for (const { y, h } of [...rects].sort((a, b) => a.y - b.y)) {
    if (tops.length === 0 || y > (tops.at(-1) ?? 0) + h / 2) tops.push(y);
  }
  return tops;
}

function lineAt(tops: readonly number[], { y, h }: Rect): number {
  return tops.findLastIndex((top) => top <= y + h / 4);
}

/** A link runs between those rectangles of its spans that lie closest to one another. */
function place(drawn: Drawn, tops: readonly number[]): Placed[] {
  const ends = (rects: readonly Rect[]) => rects.map((rect): End => ({ rect, line: Math.max(0, lineAt(tops, rect)) }));
  const pairs = ends(drawn.from).flatMap((one) => ends(drawn.to).map((other) => [one, other] as const));
  const far = ([one, other]: readonly [End, End]) =>
    Math.abs(one.line - other.line) * 100_000 + Math.abs(middle(one.rect) - middle(other.rect));
  const [first, ...others] = pairs;
  if (!first) return [];
  const nearest = others.reduce((best, each) => (far(each) < far(best) ? each : best), first);
  return [{ drawn, ends: nearest, x: [middle(nearest[0].rect), middle(nearest[1].rect)] }];
}

const middle = (rect: Rect): number => rect.x + rect.w / 2;

/** Several that meet at one span stand side by side on it, so that none crosses another there. */
function attach(placed: readonly Placed[]): void {
  const at = new Map<string, { of: Placed; end: 0 | 1 }[]>();
  for (const of of placed) {
    for (const end of [0, 1] as const) {
      const { rect, line } = of.ends[end];
      const key = `${line} ${rect.x} ${rect.w}`;
      at.set(key, [...(at.get(key) ?? []), { of, end }]);
    }
  }
  const away = ({ of, end }: { of: Placed; end: 0 | 1 }): number => {
    const [here, there] = [of.ends[end], of.ends[end === 0 ? 1 : 0]];
    return here.line === there.line ? middle(there.rect) - middle(here.rect) : -1e6;
  };
  const order = (each: { of: Placed; end: 0 | 1 }): number => {
    const by = away(each);
    return by < 0 ? -1e9 - by : 1e9 - by;
  };
  const moved = [...at.values()].filter((met) => met.length > 1);
  for (const met of moved) {
    met
      .sort((a, b) => order(a) - order(b))
      .forEach(({ of, end }, place) => {
        const { rect } = of.ends[end];
        of.x[end] = rect.x + (rect.w * (place + 1)) / (met.length + 1);
      });
  }
}

/** What a link takes of the lanes of a line: once where both ends lie on it, else once on each of two. */
function runsOf(of: Placed): Run[] {
  const [from, to] = of.ends;
  const run = (line: number, start: number, end: number, name: number): Run => {
    const more = Math.max(0, name + 4 - (end - start)) / 2;
    return { of, line, start: start - more, end: end + more, lane: 0 };
  };
  if (from.line === to.line) return [run(from.line, Math.min(...of.x), Math.max(...of.x), of.drawn.name)];
  const named = of.x[0] >= of.x[1] ? 0 : 1;
  return [
    run(from.line, 0, of.x[0], named === 0 ? of.drawn.name : 0),
    run(to.line, 0, of.x[1], named === 1 ? of.drawn.name : 0),
  ];
}

/** The lowest free lane for each, the shortest first; gives how many lanes there are. */
function layRuns(runs: readonly Run[]): number {
  const taken = new Map<number, Run[][]>();
  let most = 0;
  for (const run of [...runs].sort((a, b) => a.end - a.start - (b.end - b.start) || a.start - b.start)) {
    const lanes = taken.get(run.line) ?? [];
    taken.set(run.line, lanes);
    const free = lanes.findIndex((lane) =>
      lane.every((each) => each.end + GAP < run.start || run.end + GAP < each.start),
    );
    run.lane = free < 0 ? lanes.length : free;
    if (free < 0) lanes.push([run]);
    else lanes[free]?.push(run);
    most = Math.max(most, run.lane + 1);
  }
  return most;
}

/** The lanes beside the text, of links that go from line to line; those over few lines lie closest to it. */
function layBeside(placed: readonly Placed[]): Map<Placed, number> {
  const lines = ({ ends: [from, to] }: Placed) => [Math.min(from.line, to.line), Math.max(from.line, to.line)] as const;
  const going = placed.filter((each) => each.ends[0].line !== each.ends[1].line);
  const lanes: (readonly [number, number])[][] = [];
  const found = new Map<Placed, number>();
  for (const each of going.sort((a, b) => lines(a)[1] - lines(a)[0] - (lines(b)[1] - lines(b)[0]))) {
    const [top, bottom] = lines(each);
    const free = lanes.findIndex((lane) => lane.every(([start, end]) => end < top || bottom < start));
    const lane = free < 0 ? lanes.length : free;
    lanes[lane] = [...(lanes[lane] ?? []), [top, bottom]];
    found.set(each, lane % MOST_BESIDE);
  }
  return found;
}

function drawArc(placed: Placed, own: readonly Run[], heights: ReadonlyMap<Run, number>, beside: number) {
  const { drawn, ends, x } = placed;
  const [first, second = first] = own;
  const [up, down] = [first && heights.get(first), second && heights.get(second)].map((each) => each ?? 0) as [
    number,
    number,
  ];
  const foot = (end: 0 | 1): Point => ({ x: x[end], y: ends[end].rect.y - 1 });
  const across: Point[] =
    own.length < 2
      ? []
      : [
          { x: beside, y: up },
          { x: beside, y: down },
        ];
  const points = [foot(0), { x: x[0], y: up }, ...across, { x: x[1], y: down }, foot(1)];
  const name =
    own.length < 2 ? { x: (x[0] + x[1]) / 2, y: up } : x[0] >= x[1] ? { x: x[0] / 2, y: up } : { x: x[1] / 2, y: down };
  return { id: drawn.id, points, name };
}

/** The corners as a path with round ones. */
export function pathOf(points: readonly Point[], radius = 5): string {
  const [first, ...rest] = points;
  if (!first) return "";
  const last = rest.at(-1) ?? first;
  const turns = rest.slice(0, -1).map((corner, at) => {
    const [before, after] = [points[at] ?? corner, rest[at + 1] ?? corner];
    const into = towards(corner, before, radius);
    const out = towards(corner, after, radius);
    return `L${into.x} ${into.y}Q${corner.x} ${corner.y} ${out.x} ${out.y}`;
  });
  return `M${first.x} ${first.y}${turns.join("")}L${last.x} ${last.y}`;
}

function towards(from: Point, to: Point, most: number): Point {
  const far = Math.hypot(to.x - from.x, to.y - from.y);
  const by = far === 0 ? 0 : Math.min(most, far / 2) / far;
  return { x: round(from.x + (to.x - from.x) * by), y: round(from.y + (to.y - from.y) * by) };
}

/** The head of an arrow that ends at the last point. */
export function headOf(points: readonly Point[]): string {
  const [before, tip] = [points.at(-2), points.at(-1)];
  if (!before || !tip) return "";
  const far = Math.hypot(tip.x - before.x, tip.y - before.y) || 1;
  const [dx, dy] = [(tip.x - before.x) / far, (tip.y - before.y) / far];
  const [bx, by] = [tip.x - dx * 7, tip.y - dy * 7];
  return `M${tip.x} ${tip.y}L${round(bx - dy * 4)} ${round(by + dx * 4)}L${round(bx + dy * 4)} ${round(by - dx * 4)}Z`;
}

const round = (value: number): number => Math.round(value * 10) / 10;
