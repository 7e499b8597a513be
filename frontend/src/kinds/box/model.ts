/** Boxes in item pixels: x to the right, y down, two decimals. The order of shapes is the order of drawing. */
import type { Rect } from "../../plane";
import { CodecError, members } from "../kind";
import { cents, finite, freshName, named, type Shaped, type Shapes } from "../shapes/model";

export interface BoxShape extends Rect, Shaped {}
export interface BoxAnswer extends Shapes<BoxShape> {
  readonly kind: "box";
}

export const NO_BOXES: BoxAnswer = { kind: "box", shapes: [] };

/** The first of b1, b2 … that no shape has. */
export const freshId = (answer: BoxAnswer): string => freshName(answer, "b");

export function decodeBoxes(value: unknown): BoxAnswer {
  const { kind, shapes } = members(value, ["kind", "shapes"]);
  if (kind !== "box") throw new CodecError("not boxes");
  if (!Array.isArray(shapes)) throw new CodecError("shapes must be a list");
  return { kind: "box", shapes: shapes.map(decodeShape) };
}

function decodeShape(value: unknown): BoxShape {
  const { id, label, x, y, w, h } = members(value, ["id", "label", "x", "y", "w", "h"]);
  return { ...named(id, label), x: finite(x), y: finite(y), w: finite(w), h: finite(h) };
}

export function encodeBoxes(answer: BoxAnswer): unknown {
  const shapes = answer.shapes.map(({ id, label, x, y, w, h }) => {
    return { id, label, x: cents(x), y: cents(y), w: cents(w), h: cents(h) };
  });
  return { kind: "box", shapes };
}
