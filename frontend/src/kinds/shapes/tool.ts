/** What the hands of all drawn kinds share: the shapes of a field, the one that is held, what lies under the pointer. */
import type { Point, Rect, Size } from "../../plane";
import type { Field } from "../../workbench/boot";
import type { Session } from "../../workbench/session";
import { isSuggested } from "../../workbench/suggested";
import type { View } from "../../workbench/surface";
import { type Form, Hits } from "./hits";
import { findShape, type Shaped, type Shapes } from "./model";
import { snapped } from "./snap";

/** Screen pixels. */
export const GRIP_REACH = 8;
export const EDGE_REACH = 5;
export const CLICK_REACH = 4;
export const SNAP_REACH = 7;
/** A fingertip covers what a pointer only touches. */
const FINGER = 2.5;

export abstract class ShapeTool<S extends Shaped, A extends Shapes<S>> {
  protected readonly hits: Hits<S>;

  constructor(
    protected readonly session: Session,
    protected readonly field: Field,
    protected readonly form: Form<S>,
  ) {
    this.hits = new Hits(form);
  }

  protected get answer(): A {
    return this.session.answer(this.field) as A;
  }

  protected get held(): S | undefined {
    return findShape(this.answer, this.session.selected.value);
  }

  protected get others(): readonly S[] {
    const held = this.session.selected.value;
    if (this.session.alone.value && this.held) return [];
    const { layer } = this.session;
    const others = this.answer.shapes.filter((each) => each.id !== held);
    return layer === null ? others : others.filter((each) => isSuggested(each) === (layer === "suggested"));
  }

  protected get size(): Size {
    return itemSize(this.session);
  }

  /** The label that the next shape gets. */
  protected get label(): string {
    return this.session.inHand.value[this.field.id] ?? "";
  }

  protected get wrong(): ReadonlySet<string> {
    return new Set(this.session.problems.value.map((problem) => problem.shape ?? ""));
  }

  bounds(id: string): Rect | null {
    const shape = findShape(this.answer, id);
    return shape ? this.form.bounds(shape) : null;
  }

  /** What a reach of so many screen pixels is on the item, for the hand that is at work. */
  protected reach(pixels: number, view: View): number {
    return (pixels * (this.session.coarse.value ? FINGER : 1)) / view.scale;
  }

  /** The point, or what it is near of: a corner or side of another shape, the image's border. */
  protected snap(at: Point, view: View, except?: string): Point {
    if (!this.session.snap.value) return at;
    const reach = this.reach(SNAP_REACH, view);
    const near = this.hits.over(this.visible).near(at, reach);
    const contours = near.flatMap((shape) => {
      const points = shape.id === except ? undefined : this.form.corners?.(shape);
      return points ? [{ points, open: this.form.open ?? false }] : [];
    });
    return snapped(at, reach, contours, this.size);
  }

  /** What can be pointed at: all shapes, or the held one while the others are hidden. */
  private get visible(): readonly S[] {
    const { held } = this;
    return this.session.alone.value && held ? [held] : this.answer.shapes;
  }

  /** The shape whose outline passes under the pointer. */
  protected touched(at: Point, reach: number): S | undefined {
    return this.hits.over(this.visible).edge(at, reach);
  }

  /** The smallest shape around the point, or one that it touches. */
  protected under(at: Point): S | undefined {
    return this.hits.over(this.visible).inside(at) ?? this.hits.edge(at, 1);
  }

  protected change(after: A, selected: string | null): void {
    this.session.change(this.field, after, { selected });
  }
}

export function itemSize(session: Session): Size {
  const item = session.task.value?.item;
  return { width: item?.width ?? 0, height: item?.height ?? 0 };
}

export function far(a: Point, b: Point, reach: number): boolean {
  return Math.hypot(a.x - b.x, a.y - b.y) >= reach;
}
