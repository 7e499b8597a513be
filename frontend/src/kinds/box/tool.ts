/**
 * Pointer in, operations out. A press on a grip of the selected box resizes it, inside it moves it, on another box's
 * outline takes that one; anywhere else (or with Shift) a drag draws. Where the field allows it, the round handle turns
 * the selected box. A press that hardly moves only selects, so that an accidental click never leaves a speck behind.
 */
import { signal } from "@preact/signals";
import type { Point, Rect, Size } from "../../plane";
import type { Field } from "../../workbench/boot";
import type { Session } from "../../workbench/session";
import type { ImageTool, Stroke, View } from "../../workbench/surface";
import { addShape, changeShape } from "../shapes/model";
import { CLICK_REACH, EDGE_REACH, far, GRIP_REACH, ShapeTool } from "../shapes/tool";
import { type Grip, gripAt, moved, resized, spanned } from "./geometry";
import { BOX_FORM } from "./hits";
import { type BoxAnswer, type BoxShape, freshId, tidyBox } from "./model";
import { handleOf, paintBox, paintBoxes, paintGrips, paintHandle } from "./paint";
import { angleOf, dragged, mayTurn, movedBox, seenBy, stretched, type Turned, turnedTo } from "./turning";

/** Item pixels: nothing smaller is drawn. */
const LEAST_SIDE = 2;

type Doing =
  | { readonly act: "press"; readonly from: Point }
  | { readonly act: "draw"; readonly from: Point; readonly now: Point }
  | { readonly act: "move"; readonly from: Point; readonly now: Point; readonly shape: BoxShape }
  | {
      readonly act: "resize";
      readonly grip: Grip;
      readonly from: Point;
      readonly now: Point;
      readonly shape: BoxShape;
    }
  | {
      readonly act: "turn";
      readonly from: Point;
      readonly now: Point;
      readonly stepped: boolean;
      readonly shape: BoxShape;
    };

const CURSORS: Readonly<Record<Grip, string>> = {
  nw: "nwse-resize",
  se: "nwse-resize",
  ne: "nesw-resize",
  sw: "nesw-resize",
  n: "ns-resize",
  s: "ns-resize",
  e: "ew-resize",
  w: "ew-resize",
};

export class BoxTool extends ShapeTool<BoxShape, BoxAnswer> implements ImageTool {
  readonly doing = signal<Doing | null>(null);

  constructor(session: Session, field: Field) {
    super(session, field, BOX_FORM);
  }

  down({ at, force }: Stroke, view: View): void {
    this.doing.value = (force ? this.handle(at, view) : this.grab(at, view)) ?? { act: "press", from: at };
  }

  move({ at, force }: Stroke, view: View): void {
    const doing = this.doing.value;
    if (!doing) return;
    if (doing.act === "turn") this.doing.value = { ...doing, now: at, stepped: force };
    else if (doing.act !== "press") this.doing.value = { ...doing, now: this.aimed(doing, at, view) };
    else if (far(doing.from, at, this.reach(CLICK_REACH, view)))
      this.doing.value = { act: "draw", from: this.snap(doing.from, view), now: this.snap(at, view) };
  }

  up({ at, force }: Stroke, view: View): void {
    const doing = this.doing.value;
    this.doing.value = null;
    if (!doing) return;
    if (doing.act === "press") this.click(doing.from);
    else if (doing.act === "draw") this.draw(spanned(doing.from, this.snap(at, view), this.size));
    else if (doing.act === "turn") this.reshape(doing.shape, outcome({ ...doing, now: at, stepped: force }, this.size));
    else if (far(doing.from, at, this.reach(CLICK_REACH / 2, view)))
      this.reshape(doing.shape, outcome({ ...doing, now: this.aimed(doing, at, view) }, this.size));
    else if (doing.act === "move") this.click(doing.from);
  }

  cancel(): void {
    this.doing.value = null;
  }

  watch(): void {
    void this.doing.value;
  }

  cursor(at: Point, view: View): string {
    const doing = this.doing.value ?? this.grab(at, view);
    if (doing?.act === "turn") return this.doing.value ? "grabbing" : "grab";
    if (doing?.act === "resize") return cursorOf(doing.grip, angleOf(doing.shape));
    return doing?.act === "move" ? "move" : "crosshair";
  }

