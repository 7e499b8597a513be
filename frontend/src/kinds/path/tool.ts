/**
 * Pointer in, operations out. A click on empty ground puts a point; one on the first point closes an outline, one on the
 * last ends a line, and so does a double click. A press on a corner of the held path drags it, inside or on its side
 * drags the whole, on another's side takes that one; a click inside another selects it (with Shift a new path begins
 * there). A double click on a side puts a corner in.
 */
import { signal } from "@preact/signals";
import type { Point } from "../../plane";
import type { Field } from "../../workbench/boot";
import type { Session } from "../../workbench/session";
import type { ImageTool, Stroke, View } from "../../workbench/surface";
import type { Form } from "../shapes/hits";
import { cents, changeShape } from "../shapes/model";
import {
  areaOf,
  boundsOf,
  cornerAt,
  encloses,
  lengthOf,
  movedRing,
  nearestOnSide,
  withPoint,
  withPointMoved,
} from "../shapes/rings";
import { CLICK_REACH, EDGE_REACH, far, GRIP_REACH, ShapeTool } from "../shapes/tool";
import { ended, type PathAnswer, type PathKind, type PathShape, placed } from "./model";
import { paintCorners, paintDrawing, paintPath, paintPaths } from "./paint";

type Doing =
  | { readonly act: "press"; readonly from: Point; readonly force: boolean }
  | { readonly act: "move"; readonly from: Point; readonly now: Point; readonly shape: PathShape }
  | {
      readonly act: "corner";
      readonly corner: number;
      readonly from: Point;
      readonly now: Point;
      readonly shape: PathShape;
    };

function formOf({ open }: PathKind): Form<PathShape> {
  return {
    bounds: ({ points }) => boundsOf(points),
    corners: ({ points }) => points,
    open,
    area: ({ points }) => (open ? lengthOf(points) : areaOf(points)),
    contains: ({ points }, at) => !open && encloses(points, at),
    onEdge: ({ points }, at, reach) => (nearestOnSide(points, at, open)?.distance ?? Infinity) <= reach,
  };
}

export class PathTool extends ShapeTool<PathShape, PathAnswer> implements ImageTool {
  readonly doing = signal<Doing | null>(null);
  private hover: Point | null = null;

  constructor(
    session: Session,
    field: Field,
    private readonly path: PathKind,
  ) {
    super(session, field, formOf(path));
  }

  down({ at, force }: Stroke, view: View): void {
    const drawing = this.outline.points.value.length > 0;
    this.doing.value = (drawing || force ? null : this.grab(at, view)) ?? { act: "press", from: at, force };
  }

  move({ at }: Stroke, view: View): void {
    this.hover = this.outline.points.value.length > 0 ? this.snap(at, view) : at;
    const doing = this.doing.value;
    if (doing && doing.act !== "press") this.doing.value = { ...doing, now: this.aimed(doing, at, view) };
  }

  up({ at }: Stroke, view: View): void {
    const doing = this.doing.value;
    this.doing.value = null;
    if (!doing) return;
    if (doing.act === "press") this.click(at, doing.force, view);
    else if (far(doing.from, at, this.reach(CLICK_REACH / 2, view)))
      this.reshape({ ...doing, now: this.aimed(doing, at, view) });
    else this.take(doing);
  }

  double(at: Point, view: View): void {
    if (this.outline.points.value.length > 0) this.end();
    else this.putCorner(at, view);
  }

  cancel(): void {
    this.doing.value = null;
  }

  watch(): void {
    void this.doing.value;
    void this.outline.points.value;
    void this.outline.corner.value;
  }

  cursor(at: Point, view: View): string {
    if (this.outline.points.value.length > 0) return this.endsAt(at, view) ? "pointer" : "crosshair";
    const doing = this.doing.value ?? this.grab(at, view);
    if (doing?.act === "corner") return "grab";
    if (doing?.act === "move") return "move";
    return this.under(at) ? "pointer" : "crosshair";
  }

  paintStill(ctx: CanvasRenderingContext2D, view: View): void {
    paintPaths(ctx, view, this.others, this.session.labels, this.wrong, this.path.open);
  }

  paintActive(ctx: CanvasRenderingContext2D, view: View): void {
    const doing = this.doing.value;
    const { labels } = this.session;
    const points = this.outline.points.value;
    const ending = this.hover !== null && this.endsAt(this.hover, view);
    const drawn = { label: this.label, points, open: this.path.open };
    if (points.length > 0) paintDrawing(ctx, view, drawn, labels, this.hover, ending);
    const { held } = this;
    if (!held) return;
    const dragged = doing && doing.act !== "press" && doing.shape.id === held.id;
    const shape = dragged ? { ...held, points: this.outcome(doing) } : held;
    paintPath(ctx, view, shape, labels, { held: true, wrong: this.wrong.has(held.id), open: this.path.open });
    const corner = this.outline.corner.value;
    paintCorners(ctx, view, shape.points, corner?.shape === held.id ? corner.at : null);
  }

