/** Masks and what paints them on a canvas, in screen pixels. */
import type { Point, Rect } from "../../plane";
import type { View } from "../../workbench/surface";
import { colorOf, type Labels, MANY, onScreen, paintTag, type Style } from "../shapes/paint";
import { type MaskShape, outlineOf, read } from "./model";

const paths = new WeakMap<MaskShape, Path2D>();

/** In item pixels, made once. */
function pathOf(shape: MaskShape): Path2D {
  const found = paths.get(shape);
  if (found) return found;
  const path = new Path2D();
  for (const ring of outlineOf(shape)) {
    ring.forEach(({ x, y }, at) => {
      if (at === 0) path.moveTo(x, y);
      else path.lineTo(x, y);
    });
    path.closePath();
  }
  paths.set(shape, path);
  return path;
}

export function paintMasks(
  ctx: CanvasRenderingContext2D,
  view: View,
  shapes: readonly MaskShape[],
  labels: Labels,
  wrong: ReadonlySet<string>,
): void {
  const tag = shapes.length <= MANY;
  for (const shape of shapes) paintMask(ctx, view, shape, labels, { tag, wrong: wrong.has(shape.id) });
}

/** A tint that leaves the picture visible, and the edge of the pixels. */
export function paintMask(
  ctx: CanvasRenderingContext2D,
  view: View,
  shape: MaskShape,
  labels: Labels,
  style: Style,
): void {
  const path = pathOf(shape);
  const color = colorOf(labels, shape.label);
  ctx.save();
  ctx.translate(view.x, view.y);
  ctx.scale(view.scale, view.scale);
  ctx.fillStyle = color;
  ctx.globalAlpha = style.held ? 0.42 : 0.3;
  ctx.fill(path, "evenodd");
  ctx.globalAlpha = 1;
  ctx.lineJoin = "round";
  ctx.setLineDash((style.wrong ? [6, 4] : ctx.getLineDash()).map((each) => each / view.scale));
  ctx.strokeStyle = style.held ? "rgba(255,255,255,.9)" : "rgba(255,255,255,.4)";
  ctx.lineWidth = (style.held ? 3.5 : 2.5) / view.scale;
  ctx.stroke(path);
  ctx.strokeStyle = color;
  ctx.lineWidth = 1.5 / view.scale;
  ctx.stroke(path);
  ctx.restore();
  const { bounds } = read(shape);
  paintTag(ctx, onScreen(view, { x: bounds.x, y: bounds.y }), labels, shape, style);
}

/** A stroke that is being made: what it will add, or what it takes away of what this canvas shows. */
export function paintStroke(
  ctx: CanvasRenderingContext2D,
  view: View,
  stroke: { readonly points: readonly Point[]; readonly size: number; readonly color: string | null },
  within: Rect,
): void {
  ctx.save();
  clip(ctx, view, within);
  ctx.beginPath();
  stroke.points.forEach((point, at) => {
    const { x, y } = onScreen(view, point);
    if (at === 0) ctx.moveTo(x, y);
    ctx.lineTo(x, y);
  });
  ctx.lineWidth = Math.max(1, stroke.size * view.scale);
  [ctx.lineCap, ctx.lineJoin] = ["round", "round"];
  if (stroke.color === null) {
    ctx.globalCompositeOperation = "destination-out";
    ctx.stroke();
    ctx.globalCompositeOperation = "source-over";
    ctx.globalAlpha = 0.25;
  } else {
    ctx.globalAlpha = 0.5;
  }
  ctx.strokeStyle = stroke.color ?? "#fff";
  ctx.stroke();
  ctx.restore();
}

function clip(ctx: CanvasRenderingContext2D, view: View, { x, y, w, h }: Rect): void {
  const at = onScreen(view, { x, y });
  ctx.beginPath();
  ctx.rect(at.x, at.y, w * view.scale, h * view.scale);
  ctx.clip();
}

/** The round brush under the pointer, light on dark and dark on light. */
export function paintBrush(ctx: CanvasRenderingContext2D, view: View, at: Point, size: number, dashed: boolean): void {
  const { x, y } = onScreen(view, at);
  const radius = Math.max(2, (size / 2) * view.scale);
  ctx.save();
  if (dashed) ctx.setLineDash([4, 3]);
  for (const [color, wide] of [
    ["rgba(0,0,0,.6)", 3],
    ["rgba(255,255,255,.95)", 1.25],
  ] as const) {
    ctx.beginPath();
    ctx.arc(x, y, radius, 0, 2 * Math.PI);
    ctx.strokeStyle = color;
    ctx.lineWidth = wide;
    ctx.stroke();
  }
  ctx.restore();
}

/** The limits, and shade over what lies outside of them. */
export function paintLimit(ctx: CanvasRenderingContext2D, view: View, { x, y, w, h }: Rect, stage: Rect): void {
  const at = onScreen(view, { x, y });
  const whole = onScreen(view, stage);
  ctx.save();
  ctx.beginPath();
  ctx.rect(whole.x, whole.y, stage.w * view.scale, stage.h * view.scale);
  ctx.rect(at.x, at.y, w * view.scale, h * view.scale);
  ctx.fillStyle = "rgba(20,22,26,.38)";
  ctx.fill("evenodd");
  ctx.strokeStyle = "#fff";
  ctx.lineWidth = 1.5;
  ctx.setLineDash([7, 5]);
  ctx.strokeRect(at.x, at.y, w * view.scale, h * view.scale);
  ctx.restore();
}
