/** Boxes on a canvas, in screen pixels. */
import type { Point, Rect } from "../../plane";
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
import { cornersOf, placedBy, type Turned } from "./turning";

/** Screen pixels from the side of the box to the handle that turns it. */
const HANDLE = 26;

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
  if (shape.angle) {
    paintTurned(ctx, view, shape, labels, style);
    return;
  }
  const rect = rectOnScreen(view, shape);
  const path = new Path2D();
  path.rect(rect.x, rect.y, rect.w, rect.h);
  paintPath(ctx, path, colorOf(labels, shape.label), style);
  paintTag(ctx, rect, labels, shape, style);
}

/** The name stands at the highest corner, since the corner of the bounds lies beside the box. */
function paintTurned(ctx: CanvasRenderingContext2D, view: View, shape: BoxShape, labels: Labels, style: Style): void {
  const corners = cornersOf(shape).map((corner) => onScreen(view, corner));
  const path = new Path2D();
  for (const { x, y } of corners) path.lineTo(x, y);
  path.closePath();
  paintPath(ctx, path, colorOf(labels, shape.label), style);
  const highest = corners.reduce((best, each) => (each.y < best.y ? each : best));
  paintTag(ctx, highest, labels, shape, style);
}

/** Where the handle is, in item pixels: above the box's own upper side, or below it where that is out of sight. */
export function handleOf(shape: Turned, view: View): Point {
  const away = HANDLE / view.scale;
  const middle = shape.x + shape.w / 2;
  const above = placedBy(shape, { x: middle, y: shape.y - away });
  const seen = onScreen(view, above);
  return seen.x >= 0 && seen.y >= 0 ? above : placedBy(shape, { x: middle, y: shape.y + shape.h + away });
}

/** A ring on a stalk; filled while it is in hand. */
export function paintHandle(ctx: CanvasRenderingContext2D, view: View, shape: Turned, inHand: boolean): void {
  const at = handleOf(shape, view);
  const top = placedBy(shape, gripPoint(shape, "n"));
  const below = placedBy(shape, gripPoint(shape, "s"));
  const near = Math.hypot(top.x - at.x, top.y - at.y) <= Math.hypot(below.x - at.x, below.y - at.y) ? top : below;
  const [from, to] = [onScreen(view, near), onScreen(view, at)];
  ctx.save();
  const stalk = new Path2D();
  stalk.moveTo(from.x, from.y);
  stalk.lineTo(to.x, to.y);
  ctx.lineWidth = 3;
  ctx.strokeStyle = "rgba(255,255,255,.8)";
  ctx.stroke(stalk);
  ctx.lineWidth = 1.25;
  ctx.strokeStyle = "#26282b";
  ctx.stroke(stalk);
  ctx.beginPath();
  ctx.arc(to.x, to.y, 5.5, 0, 2 * Math.PI);
  ctx.fillStyle = inHand ? "#26282b" : "#fff";
  ctx.fill();
  ctx.stroke();
  ctx.restore();
  if (inHand) paintAngle(ctx, to, shape);
}

/** What the angle has become, beside the handle. */
function paintAngle(ctx: CanvasRenderingContext2D, { x, y }: Point, { angle = 0 }: Turned): void {
  const text = `${Math.round(angle * 10) / 10}°`;
  ctx.save();
  ctx.font = "600 12px system-ui, sans-serif";
  ctx.textBaseline = "middle";
  const wide = Math.ceil(ctx.measureText(text).width) + 10;
  ctx.fillStyle = "rgba(38,40,43,.9)";
  ctx.beginPath();
  ctx.roundRect(x + 10, y - 9, wide, 18, 3);
  ctx.fill();
  ctx.fillStyle = "#fff";
  ctx.fillText(text, x + 15, y + 0.5);
  ctx.restore();
}

export function paintGrips(ctx: CanvasRenderingContext2D, view: View, shape: Turned): void {
  const rect = rectOnScreen(view, shape);
  const roomy = rect.w > 36 && rect.h > 36;
  const shown = GRIPS.filter((grip) => roomy || grip.length > 1);
  paintSquares(
    ctx,
    shown.map((grip) => onScreen(view, placedBy(shape, gripPoint(shape, grip)))),
  );
}

function rectOnScreen(view: View, { x, y, w, h }: Rect): Rect {
  return { ...onScreen(view, { x, y }), w: w * view.scale, h: h * view.scale };
}
