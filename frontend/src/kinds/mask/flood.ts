/** What is joined to a pixel and has about its colour. */
import type { Point, Rect } from "../../plane";
import { Patch } from "./patch";

/** Colours of a rectangle of the picture, four bytes a pixel, row after row. */
export interface Colors {
  readonly data: Uint8ClampedArray;
  readonly width: number;
  readonly height: number;
}

/**
 * Spread from `seed` (in pixels of `part`, the rectangle that `colors` are of) over side by side pixels no channel of
 * which differs from the seed's by more than `tolerance`, column by column.
 */
export function flooded(colors: Colors, part: Rect, seed: Point, tolerance: number): Patch {
  const patch = new Patch(part, part);
  const { data, width } = colors;
  const { pixels, height } = patch;
  const [x, y] = [Math.floor(seed.x) - patch.left, Math.floor(seed.y) - patch.top];
  if (x < 0 || y < 0 || x >= patch.width || y >= height) return patch;
  const start = (y * width + x) * 4;
  const [red, green, blue] = [data[start] ?? 0, data[start + 1] ?? 0, data[start + 2] ?? 0];
  const fits = (column: number, row: number): boolean => {
    if (pixels[column * height + row]) return false;
    const at = (row * width + column) * 4;
    return (
      Math.abs((data[at] ?? 0) - red) <= tolerance &&
      Math.abs((data[at + 1] ?? 0) - green) <= tolerance &&
      Math.abs((data[at + 2] ?? 0) - blue) <= tolerance
    );
  };
  const waiting = [x, y];
  while (waiting.length > 0) {
    const row = waiting.pop() ?? 0;
    const column = waiting.pop() ?? 0;
    if (!fits(column, row)) continue;
    let [from, to] = [row, row + 1];
    while (from > 0 && fits(column, from - 1)) from -= 1;
    while (to < height && fits(column, to)) to += 1;
    pixels.fill(1, column * height + from, column * height + to);
    for (const next of [column - 1, column + 1]) {
      if (next < 0 || next >= patch.width) continue;
      for (let at = from, open = false; at < to; at += 1) {
        const free = fits(next, at);
        if (free && !open) waiting.push(next, at);
        open = free;
      }
    }
  }
  return patch;
}
