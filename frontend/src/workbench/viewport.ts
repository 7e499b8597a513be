/** Where the person looks: the view onto the item, the stage it is on, and whether the one follows the other. */
import { signal } from "@preact/signals";
import type { Point, Size } from "../plane";
import { fitted, panned, type View, zoomed } from "./surface";

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

  /** The whole item, where it has a size. */
  fit(item: { readonly width: number | null; readonly height: number | null } | undefined): void {
    this.fits.value = true;
    if (item?.width && item.height && this.stage.value.width > 0) {
      this.view.value = fitted({ width: item.width, height: item.height }, this.stage.value);
    }
  }
}
