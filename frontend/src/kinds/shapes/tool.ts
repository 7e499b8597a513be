/** What the hands of all drawn kinds share: the shapes of a field, the one that is held, what lies under the pointer. */
import type { Point, Size } from "../../plane";
import type { Field } from "../../workbench/boot";
import type { Session } from "../../workbench/session";
import { type Form, Hits } from "./hits";
import { findShape, type Shaped, type Shapes } from "./model";

/** Screen pixels. */
export const GRIP_REACH = 8;
export const EDGE_REACH = 5;
export const CLICK_REACH = 4;

export abstract class ShapeTool<S extends Shaped, A extends Shapes<S>> {
  protected readonly hits: Hits<S>;

  constructor(
    protected readonly session: Session,
    protected readonly field: Field,
    form: Form<S>,
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
    return this.answer.shapes.filter((each) => each.id !== held);
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

  /** The shape whose outline passes under the pointer. */
  protected touched(at: Point, reach: number): S | undefined {
    return this.hits.over(this.answer.shapes).edge(at, reach);
  }

  /** The smallest shape around the point, or one that it touches. */
  protected under(at: Point): S | undefined {
    return this.hits.over(this.answer.shapes).inside(at) ?? this.hits.edge(at, 1);
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
