/** Where a point goes that is put near something: onto a corner first, else onto a side, else onto the border. */
import type { Point, Size } from "../../plane";

/** The corners of a closed ring, or of an open line. */
export interface Contour {
  readonly points: readonly Point[];
  readonly open?: boolean;
}

export function snapped(at: Point, reach: number, contours: readonly Contour[], size: Size): Point {
  const corners = contours.flatMap(({ points }) => points);
  return nearest(at, corners, reach) ?? nearest(at, feet(at, contours), reach) ?? onBorder(at, reach, size);
}

function nearest(at: Point, among: readonly Point[], reach: number): Point | undefined {
  let found: Point | undefined;
  let best = reach;
  for (const each of among) {
    const distance = Math.hypot(each.x - at.x, each.y - at.y);
    if (distance > best) continue;
    best = distance;
    found = each;
  }
  return found;
}

/** The nearest point of each side. */
function feet(at: Point, contours: readonly Contour[]): Point[] {
  return contours.flatMap(({ points, open }) =>
    points.flatMap((from, n) => {
      const to = points[n + 1] ?? (open ? undefined : points[0]);
      return to ? [foot(at, from, to)] : [];
    }),
  );
}

function foot(at: Point, from: Point, to: Point): Point {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const length = dx * dx + dy * dy;
  const share = length === 0 ? 0 : ((at.x - from.x) * dx + (at.y - from.y) * dy) / length;
  const along = Math.min(1, Math.max(0, share));
  return { x: from.x + along * dx, y: from.y + along * dy };
}

function onBorder({ x, y }: Point, reach: number, { width, height }: Size): Point {
  const pull = (value: number, most: number) =>
    Math.abs(value) <= reach ? 0 : Math.abs(value - most) <= reach ? most : value;
  return { x: pull(x, width), y: pull(y, height) };
}
