/**
 * Boxes in item pixels: x to the right, y down, two decimals. The order of shapes is the order of drawing. One that is
 * turned has its angle beside the corner and size that it would have upright.
 */
import { CodecError, members } from "../kind";
import { cents, finite, freshName, named, type Shaped, type Shapes } from "../shapes/model";
import { angleOf, type Turned, tidyAngle } from "./turning";

export interface BoxShape extends Turned, Shaped {}
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
  const { id, label, x, y, w, h, angle } = members(value, ["id", "label", "x", "y", "w", "h", "angle"]);
  const rect = { ...named(id, label), x: finite(x), y: finite(y), w: finite(w), h: finite(h) };
  const turned = angle === undefined ? 0 : tidyAngle(finite(angle));
  return turned ? { ...rect, angle: turned } : rect;
}

export function encodeBoxes(answer: BoxAnswer): unknown {
  const shapes = answer.shapes.map((shape) => {
    const { id, label, x, y, w, h } = shape;
    const rect = { id, label, x: cents(x), y: cents(y), w: cents(w), h: cents(h) };
    const angle = tidyAngle(angleOf(shape));
    return angle ? { ...rect, angle } : rect;
  });
  return { kind: "box", shapes };
}

/** What a stroke or a key leaves: numbers to two decimals, and no angle on what stands upright. */
export function tidyBox({ x, y, w, h, angle }: Turned): Turned {
  const turned = tidyAngle(angle ?? 0);
  return { x: cents(x), y: cents(y), w: cents(w), h: cents(h), angle: turned === 0 ? undefined : turned };
}
