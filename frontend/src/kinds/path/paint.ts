/** Rings and open lines on a canvas, in screen pixels. */
import type { Point } from "../../plane";
import type { View } from "../../workbench/surface";
import {
  colorOf,
  type Labels,
  MANY,
  onScreen,
  paintGrips,
  paintTag,
  type Style,
  paintPath as stroke,
} from "../shapes/paint";
import type { Ring } from "../shapes/rings";
import type { PathShape } from "./model";

export function paintPaths(
  ctx: CanvasRenderingContext2D,
  view: View,
  shapes: readonly PathShape[],
  labels: Labels,
  wrong: ReadonlySet<string>,
  open: boolean,
): void {
  const tag = shapes.length <= MANY;
  for (const shape of shapes) paintPath(ctx, view, shape, labels, { tag, wrong: wrong.has(shape.id), open });
}

export function paintPath(
  ctx: CanvasRenderingContext2D,
  view: View,
  shape: PathShape,
  labels: Labels,
  style: Style,
): void {
  const points = shape.points.map((point) => onScreen(view, point));
  const path = pathOf(points);
  if (!style.open) path.closePath();
  stroke(ctx, path, colorOf(labels, shape.label), style);
  const top = points.reduce<Point | undefined>((best, one) => (best && best.y <= one.y ? best : one), undefined);
  if (top) paintTag(ctx, { x: top.x, y: top.y - 4 }, labels, shape, style);
}

/** The corners of the held polygon; of many only as many as can be told apart. */
export function paintCorners(ctx: CanvasRenderingContext2D, view: View, ring: Ring, inHand: number | null): void {
  paintGrips(
    ctx,
    ring.map((point) => onScreen(view, point)),
    inHand,
  );
}

/** A path being drawn, with a line to the pointer; `ending` when a click there would end it. */
export function paintDrawing(
  ctx: CanvasRenderingContext2D,
  view: View,
  drawn: { readonly label: string; readonly points: Ring; readonly open: boolean },
  labels: Labels,
  pointer: Point | null,
  ending: boolean,
): void {
  const points = drawn.points.map((point) => onScreen(view, point));
  const color = colorOf(labels, drawn.label);
  const path = pathOf(points);
  if (ending && !drawn.open) path.closePath();
  stroke(ctx, path, color, { held: ending && !drawn.open, open: drawn.open });
  const last = points.at(-1);
  if (last && pointer && !ending) {
    stroke(ctx, pathOf([last, onScreen(view, pointer)]), color, { wrong: true, open: true });
  }
  paintGrips(ctx, points, ending ? (drawn.open ? points.length - 1 : 0) : null);
}

function pathOf(points: readonly Point[]): Path2D {
  const path = new Path2D();
  points.forEach(({ x, y }, at) => {
    if (at === 0) path.moveTo(x, y);
    else path.lineTo(x, y);
  });
  return path;
}
