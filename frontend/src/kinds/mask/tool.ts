/**
 * Pointer in, operations out. What a press does is up to what is in the hand: a brush or an eraser leaves a stroke, a
 * flood fills from where it is let go, an outline gets a point, the limits are dragged, a mask is taken. What is painted
 * goes into the mask that is held; with Shift, or where none is held, it begins a new one with the label in hand.
 */
import { signal } from "@preact/signals";
import type { Point, Rect } from "../../plane";
import type { Field } from "../../workbench/boot";
import type { Picture } from "../../workbench/media";
import type { Session } from "../../workbench/session";
import type { ImageTool, Stroke, View } from "../../workbench/surface";
import { spanned } from "../box/geometry";
import { placed } from "../path/model";
import { paintDrawing } from "../path/paint";
import { RING } from "../polygon/model";
import type { Form } from "../shapes/hits";
import { colorOf } from "../shapes/paint";
import { boundsOf as boundsOfRing } from "../shapes/rings";
import { CLICK_REACH, far, GRIP_REACH, itemSize, ShapeTool } from "../shapes/tool";
import { flooded } from "./flood";
import { type Hand, handOf } from "./hand";
import { erased, erasedFrom, type MaskAnswer, type MaskShape, painted, read } from "./model";
import { paintBrush, paintLimit, paintMask, paintMasks, paintStroke } from "./paint";
import { brushed, Patch, shared, wholeOf } from "./patch";
import { colorsOf } from "./picture";
import { type Edges, holds } from "./runs";

/** A flood looks no farther than this from where it begins, so that no picture stops the hand. */
const FLOOD_REACH = 2048;
const LEAST_LIMIT = 4;

type Doing =
  | { readonly act: "stroke"; readonly erase: boolean; readonly fresh: boolean; readonly points: readonly Point[] }
  | { readonly act: "limit"; readonly from: Point; readonly now: Point }
  | { readonly act: "press"; readonly from: Point; readonly force: boolean };

const FORM: Form<MaskShape> = {
  bounds: (shape) => read(shape).bounds,
  area: (shape) => read(shape).area,
  contains: covers,
  onEdge: covers,
};

function covers(shape: MaskShape, { x, y }: Point): boolean {
  const { width, height } = shape.size;
  if (x < 0 || y < 0 || x >= width || y >= height) return false;
  return holds(read(shape).edges, Math.floor(x) * height + Math.floor(y));
}

export class MaskTool extends ShapeTool<MaskShape, MaskAnswer> implements ImageTool {
  readonly doing = signal<Doing | null>(null);
  private readonly hand: Hand;
  private hover: Point | null = null;
  private picture: () => Picture | null = () => null;

  constructor(session: Session, field: Field) {
    super(session, field, FORM);
    this.hand = handOf(session);
  }

  look(picture: () => Picture | null): void {
    this.picture = picture;
  }

  down({ at, force }: Stroke): void {
    const mode = this.hand.mode.value;
    if (mode === "brush" || mode === "erase") {
      const points = [brushed(at, this.hand.size.value)];
      this.doing.value = { act: "stroke", erase: mode === "erase", fresh: force, points };
    } else if (mode === "limit") this.doing.value = { act: "limit", from: at, now: at };
    else this.doing.value = { act: "press", from: at, force };
  }

  move({ at }: Stroke): void {
    this.hover = at;
    const doing = this.doing.value;
    if (doing?.act === "limit") this.doing.value = { ...doing, now: at };
    if (doing?.act !== "stroke") return;
    const point = brushed(at, this.hand.size.value);
    const last = doing.points[doing.points.length - 1];
    if (last?.x !== point.x || last.y !== point.y) this.doing.value = { ...doing, points: [...doing.points, point] };
  }

  up({ at, force }: Stroke, view: View): void {
    const doing = this.doing.value;
    this.doing.value = null;
    if (doing?.act === "stroke") this.apply(doing, at);
    else if (doing?.act === "limit") this.setLimit(spanned(doing.from, at, this.size));
    else if (doing && !far(doing.from, at, this.reach(2 * CLICK_REACH, view))) this.click(at, force, view);
  }

  double(): void {
    if (this.hand.mode.value === "outline" && this.outline.points.value.length > 0) finish(this.session, this.field);
  }

  /** The wheel with Alt. */
  turn(by: 1 | -1): void {
    this.hand.turn(by);
  }

  cancel(): void {
    this.doing.value = null;
  }

  watch(): void {
    void this.doing.value;
    void this.outline.points.value;
    void this.hand.mode.value;
    void this.hand.size.value;
    void this.hand.limit;
  }

  cursor(at: Point): string {
    const mode = this.hand.mode.value;
    if (mode === "brush" || mode === "erase") return "none";
    if (mode === "take") return this.under(at) ? "pointer" : "default";
    return mode === "flood" ? "cell" : "crosshair";
  }

  paintStill(ctx: CanvasRenderingContext2D, view: View): void {
    paintMasks(ctx, view, this.others, this.session.labels, this.wrong);
  }

  paintActive(ctx: CanvasRenderingContext2D, view: View): void {
    const { held } = this;
    const { labels } = this.session;
    if (held) paintMask(ctx, view, held, labels, { held: true, wrong: this.wrong.has(held.id) });
    const doing = this.doing.value;
    if (doing?.act === "stroke") this.paintDoing(ctx, view, doing);
    this.paintLimits(ctx, view, doing);
    this.paintPoints(ctx, view);
    const mode = this.hand.mode.value;
    if (this.hover && (mode === "brush" || mode === "erase")) {
      const size = this.hand.size.value;
      paintBrush(ctx, view, brushed(this.hover, size), size, mode === "erase");
    }
  }

