/** Boxes on a canvas, in screen pixels. A pale halo keeps every colour visible on every ground. */
import type { Rect } from "../../plane";
import { pick } from "../../words";
import type { Label } from "../../workbench/boot";
import { readableOn } from "../../workbench/colors";
import type { View } from "../../workbench/surface";
import { GRIPS, gripPoint } from "./geometry";
import type { BoxShape } from "./model";

type Labels = ReadonlyMap<string, Label>;
interface Style {
  readonly held?: boolean;
  readonly wrong?: boolean;
  readonly tag?: boolean;
}

const MANY = 150;
const TAG_HEIGHT = 18;
const FONT = '600 12px system-ui, "PingFang SC", "Microsoft YaHei UI", "Noto Sans CJK SC", sans-serif';

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
  const rect = onScreen(view, shape);
  const label = labels.get(shape.label);
  const color = label?.color ?? "#888888";
  ctx.save();
  if (style.held) {
    ctx.fillStyle = color;
    ctx.globalAlpha = 0.12;
    ctx.fillRect(rect.x, rect.y, rect.w, rect.h);
    ctx.globalAlpha = 1;
  }
  ctx.lineJoin = "miter";
  ctx.strokeStyle = style.held ? "rgba(255,255,255,.9)" : "rgba(255,255,255,.45)";
  ctx.lineWidth = style.held ? 5 : 3.5;
  ctx.strokeRect(rect.x, rect.y, rect.w, rect.h);
  ctx.strokeStyle = color;
  ctx.lineWidth = 2;
  if (style.wrong) ctx.setLineDash([6, 4]);
  ctx.strokeRect(rect.x, rect.y, rect.w, rect.h);
  ctx.restore();
  if (label && style.tag !== false) paintTag(ctx, rect, `${pick(label.name)}${style.wrong ? " !" : ""}`, color);
}

/** The label's name above the box, or inside its top edge where there is no room above. */
function paintTag(ctx: CanvasRenderingContext2D, rect: Rect, text: string, color: string): void {
  ctx.save();
  ctx.font = FONT;
  ctx.textBaseline = "middle";
  const width = Math.ceil(ctx.measureText(text).width) + 12;
  const top = rect.y - TAG_HEIGHT - 1 < 0 ? rect.y + 1 : rect.y - TAG_HEIGHT - 1;
  ctx.fillStyle = color;
  ctx.beginPath();
  ctx.roundRect(rect.x - 1, top, width, TAG_HEIGHT, [3, 3, 0, 0]);
  ctx.fill();
  ctx.fillStyle = readableOn(color);
  ctx.fillText(text, rect.x + 5, top + TAG_HEIGHT / 2 + 0.5);
  ctx.restore();
}

export function paintGrips(ctx: CanvasRenderingContext2D, view: View, shape: Rect): void {
  const rect = onScreen(view, shape);
  const roomy = rect.w > 36 && rect.h > 36;
  ctx.save();
  ctx.fillStyle = "#fff";
  ctx.strokeStyle = "#26282b";
  ctx.lineWidth = 1.25;
  for (const grip of GRIPS) {
    if (grip.length === 1 && !roomy) continue;
    const at = gripPoint(rect, grip);
    ctx.beginPath();
    ctx.roundRect(at.x - 4, at.y - 4, 8, 8, 2);
    ctx.fill();
    ctx.stroke();
  }
  ctx.restore();
}

function onScreen(view: View, rect: Rect): Rect {
  return {
    x: rect.x * view.scale + view.x,
    y: rect.y * view.scale + view.y,
    w: rect.w * view.scale,
    h: rect.h * view.scale,
  };
}