  paintStill(ctx: CanvasRenderingContext2D, view: View): void {
    paintBoxes(ctx, view, this.others, this.session.labels, this.wrong);
  }

  paintActive(ctx: CanvasRenderingContext2D, view: View): void {
    const doing = this.doing.value;
    const { held, label } = this;
    if (doing?.act === "draw") {
      const drawn = { id: "", label, ...spanned(doing.from, doing.now, this.size) };
      paintBox(ctx, view, drawn, this.session.labels, { held: true });
    }
    if (!held) return;
    const rect = doing && "shape" in doing && doing.shape.id === held.id ? outcome(doing, this.size) : held;
    const shape = rect === held ? held : { ...held, ...rect };
    paintBox(ctx, view, shape, this.session.labels, { held: true, wrong: this.wrong.has(held.id) });
    paintGrips(ctx, view, shape);
    if (mayTurn(this.field)) paintHandle(ctx, view, shape, doing?.act === "turn");
  }

  /** What is drawn or resized snaps; a box that is moved goes where it is put. */
  private aimed(doing: Exclude<Doing, { act: "press" | "turn" }>, at: Point, view: View): Point {
    if (doing.act === "move") return at;
    return this.snap(at, view, doing.act === "resize" ? doing.shape.id : undefined);
  }

  /** What a press at `at` takes hold of. */
  private grab(at: Point, view: View): Doing | null {
    const { held } = this;
    const turn = this.handle(at, view);
    if (turn) return turn;
    const grip = held && gripAt(held, seenBy(held, at), this.reach(GRIP_REACH, view));
    if (held && grip) return { act: "resize", grip, from: at, now: at, shape: held };
    if (held && this.form.contains(held, at)) return { act: "move", from: at, now: at, shape: held };
    const other = this.touched(at, this.reach(EDGE_REACH, view));
    return other ? { act: "move", from: at, now: at, shape: other } : null;
  }

  /** The held box by its handle. */
  private handle(at: Point, view: View): Doing | null {
    const { held } = this;
    if (!held || !mayTurn(this.field)) return null;
    const near = far(handleOf(held, view), at, this.reach(GRIP_REACH, view)) ? null : held;
    return near && { act: "turn", from: at, now: at, stepped: false, shape: near };
  }

  /** Select what is under the point: the smallest box, and when it already is, the selection stays. */
  private click(at: Point): void {
    this.session.selected.value = this.under(at)?.id ?? null;
  }

  private draw(rect: Rect): void {
    if (rect.w < LEAST_SIDE || rect.h < LEAST_SIDE) return;
    const id = freshId(this.answer);
    this.change(addShape(this.answer, { id, label: this.label, ...tidyBox(rect) }), id);
  }

  private reshape(shape: BoxShape, rect: Turned): void {
    this.change(changeShape<BoxShape, BoxAnswer>(this.answer, shape.id, tidyBox(rect)), shape.id);
  }
}

/** The box that the stroke would leave. */
function outcome(doing: Extract<Doing, { act: "move" | "resize" | "turn" }>, size: Size): Turned {
  const { from, now, shape } = doing;
  const { x, y, w, h, angle } = shape;
  if (doing.act === "turn") return turnedTo({ x, y, w, h, angle }, dragged(shape, from, now, doing.stepped), size);
  if (angle) {
    const box = { x, y, w, h, angle };
    if (doing.act === "resize") return stretched(box, doing.grip, now, size);
    return movedBox(box, now.x - from.x, now.y - from.y, size);
  }
  const rect = { x, y, w, h };
  if (doing.act === "move") return moved(rect, now.x - from.x, now.y - from.y, size);
  return resized(rect, doing.grip, now, size);
}

/** The grips' cursors go round with the box, by eighths of a turn. */
function cursorOf(grip: Grip, angle: number): string {
  const round: readonly Grip[] = ["n", "ne", "e", "se", "s", "sw", "w", "nw"];
  return CURSORS[round[(((round.indexOf(grip) + Math.round(angle / 45)) % 8) + 8) % 8] ?? grip];
}