  private paintDoing(ctx: CanvasRenderingContext2D, view: View, doing: Extract<Doing, { act: "stroke" }>): void {
    const label = doing.fresh ? this.label : (this.held?.label ?? this.label);
    const color = doing.erase ? null : colorOf(this.session.labels, label);
    paintStroke(ctx, view, { points: doing.points, size: this.hand.size.value, color }, this.within);
  }

  private paintLimits(ctx: CanvasRenderingContext2D, view: View, doing: Doing | null): void {
    const limit = doing?.act === "limit" ? spanned(doing.from, doing.now, this.size) : this.hand.limit;
    if (limit) paintLimit(ctx, view, limit, wholeOf(this.size));
  }

  private paintPoints(ctx: CanvasRenderingContext2D, view: View): void {
    const points = this.outline.points.value;
    if (points.length === 0) return;
    const closing = this.hover !== null && this.closesAt(this.hover, view);
    const label = this.held?.label ?? this.label;
    paintDrawing(ctx, view, { label, points, open: false }, this.session.labels, this.hover, closing);
  }

  private get outline() {
    return this.session.outline;
  }

  /** Where painting has an effect. */
  private get within(): Rect {
    const whole = wholeOf(this.size);
    const { limit } = this.hand;
    return limit ? shared(limit, whole) : whole;
  }

  private apply(doing: Extract<Doing, { act: "stroke" }>, at: Point): void {
    const size = this.hand.size.value;
    const points = [...doing.points, brushed(at, size)];
    const { x, y, w, h } = boundsOfRing(points);
    const [radius, room] = [size / 2, size / 2 + 1];
    const patch = new Patch({ x: x - room, y: y - room, w: w + 2 * room, h: h + 2 * room }, this.within);
    points.forEach((point, n) => {
      patch.stroke(points[n - 1] ?? point, point, radius);
    });
    const edges = patch.edges(this.size.height);
    if (doing.erase) this.erase(edges);
    else put(this.session, this.field, edges, doing.fresh);
  }

  /** Of the held mask, or of every mask that is met where none is held. */
  private erase(edges: Edges): void {
    const { held, answer, size } = this;
    const after = held ? erasedFrom(answer, edges, size, held.id) : erased(answer, edges, size);
    const stays = held && after.shapes.some((each) => each.id === held.id);
    if (after !== answer) this.change(after, stays ? held.id : null);
  }

  private setLimit(rect: Rect): void {
    const whole = { x: Math.floor(rect.x), y: Math.floor(rect.y) };
    const limit = { ...whole, w: Math.ceil(rect.x + rect.w) - whole.x, h: Math.ceil(rect.y + rect.h) - whole.y };
    this.hand.limit = limit.w < LEAST_LIMIT || limit.h < LEAST_LIMIT ? null : limit;
    this.hand.mode.value = "brush";
  }

  private click(at: Point, force: boolean, view: View): void {
    const mode = this.hand.mode.value;
    if (mode === "take") this.session.selected.value = this.under(at)?.id ?? null;
    else if (mode === "flood") this.flood(at, force);
    else if (this.closesAt(at, view)) finish(this.session, this.field);
    else this.outline.add(placed(at, this.size));
  }

  private closesAt(at: Point, view: View): boolean {
    const [first, ...rest] = this.outline.points.value;
    return first !== undefined && rest.length + 1 >= RING.fewest && !far(first, at, this.reach(GRIP_REACH, view));
  }

  private flood(at: Point, fresh: boolean): void {
    const picture = this.picture();
    if (!picture) return;
    const near = { x: at.x - FLOOD_REACH, y: at.y - FLOOD_REACH, w: 2 * FLOOD_REACH, h: 2 * FLOOD_REACH };
    const part = wholePixels(shared(near, this.within));
    const colors = part.w > 0 && part.h > 0 ? colorsOf(picture, this.size, part) : null;
    if (!colors) return;
    const patch = flooded(colors, part, at, this.hand.tolerance.value);
    put(this.session, this.field, patch.edges(this.size.height), fresh);
  }
}

function wholePixels({ x, y, w, h }: Rect): Rect {
  const [left, top] = [Math.floor(x), Math.floor(y)];
  return { x: left, y: top, w: Math.ceil(x + w) - left, h: Math.ceil(y + h) - top };
}

/** Give pixels to the held mask, or to a new one; one step of undo. */
export function put(session: Session, field: Field, edges: Edges, fresh: boolean): void {
  const answer = session.answer(field) as MaskAnswer;
  const [after, id] = painted(answer, {
    edges,
    size: itemSize(session),
    into: fresh ? null : session.selected.value,
    label: session.inHand.value[field.id] ?? "",
    overlap: field.options.overlap !== false,
  });
  if (after !== answer) session.change(field, after, { selected: id });
}

/** Fill the outline that is being drawn; see `Kind.finish`. */
export function finish(session: Session, field: Field): string | undefined {
  const points = session.outline.points.value;
  if (points.length === 0) return undefined;
  if (points.length < RING.fewest) return RING.tooFew();
  session.outline.clear();
  const size = itemSize(session);
  const { limit } = handOf(session);
  const patch = new Patch(boundsOfRing(points), limit ? shared(limit, wholeOf(size)) : wholeOf(size));
  patch.outline(points);
  put(session, field, patch.edges(size.height), false);
  return "";
}
