/** What is painted alike for every form of shape, in screen pixels. A pale halo keeps every colour visible. */
import type { Point } from "../../plane";
import { pick } from "../../words";
import type { Label } from "../../workbench/boot";
import { readableOn } from "../../workbench/colors";
import { isSuggested, sureness } from "../../workbench/suggested";
import type { View } from "../../workbench/surface";

export type Labels = ReadonlyMap<string, Label>;
export interface Style {
  readonly held?: boolean;
  readonly wrong?: boolean;
  readonly tag?: boolean;
  /** A line, with no inside to fill. */
  readonly open?: boolean;
}

/** From this many shapes on their names would hide the picture. */
export const MANY = 150;
const TAG_HEIGHT = 18;
const FONT = '600 12px system-ui, "PingFang SC", "Microsoft YaHei UI", "Noto Sans CJK SC", sans-serif';
const PLAIN = "#888888";

export function colorOf(labels: Labels, label: string): string {
  return labels.get(label)?.color ?? PLAIN;
}

/** Fill (where held) and stroke a path: first the halo, then the colour. */
export function paintPath(ctx: CanvasRenderingContext2D, path: Path2D, color: string, style: Style): void {
  ctx.save();
  if (style.held && !style.open) {
    ctx.fillStyle = color;
    ctx.globalAlpha = 0.12;
    ctx.fill(path);
    ctx.globalAlpha = 1;
  }
  ctx.lineJoin = "round";
  ctx.strokeStyle = style.held ? "rgba(255,255,255,.9)" : "rgba(255,255,255,.45)";
  ctx.lineWidth = style.held ? 5 : 3.5;
  ctx.stroke(path);
  ctx.strokeStyle = color;
  ctx.lineWidth = 2;
  if (style.wrong) ctx.setLineDash([6, 4]);
  ctx.stroke(path);
  ctx.restore();
}

/** The label's name above the point `at`, or below it where there is no room above. */
export function paintTag(
  ctx: CanvasRenderingContext2D,
  at: Point,
  labels: Labels,
  shape: { readonly label: string },
  style: Style,
): void {
  const label = labels.get(shape.label);
  if (!label || style.tag === false) return;
  const sure = sureness(shape);
  const text = `${pick(label.name)}${sure ? ` ${sure}` : ""}${style.wrong ? " !" : ""}`;
  ctx.save();
  ctx.font = FONT;
  ctx.textBaseline = "middle";
  const width = Math.ceil(ctx.measureText(text).width) + 12;
  const top = at.y - TAG_HEIGHT - 1 < 0 ? at.y + 1 : at.y - TAG_HEIGHT - 1;
  const hollow = isSuggested(shape);
  ctx.fillStyle = hollow ? "rgba(255,255,255,.92)" : label.color;
  ctx.beginPath();
  ctx.roundRect(at.x - 1, top, width, TAG_HEIGHT, [3, 3, 0, 0]);
  ctx.fill();
  if (hollow) {
    ctx.strokeStyle = label.color;
    ctx.stroke();
  }
  ctx.fillStyle = hollow ? "#26282b" : readableOn(label.color);
  ctx.fillText(text, at.x + 5, top + TAG_HEIGHT / 2 + 0.5);
  ctx.restore();
}

/** Small squares that can be dragged, the one in hand filled dark. */
export function paintGrips(ctx: CanvasRenderingContext2D, at: readonly Point[], inHand: number | null = null): void {
  ctx.save();
  ctx.lineWidth = 1.25;
  at.forEach(({ x, y }, number) => {
    ctx.fillStyle = number === inHand ? "#26282b" : "#fff";
    ctx.strokeStyle = number === inHand ? "#fff" : "#26282b";
    ctx.beginPath();
    ctx.roundRect(x - 4, y - 4, 8, 8, 2);
    ctx.fill();
    ctx.stroke();
  });
  ctx.restore();
}

export function onScreen(view: View, { x, y }: Point): Point {
  return { x: x * view.scale + view.x, y: y * view.scale + view.y };
}
