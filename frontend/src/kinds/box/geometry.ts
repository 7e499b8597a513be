/** Plane geometry of boxes in item pixels; no canvas, no store. */
import type { Point, Rect, Size } from "../../plane";

/** A grip of a box by compass: corners and edges. */
export type Grip = "nw" | "n" | "ne" | "e" | "se" | "s" | "sw" | "w";

export const GRIPS: readonly Grip[] = ["nw", "n", "ne", "e", "se", "s", "sw", "w"];

const clamp = (value: number, low: number, high: number): number => Math.min(Math.max(value, low), high);

/** The box between two corners, cut to the item. */
export function spanned(a: Point, b: Point, size: Size): Rect {
  const [x1, x2] = [a.x, b.x].map((x) => clamp(x, 0, size.width)).sort((p, q) => p - q) as [number, number];
  const [y1, y2] = [a.y, b.y].map((y) => clamp(y, 0, size.height)).sort((p, q) => p - q) as [number, number];
  return { x: x1, y: y1, w: x2 - x1, h: y2 - y1 };
}

/** The box moved as far as the item's edges allow; its size never changes. */
export function moved(rect: Rect, dx: number, dy: number, size: Size): Rect {
  return {
    ...rect,
    x: clamp(rect.x + dx, 0, Math.max(0, size.width - rect.w)),
    y: clamp(rect.y + dy, 0, Math.max(0, size.height - rect.h)),
  };
}

/** The box with one grip dragged to `to`; dragging across the opposite side turns it over. */
export function resized(rect: Rect, grip: Grip, to: Point, size: Size): Rect {
  const x = grip.includes("w")
    ? [to.x, rect.x + rect.w]
    : grip.includes("e")
      ? [rect.x, to.x]
      : [rect.x, rect.x + rect.w];
  const y = grip.includes("n")
    ? [to.y, rect.y + rect.h]
    : grip.includes("s")
      ? [rect.y, to.y]
      : [rect.y, rect.y + rect.h];
  return spanned({ x: x[0] ?? 0, y: y[0] ?? 0 }, { x: x[1] ?? 0, y: y[1] ?? 0 }, size);
}

/** The box grown (or shrunk) at its right and lower side, never under one pixel and never over the edge. */
export function grown(rect: Rect, dw: number, dh: number, size: Size): Rect {
  return {
    ...rect,
    w: clamp(rect.w + dw, Math.min(1, rect.w), size.width - rect.x),
    h: clamp(rect.h + dh, Math.min(1, rect.h), size.height - rect.y),
  };
}

export function gripPoint(rect: Rect, grip: Grip): Point {
  const x = grip.includes("w") ? rect.x : grip.includes("e") ? rect.x + rect.w : rect.x + rect.w / 2;
  const y = grip.includes("n") ? rect.y : grip.includes("s") ? rect.y + rect.h : rect.y + rect.h / 2;
  return { x, y };
}

/** The grip within `reach` of the point, corners before edges. */
export function gripAt(rect: Rect, point: Point, reach: number): Grip | null {
  const near = (grip: Grip) => {
    const at = gripPoint(rect, grip);
    return Math.abs(at.x - point.x) <= reach && Math.abs(at.y - point.y) <= reach;
  };
  return [...GRIPS].sort((a, b) => b.length - a.length).find(near) ?? null;
}

export function contains(rect: Rect, point: Point): boolean {
  return point.x >= rect.x && point.x <= rect.x + rect.w && point.y >= rect.y && point.y <= rect.y + rect.h;
}

/** Whether the point lies on the box's outline, give or take `reach`. */
export function onEdge(rect: Rect, point: Point, reach: number): boolean {
  const outer = { x: rect.x - reach, y: rect.y - reach, w: rect.w + 2 * reach, h: rect.h + 2 * reach };
  const inner = { x: rect.x + reach, y: rect.y + reach, w: rect.w - 2 * reach, h: rect.h - 2 * reach };
  return contains(outer, point) && !(inner.w > 0 && inner.h > 0 && contains(inner, point));
}
