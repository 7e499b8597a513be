/** Where the map stands on the screen: one measure for both directions, in pixels of the canvas. */
import { EXTENT } from "./points";

export interface View {
  readonly scale: number;
  readonly left: number;
  readonly top: number;
}

export const MOST = 60;

/** So much of the shorter side is left free around the whole map, so that a line can be drawn around what lies outmost. */
const MARGIN = 0.03;

/** The whole map, in the middle. */
export function fitted(width: number, height: number): View {
  const scale = (Math.min(width, height) * (1 - 2 * MARGIN)) / EXTENT;
  return { scale, left: (width - EXTENT * scale) / 2, top: (height - EXTENT * scale) / 2 };
}

export function moved(view: View, across: number, down: number): View {
  return { ...view, left: view.left + across, top: view.top + down };
}

/** Closer or farther by `factor`, with the place under (x, y) staying there. */
export function zoomed(view: View, factor: number, x: number, y: number, fit: View): View {
  const scale = Math.max(fit.scale * 0.6, Math.min(fit.scale * MOST, view.scale * factor));
  const by = scale / view.scale;
  return { scale, left: x - (x - view.left) * by, top: y - (y - view.top) * by };
}

/** The place on the map under a place on the screen. */
export function under(view: View, x: number, y: number): [number, number] {
  return [(x - view.left) / view.scale, (y - view.top) / view.scale];
}
