/** Figures on a canvas: limbs as lines, points as dots, hollow where they are hidden. */
import { pick } from "../../words";
import type { Field } from "../../workbench/boot";
import type { View } from "../../workbench/surface";
import { colorOf, type Labels, onScreen, paintPath, paintTag, type Style } from "../shapes/paint";
import { boundsOfFigure, type Figure, HIDDEN, isThere, jointsOf, limbsOf, type Put } from "./model";

const DOT = 4.5;

export function paintFigure(
  ctx: CanvasRenderingContext2D,
  view: View,
  field: Field,
  figure: Figure,
  labels: Labels,
  style: Style & { readonly inHand?: number },
): void {
  const color = colorOf(labels, figure.label);
  const limbs = new Path2D();
  for (const [a, b] of limbsOf(field)) {
    const [from, to] = [figure.points[a], figure.points[b]];
    if (!from || !to || !isThere(from) || !isThere(to)) continue;
    const [start, end] = [onScreen(view, from), onScreen(view, to)];
    limbs.moveTo(start.x, start.y);
    limbs.lineTo(end.x, end.y);
  }
  paintPath(ctx, limbs, color, { ...style, open: true });
  figure.points.forEach((put, place) => {
    if (isThere(put)) paintDot(ctx, view, put, color, style.held === true && style.inHand === place);
  });
  const { x, y } = onScreen(view, boundsOfFigure(figure));
  paintTag(ctx, { x, y: y - DOT - 3 }, labels, figure, style);
  if (style.held) paintName(ctx, view, field, figure, style.inHand ?? -1);
}

function paintDot(ctx: CanvasRenderingContext2D, view: View, put: Put, color: string, inHand: boolean): void {
  const { x, y } = onScreen(view, put);
  ctx.save();
  ctx.beginPath();
  ctx.arc(x, y, inHand ? DOT + 2 : DOT, 0, 2 * Math.PI);
  ctx.fillStyle = put.flag === HIDDEN ? "#fff" : color;
  ctx.strokeStyle = put.flag === HIDDEN ? color : "#fff";
  ctx.lineWidth = inHand ? 3 : 1.75;
  ctx.fill();
  ctx.stroke();
  ctx.restore();
}

/** The name of the point in hand, beside it. */
function paintName(ctx: CanvasRenderingContext2D, view: View, field: Field, figure: Figure, place: number): void {
  const [put, joint] = [figure.points[place], jointsOf(field)[place]];
  if (!put || !joint || !isThere(put)) return;
  const { x, y } = onScreen(view, put);
  ctx.save();
  ctx.font = "12px system-ui, sans-serif";
  ctx.textBaseline = "middle";
  ctx.lineWidth = 3;
  ctx.strokeStyle = "rgba(255,255,255,.85)";
  ctx.fillStyle = "#26282b";
  const text = pick(joint) || joint.id;
  ctx.strokeText(text, x + DOT + 5, y);
  ctx.fillText(text, x + DOT + 5, y);
  ctx.restore();
}