  private get outline() {
    return this.session.outline;
  }

  /** What a press at `at` takes hold of. */
  private grab(at: Point, view: View): Doing | null {
    const { held } = this;
    const corner = held ? cornerAt(held.points, at, this.gripReach(held, at, view)) : -1;
    if (held && corner >= 0) return { act: "corner", corner, from: at, now: at, shape: held };
    const reach = this.reach(EDGE_REACH, view);
    if (held && (this.form.contains(held, at) || this.form.onEdge(held, at, reach))) {
      return { act: "move", from: at, now: at, shape: held };
    }
    const other = this.touched(at, reach);
    return other ? { act: "move", from: at, now: at, shape: other } : null;
  }

  /** From outside a corner is caught from afar; inside a small ring there must be room left to drag the whole. */
  private gripReach(shape: PathShape, at: Point, view: View): number {
    const { w, h } = boundsOf(shape.points);
    const reach = this.reach(GRIP_REACH, view);
    return this.form.contains(shape, at) ? Math.min(reach, Math.min(w, h) / 4) : reach;
  }

  /** A corner that is dragged snaps; a shape that is dragged does not. */
  private aimed(doing: Exclude<Doing, { act: "press" }>, at: Point, view: View): Point {
    return doing.act === "corner" ? this.snap(at, view, doing.shape.id) : at;
  }

  private endsAt(at: Point, view: View): boolean {
    const points = this.outline.points.value;
    const goal = this.path.open ? points.at(-1) : points[0];
    return goal !== undefined && points.length >= this.path.fewest && !far(goal, at, this.reach(GRIP_REACH, view));
  }

  private click(at: Point, force: boolean, view: View): void {
    const last = this.outline.points.value.at(-1);
    if (last) {
      if (this.endsAt(at, view)) this.end();
      else if (far(last, at, this.reach(CLICK_REACH, view))) this.outline.add(placed(this.snap(at, view), this.size));
      return;
    }
    const found = force ? undefined : this.under(at);
    this.hold(found?.id ?? null, null);
    if (!found) this.outline.add(placed(this.snap(at, view), this.size));
  }

  /** A press that hardly moved: the shape is held, or its corner. */
  private take(doing: Exclude<Doing, { act: "press" }>): void {
    this.hold(doing.shape.id, doing.act === "corner" ? doing.corner : null);
  }

  private hold(id: string | null, corner: number | null): void {
    this.session.selected.value = id;
    this.outline.corner.value = id !== null && corner !== null ? { shape: id, at: corner } : null;
  }

  private end(): void {
    finish(this.session, this.field, this.path);
  }

  private putCorner(at: Point, view: View): void {
    const { held } = this;
    if (!held || cornerAt(held.points, at, this.reach(GRIP_REACH, view)) >= 0) return;
    const found = nearestOnSide(held.points, at, this.path.open);
    if (!found || found.distance > this.reach(EDGE_REACH, view)) return;
    this.put(held.id, withPoint(held.points, found.side, placed(found.at, this.size)));
    this.hold(held.id, found.side + 1);
  }

  private reshape(doing: Exclude<Doing, { act: "press" }>): void {
    this.put(doing.shape.id, this.outcome(doing));
    this.take(doing);
  }

  private put(id: string, points: readonly Point[]): void {
    this.change(changeShape<PathShape, PathAnswer>(this.answer, id, { points }), id);
  }

  /** The points that the stroke would leave. */
  private outcome(doing: Exclude<Doing, { act: "press" }>): readonly Point[] {
    const { points } = doing.shape;
    if (doing.act === "corner") return withPointMoved(points, doing.corner, placed(doing.now, this.size));
    const moved = movedRing(points, doing.now.x - doing.from.x, doing.now.y - doing.from.y, this.size);
    return moved.map(({ x, y }) => ({ x: cents(x), y: cents(y) }));
  }
}

/** End the path that is being drawn; see `Kind.finish`. */
export function finish(session: Session, field: Field, path: PathKind): string | undefined {
  const points = session.outline.points.value;
  if (points.length === 0) return undefined;
  if (points.length < path.fewest) return path.tooFew();
  session.outline.clear();
  const label = session.inHand.value[field.id] ?? "";
  const [after, id] = ended(session.answer(field) as PathAnswer, path.letter, label, points);
  session.change(field, after, { selected: id });
  return "";
}
