/** Points put down that are no shape yet; each can be taken back and put again, as changes can. */
import { signal } from "@preact/signals";
import type { Point } from "../plane";

/** A corner of a shape that is in hand. */
export interface Corner {
  readonly shape: string;
  readonly at: number;
}

export class Outline {
  readonly points = signal<readonly Point[]>([]);
  readonly gone = signal<readonly Point[]>([]);
  readonly corner = signal<Corner | null>(null);

  add(point: Point): void {
    this.points.value = [...this.points.value, point];
    this.gone.value = [];
  }

  /** Take the last point back; false where there is none. */
  back(): boolean {
    const last = this.points.value.at(-1);
    if (!last) return false;
    this.points.value = this.points.value.slice(0, -1);
    this.gone.value = [...this.gone.value, last];
    return true;
  }

  /** Put the point again that was taken back last; false where there is none. */
  forth(): boolean {
    const last = this.gone.value.at(-1);
    if (!last) return false;
    this.gone.value = this.gone.value.slice(0, -1);
    this.points.value = [...this.points.value, last];
    return true;
  }

  clear(): void {
    if (this.points.value.length > 0) this.points.value = [];
    if (this.gone.value.length > 0) this.gone.value = [];
    this.corner.value = null;
  }
}
