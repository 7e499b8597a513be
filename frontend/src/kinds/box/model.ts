/** Boxes in item pixels: x to the right, y down, two decimals. The order of shapes is the order of drawing. */
import type { Rect } from "../../plane";
import { CodecError, members } from "../kind";

export interface BoxShape extends Rect {
  readonly id: string;
  readonly label: string;
}
export interface BoxAnswer {
  readonly kind: "box";
  readonly shapes: readonly BoxShape[];
}

const LONGEST_ID = 64;

export const NO_BOXES: BoxAnswer = { kind: "box", shapes: [] };

export function findBox(answer: BoxAnswer, id: string | null): BoxShape | undefined {
  return id === null ? undefined : answer.shapes.find((each) => each.id === id);
}

export function addBox(answer: BoxAnswer, shape: BoxShape): BoxAnswer {
  return { kind: "box", shapes: [...answer.shapes, shape] };
}

export function changeBox(answer: BoxAnswer, id: string, change: Partial<Rect> & { label?: string }): BoxAnswer {
  return { kind: "box", shapes: answer.shapes.map((each) => (each.id === id ? { ...each, ...change } : each)) };
}

export function removeBox(answer: BoxAnswer, id: string): BoxAnswer {
  return { kind: "box", shapes: answer.shapes.filter((each) => each.id !== id) };
}

/** The first of b1, b2 … that no shape has. */
export function freshId(answer: BoxAnswer): string {
  const taken = new Set(answer.shapes.map((each) => each.id));
  let n = answer.shapes.length + 1;
  while (taken.has(`b${n}`)) n += 1;
  return `b${n}`;
}

export const cents = (value: number): number => Math.round(value * 100) / 100;

export function decodeBoxes(value: unknown): BoxAnswer {
  const { kind, shapes } = members(value, ["kind", "shapes"]);
  if (kind !== "box") throw new CodecError("not boxes");
  if (!Array.isArray(shapes)) throw new CodecError("shapes must be a list");
  return { kind: "box", shapes: shapes.map(decodeShape) };
}

function decodeShape(value: unknown): BoxShape {
  const { id, label, x, y, w, h } = members(value, ["id", "label", "x", "y", "w", "h"]);
  if (typeof id !== "string" || typeof label !== "string") throw new CodecError("a box has an id and a label");
  if (id.length < 1 || id.length > LONGEST_ID) throw new CodecError("a box's id has 1 to 64 characters");
  return { id, label, x: finite(x), y: finite(y), w: finite(w), h: finite(h) };
}

function finite(value: unknown): number {
  if (typeof value === "number" && Number.isFinite(value)) return value;
  throw new CodecError("x, y, w, h are numbers");
}

export function encodeBoxes(answer: BoxAnswer): unknown {
  const shapes = answer.shapes.map(({ id, label, x, y, w, h }) => {
    return { id, label, x: cents(x), y: cents(y), w: cents(w), h: cents(h) };
  });
  return { kind: "box", shapes };
}
