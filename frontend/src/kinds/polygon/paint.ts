/** Polygons on a canvas, in screen pixels. */
import type { Point } from "../../plane";
import type { View } from "../../workbench/surface";
import { colorOf, type Labels, MANY, onScreen, paintGrips, paintPath, paintTag, type Style } from "../shapes/paint";
import type { Ring } from "../shapes/rings";
import type { PolygonShape } from "./model";

export function paintPolygons(
  ctx: CanvasRenderingContext2D,
  view: View,
  shapes: readonly PolygonShape[],
  labels: Labels,
  wrong: ReadonlySet<string>,
): void {
  const tag = shapes.length <= MANY;
  for (const shape of shapes) paintPolygon(ctx, view, shape, labels, { tag, wrong: wrong.has(shape.id) });
}

export function paintPolygon(
  ctx: CanvasRenderingContext2D,
  view: View,
  shape: PolygonShape,
  labels: Labels,
  style: Style,
): void {
  const points = shape.points.map((point) => onScreen(view, point));
  const path = pathOf(points);
  path.closePath();
  paintPath(ctx, path, colorOf(labels, shape.label), style);
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

/** An outline being drawn, with a line to the pointer; `closing` when a click there would close it. */
export function paintOutline(
  ctx: CanvasRenderingContext2D,
  view: View,
  outline: { readonly label: string; readonly points: Ring },
  labels: Labels,
  pointer: Point | null,
  closing: boolean,
): void {
  const points = outline.points.map((point) => onScreen(view, point));
  const color = colorOf(labels, outline.label);
  const path = pathOf(points);
  if (closing) path.closePath();
  paintPath(ctx, path, color, { held: closing });
  const last = points.at(-1);
  if (last && pointer && !closing) {
    paintPath(ctx, pathOf([last, onScreen(view, pointer)]), color, { wrong: true });
  }
  paintGrips(ctx, points, closing ? 0 : null);
}

function pathOf(points: readonly Point[]): Path2D {
  const path = new Path2D();
  points.forEach(({ x, y }, at) => {
    if (at === 0) path.moveTo(x, y);
    else path.lineTo(x, y);
  });
  return path;
}
