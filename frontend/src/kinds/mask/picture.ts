/** The colours of a part of the picture, as a flood reads them. */
import type { Rect, Size } from "../../plane";
import type { Picture } from "../../workbench/media";
import type { Colors } from "./flood";

/** The last part that was read: one fills more than once where one fills. */
let last: { readonly picture: WeakRef<object>; readonly part: Rect; readonly colors: Colors } | null = null;

/** Null where this browser cannot read pixels back. */
export function colorsOf(picture: Picture, { width, height }: Size, part: Rect): Colors | null {
  if (last?.picture.deref() === picture && same(last.part, part)) return last.colors;
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [part.w, part.h];
  const ctx = canvas.getContext("2d", { willReadFrequently: true });
  if (!ctx) return null;
  ctx.drawImage(picture, -part.x, -part.y, width, height);
  const colors = ctx.getImageData(0, 0, part.w, part.h);
  last = { picture: new WeakRef(picture), part, colors };
  return colors;
}

const same = (one: Rect, other: Rect): boolean =>
  one.x === other.x && one.y === other.y && one.w === other.w && one.h === other.h;
