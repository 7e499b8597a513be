/** Which shape is under the pointer, among thousands: a flatbush index, built when first asked after a change. */
import Flatbush from "flatbush";
import type { Point, Rect } from "../../plane";

/** What pointing needs to know of one form of shape. */
export interface Form<S> {
  bounds(shape: S): Rect;
  area(shape: S): number;
  contains(shape: S, point: Point): boolean;
  /** Whether the point lies on the outline, give or take `reach`. */
  onEdge(shape: S, point: Point, reach: number): boolean;
  /** The corners that other points snap to; absent for forms that have none. */
  corners?(shape: S): readonly Point[];
  /** True where the last corner is not joined to the first. */
  readonly open?: boolean;
}

export class Hits<S> {
  private index: Flatbush | null = null;
  private shapes: readonly S[] = [];

  constructor(private readonly form: Form<S>) {}

  /** Look among `shapes`; the same list again costs nothing. */
  over(shapes: readonly S[]): this {
    if (shapes !== this.shapes) {
      this.shapes = shapes;
      this.index = null;
    }
    return this;
  }

  /** The smallest shape whose inside holds the point. */
  inside(point: Point): S | undefined {
    return this.smallest(this.near(point, 0).filter((each) => this.form.contains(each, point)));
  }

  /** The smallest shape whose outline passes within `reach` of the point. */
  edge(point: Point, reach: number): S | undefined {
    return this.smallest(this.near(point, reach).filter((each) => this.form.onEdge(each, point, reach)));
  }

  private smallest(found: S[]): S | undefined {
    return found.sort((a, b) => this.form.area(a) - this.form.area(b))[0];
  }

  /** The shapes whose bounds come within `reach` of the point. */
  near({ x, y }: Point, reach: number): S[] {
    if (this.shapes.length === 0) return [];
    this.index ??= this.build();
    const found = this.index.search(x - reach, y - reach, x + reach, y + reach);
    return found.map((at) => this.shapes[at]).filter((each) => each !== undefined);
  }

  private build(): Flatbush {
    const index = new Flatbush(this.shapes.length);
    for (const shape of this.shapes) {
      const { x, y, w, h } = this.form.bounds(shape);
      index.add(x, y, x + w, y + h);
    }
    index.finish();
    return index;
  }
}
