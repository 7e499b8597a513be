/**
 * Points as pixels of one ImageData: 100,000 take a few milliseconds without any graphics card, where WebGL in software
 * takes tens (docs/design/scenes.md has the measure).
 */
import type { Points } from "./points";
import type { View } from "./view";

/** Okabe and Ito's colours, told apart by the colour-blind; a darker and a lighter set for the two themes. */
const LIGHT = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#b38600", "#3a9bd6", "#7a5195", "#6b6b6b"];
const DARK = ["#56b4e9", "#ff8c3a", "#2fc79b", "#e39ac4", "#f0e442", "#8fd0ff", "#b39ddb", "#bdbdbd"];

export interface Colours {
  /** Of each point, as the bytes of a pixel. */
  readonly of: Uint32Array;
  readonly ground: number;
}

export function pixel(hex: string, opacity = 255): number {
  const value = Number.parseInt(hex.slice(1), 16);
  return ((opacity << 24) | ((value & 255) << 16) | (value & 0xff00) | (value >> 16)) >>> 0;
}

export function hueOf(hue: number, dark: boolean): string {
  return (dark ? DARK : LIGHT)[hue % LIGHT.length] as string;
}

/** The colour of each point; with some scenes chosen, the others stand back. */
export function colour(
  points: Points,
  hues: ReadonlyMap<number, number>,
  chosen: ReadonlySet<number>,
  dark: boolean,
): Colours {
  const nowhere = pixel(dark ? "#5b6068" : "#b9b5ab");
  const back = pixel(dark ? "#2c3036" : "#e4e1d9");
  const known = new Map<number, number>([[0, nowhere]]);
  for (const [scene, hue] of hues) known.set(scene, pixel(hueOf(hue, dark)));
  const of = new Uint32Array(points.count);
  for (let point = 0; point < points.count; point++) {
    const scene = points.scenes[point] as number;
    of[point] = chosen.size && !chosen.has(scene) ? back : (known.get(scene) ?? nowhere);
  }
  return { of, ground: 0 };
}

/** Write every point that is seen; those in `selected` in `ink`, on top. */
export function paint(
  image: ImageData,
  points: Points,
  colours: Colours,
  view: View,
  selected: readonly number[],
  ink: number,
): void {
  const { width, height } = image;
  const pixels = new Uint32Array(image.data.buffer);
  pixels.fill(colours.ground);
  const size = view.scale * 65_535 > 6_000 ? 4 : view.scale * 65_535 > 1_800 ? 3 : 2;
  const { x, y } = points;
  const of = colours.of;
  for (let point = 0; point < points.count; point++) {
    const left = ((x[point] as number) * view.scale + view.left) | 0;
    const top = ((y[point] as number) * view.scale + view.top) | 0;
    if (left < 0 || top < 0 || left + size > width || top + size > height) continue;
    const value = of[point] as number;
    let row = top * width + left;
    for (let down = 0; down < size; down++, row += width) {
      for (let across = 0; across < size; across++) pixels[row + across] = value;
    }
  }
  for (const point of selected) {
    const left = ((x[point] as number) * view.scale + view.left) | 0;
    const top = ((y[point] as number) * view.scale + view.top) | 0;
    if (left < 0 || top < 0 || left + size > width || top + size > height) continue;
    for (let down = 0; down < size; down++) {
      pixels.fill(ink, (top + down) * width + left, (top + down) * width + left + size);
    }
  }
}
