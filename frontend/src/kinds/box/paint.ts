/** Boxes on a canvas, in screen pixels. */
import type { Rect } from "../../plane";
import type { View } from "../../workbench/surface";
import {
  colorOf,
  type Labels,
  MANY,
  onScreen,
  paintPath,
  paintGrips as paintSquares,
  paintTag,
  type Style,
} from "../shapes/paint";
import { GRIPS, gripPoint } from "./geometry";
import type { BoxShape } from "./model";

export function paintBoxes(
  ctx: CanvasRenderingContext2D,
  view: View,
  shapes: readonly BoxShape[],
  labels: Labels,
  wrong: ReadonlySet<string>,
): void {
  const tag = shapes.length <= MANY;
  for (const shape of shapes) paintBox(ctx, view, shape, labels, { tag, wrong: wrong.has(shape.id) });
}

export function paintBox(
  ctx: CanvasRenderingContext2D,
  view: View,
  shape: BoxShape,
  labels: Labels,
  style: Style,
): void {
  const rect = rectOnScreen(view, shape);
  const path = new Path2D();
  path.rect(rect.x, rect.y, rect.w, rect.h);
  paintPath(ctx, path, colorOf(labels, shape.label), style);
  paintTag(ctx, rect, labels, shape, style);
}

export function paintGrips(ctx: CanvasRenderingContext2D, view: View, shape: Rect): void {
  const rect = rectOnScreen(view, shape);
  const roomy = rect.w > 36 && rect.h > 36;
  const shown = GRIPS.filter((grip) => roomy || grip.length > 1);
  paintSquares(
    ctx,
    shown.map((grip) => gripPoint(rect, grip)),
  );
}

function rectOnScreen(view: View, { x, y, w, h }: Rect): Rect {
  return { ...onScreen(view, { x, y }), w: w * view.scale, h: h * view.scale };
}
