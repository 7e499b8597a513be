/** The image surface's contract with tools, and the view onto an item: item pixels to screen pixels and back. */
import type { Point, Rect, Size } from "../plane";
import type { Picture } from "./media";

/** Screen = item * scale + (x, y), in CSS pixels of the stage. */
export interface View {
  readonly scale: number;
  readonly x: number;
  readonly y: number;
}

const MARGIN = 28;
const MOST = 40;
const LEAST = 0.02;

/** The whole item in the middle of the stage; a small one is not blown up past four times. */
export function fitted(item: Size, stage: Size): View {
  const room = { width: stage.width - 2 * MARGIN, height: stage.height - 2 * MARGIN };
  const scale = Math.max(LEAST, Math.min(room.width / item.width, room.height / item.height, 4));
  return { scale, x: (stage.width - item.width * scale) / 2, y: (stage.height - item.height * scale) / 2 };
}

/** The nearest scale that can be shown. */
export function shownAt(scale: number): number {
  return Math.min(MOST, Math.max(LEAST, scale));
}

/** Zoomed by `factor`, the point `at` (on the stage) staying where it is. */
export function zoomed(view: View, factor: number, at: Point): View {
  const scale = shownAt(view.scale * factor);
  const by = scale / view.scale;
  return { scale, x: at.x - (at.x - view.x) * by, y: at.y - (at.y - view.y) * by };
}

export function panned(view: View, dx: number, dy: number): View {
  return { ...view, x: view.x + dx, y: view.y + dy };
}

export function toItem(view: View, at: Point): Point {
  return { x: (at.x - view.x) / view.scale, y: (at.y - view.y) / view.scale };
}

export interface Stroke {
  /** Item pixels. */
  readonly at: Point;
  /** Shift was held: always draw, even inside a shape. */
  readonly force: boolean;
}

/** A kind's hands on an image. Painting happens in item pixels scaled by `view`. */
export interface ImageTool {
  down(stroke: Stroke, view: View): void;
  move(stroke: Stroke, view: View): void;
  up(stroke: Stroke, view: View): void;
  /** A second click at the same place. */
  double?(at: Point, view: View): void;
  /** The wheel turned with Alt held: more, or less. */
  turn?(by: 1 | -1): void;
  /** How the item's picture is had, for tools that read its colours. */
  look?(picture: () => Picture | null): void;
  cancel(): void;
  /** Read whatever signals the paint depends on beside the session's. */
  watch(): void;
  cursor(at: Point, view: View): string;
  /** The place of a shape, in item pixels. */
  bounds?(shape: string): Rect | null;
  /** Everything that does not change during a stroke. */
  paintStill(ctx: CanvasRenderingContext2D, view: View): void;
  /** The selected shape and the stroke in progress. */
  paintActive(ctx: CanvasRenderingContext2D, view: View): void;
}
