/** Which box is under the pointer, among thousands: a flatbush index, built when first asked after a change. */
import Flatbush from "flatbush";
import type { Point } from "../../plane";
import { contains, onEdge } from "./geometry";
import type { BoxShape } from "./model";

export class Hits {
  private index: Flatbush | null = null;
  private shapes: readonly BoxShape[] = [];

  /** Look among `shapes`; the same list again costs nothing. */
  over(shapes: readonly BoxShape[]): this {
    if (shapes !== this.shapes) {
      this.shapes = shapes;
      this.index = null;
    }
    return this;
  }

  /** The smallest box whose inside holds the point. */
  inside(point: Point): BoxShape | undefined {
    return this.near(point, 0)
      .filter((each) => contains(each, point))
      .sort((a, b) => a.w * a.h - b.w * b.h)[0];
  }

  /** The smallest box whose outline passes within `reach` of the point. */
  edge(point: Point, reach: number): BoxShape | undefined {
    return this.near(point, reach)
      .filter((each) => onEdge(each, point, reach))
      .sort((a, b) => a.w * a.h - b.w * b.h)[0];
  }

  private near({ x, y }: Point, reach: number): BoxShape[] {
    if (this.shapes.length === 0) return [];
    this.index ??= build(this.shapes);
    const found = this.index.search(x - reach, y - reach, x + reach, y + reach);
    return found.map((at) => this.shapes[at]).filter((each) => each !== undefined);
  }
}

function build(shapes: readonly BoxShape[]): Flatbush {
  const index = new Flatbush(shapes.length);
  for (const { x, y, w, h } of shapes) index.add(x, y, x + w, y + h);
  index.finish();
  return index;
}
