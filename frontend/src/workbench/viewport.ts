/** Where the person looks: the view onto the item, the stage it is on, and whether the one follows the other. */
import { signal } from "@preact/signals";
import type { Point, Rect, Size } from "../plane";
import { fitted, panned, shownAt, type View, zoomed } from "./surface";

/** How much of the stage a shape fills that was zoomed to. */
const SHARE = 0.6;

export class Viewport {
  readonly view = signal<View>({ scale: 1, x: 0, y: 0 });
  readonly stage = signal<Size>({ width: 0, height: 0 });
  /** True while the view follows the stage's size. */
  readonly fits = signal(true);

  /** By a factor, the point `at` (the middle of the stage, where none is said) staying where it is. */
  zoom(factor: number, at?: Point): void {
    const { width, height } = this.stage.value;
    this.fits.value = false;
    this.view.value = zoomed(this.view.value, factor, at ?? { x: width / 2, y: height / 2 });
  }

  pan(dx: number, dy: number): void {
    this.fits.value = false;
    this.view.value = panned(this.view.value, dx, dy);
  }

  /** A part of the item, in the middle of the stage, with room around it. */
  show({ x, y, w, h }: Rect): void {
    const stage = this.stage.value;
    const scale = shownAt(Math.min(stage.width / Math.max(w, 1), stage.height / Math.max(h, 1)) * SHARE);
    this.fits.value = false;
    this.view.value = {
      scale,
      x: stage.width / 2 - (x + w / 2) * scale,
      y: stage.height / 2 - (y + h / 2) * scale,
    };
  }

  /** The whole item, where it has a size. */
  fit(item: { readonly width: number | null; readonly height: number | null } | undefined): void {
    this.fits.value = true;
    if (item?.width && item.height && this.stage.value.width > 0) {
      this.view.value = fitted({ width: item.width, height: item.height }, this.stage.value);
    }
  }
}
