/**
 * Pointer in, operations out. A click on empty ground begins a figure with its first point; while one is being made, each
 * click puts the next point. A press on a point drags it, on a limb the whole figure; on another's it takes that one.
 */
import { signal } from "@preact/signals";
import type { Point } from "../../plane";
import type { Field } from "../../workbench/boot";
import type { Session } from "../../workbench/session";
import type { ImageTool, Stroke, View } from "../../workbench/surface";
import type { Form } from "../shapes/hits";
import { nearestOnSide } from "../shapes/rings";
import { CLICK_REACH, EDGE_REACH, far, GRIP_REACH, ShapeTool } from "../shapes/tool";
import { handOn, pending, putNext } from "./hand";
import {
  begun,
  boundsOfFigure,
  changed,
  type Figure,
  isThere,
  jointsOf,
  type KeypointAnswer,
  limbsOf,
  movedFigure,
  placed,
  putAt,
  withPut,
} from "./model";
import { paintFigure } from "./paint";

type Held =
  | { readonly act: "move"; readonly from: Point; readonly now: Point; readonly figure: Figure }
  | {
      readonly act: "point";
      readonly from: Point;
      readonly now: Point;
      readonly figure: Figure;
      readonly place: number;
    };
type Doing = Held | { readonly act: "press"; readonly from: Point; readonly force: boolean };

export class KeypointTool extends ShapeTool<Figure, KeypointAnswer> implements ImageTool {
  readonly doing = signal<Doing | null>(null);

  constructor(session: Session, field: Field) {
    super(session, field, formOf(field));
  }

  down({ at, force }: Stroke, view: View): void {
    this.doing.value = (force ? null : this.grab(at, view)) ?? { act: "press", from: at, force };
  }

  move({ at }: Stroke): void {
    const doing = this.doing.value;
    if (doing && doing.act !== "press") this.doing.value = { ...doing, now: at };
  }

  up({ at }: Stroke, view: View): void {
    const doing = this.doing.value;
    this.doing.value = null;
    if (!doing) return;
    if (doing.act === "press") this.click(at, doing.force, view);
    else if (far(doing.from, at, this.reach(CLICK_REACH / 2, view))) {
      this.change(changed(this.answer, this.outcome({ ...doing, now: at })), doing.figure.id);
      this.take(doing);
    } else this.take(doing);
  }

  cancel(): void {
    this.doing.value = null;
  }

  watch(): void {
    void this.doing.value;
    void this.session.outline.corner.value;
  }

  cursor(at: Point, view: View): string {
    const doing = this.doing.value ?? this.grab(at, view);
    if (doing?.act === "point") return "grab";
    return doing?.act === "move" ? "move" : "crosshair";
  }

  paintStill(ctx: CanvasRenderingContext2D, view: View): void {
    for (const figure of this.others) {
      paintFigure(ctx, view, this.field, figure, this.session.labels, { wrong: this.wrong.has(figure.id) });
    }
  }

  paintActive(ctx: CanvasRenderingContext2D, view: View): void {
    const { held } = this;
    if (!held) return;
    const doing = this.doing.value;
    const figure = doing && doing.act !== "press" && doing.figure.id === held.id ? this.outcome(doing) : held;
    const style = { held: true, wrong: this.wrong.has(held.id), inHand: handOn(this.session, held) };
    paintFigure(ctx, view, this.field, figure, this.session.labels, style);
  }

  /** What a press at `at` takes hold of; while points wait to be put, only a point of the figure. */
  private grab(at: Point, view: View): Held | null {
    const { held } = this;
    const place = held ? putAt(held, at, this.reach(GRIP_REACH, view)) : -1;
    if (held && place >= 0) return { act: "point", place, from: at, now: at, figure: held };
    if (held && pending(this.session, held) >= 0) return null;
    const figure = this.touched(at, this.reach(EDGE_REACH, view));
    return figure ? { act: "move", from: at, now: at, figure } : null;
  }

  private click(at: Point, force: boolean, view: View): void {
    const { held, size } = this;
    const point = placed(this.snap(at, view, held?.id), size);
    if (held && !force && pending(this.session, held) >= 0) putNext(this.session, held, point);
    else {
      const [after, id] = begun(this.answer, this.field, this.label, point);
      const waits = jointsOf(this.field).length > 1;
      this.session.change(this.field, after, { selected: id, corner: waits ? { shape: id, at: 1 } : null });
    }
  }

  private take(doing: Held): void {
    this.session.selected.value = doing.figure.id;
    this.session.outline.corner.value = doing.act === "point" ? { shape: doing.figure.id, at: doing.place } : null;
  }

  private outcome(doing: Held): Figure {
    const { figure, from, now } = doing;
    if (doing.act === "point") return withPut(figure, doing.place, placed(now, this.size));
    return movedFigure(figure, now.x - from.x, now.y - from.y, this.size);
  }
}

function formOf(field: Field): Form<Figure> {
  const limbs = limbsOf(field);
  return {
    bounds: boundsOfFigure,
    area: (figure) => boundsOfFigure(figure).w * boundsOfFigure(figure).h,
    contains: () => false,
    onEdge: (figure, at, reach) =>
      putAt(figure, at, reach) >= 0 ||
      limbs.some(([a, b]) => {
        const ends = [figure.points[a], figure.points[b]].flatMap((end) => (end && isThere(end) ? [end] : []));
        return ends.length === 2 && (nearestOnSide(ends, at, true)?.distance ?? Infinity) <= reach;
      }),
  };
}
