/** The two canvases of an image: pointer events in, paint out. Sharp on every screen; at most one paint a frame. */
import { signal } from "@preact/signals";
import type { Point } from "../plane";
import type { Bench } from "./bench";
import { Fingers } from "./fingers";
import { type ImageTool, panned, toItem } from "./surface";

export class Canvas {
  private readonly pointer = signal<Point | null>(null);
  private readonly scope = new AbortController();
  private readonly fingers = new Fingers();
  private pan: Point | null = null;
  private frame = 0;
  private stillSeen: readonly unknown[] = [];

  constructor(
    private readonly bench: Bench,
    private readonly tool: ImageTool | null,
    private readonly still: HTMLCanvasElement,
    private readonly active: HTMLCanvasElement,
  ) {
    const on = <K extends keyof HTMLElementEventMap>(name: K, run: (event: HTMLElementEventMap[K]) => void) =>
      active.addEventListener(name, run, { signal: this.scope.signal });
    tool?.look?.(() => bench.pictures.find(bench.session.task.value?.item.url ?? "")?.picture ?? null);
    on("pointerdown", (event) => this.down(event));
    on("pointermove", (event) => this.move(event));
    on("pointerup", (event) => this.up(event));
    on("pointercancel", (event) => this.lost(event));
    on("dblclick", (event) => this.double(event));
    on("pointerleave", () => {
      this.pointer.value = null;
    });
    on("contextmenu", (event) => event.preventDefault());
    on("wheel", (event) => this.wheel(event));
  }

  close(): void {
    this.scope.abort();
    cancelAnimationFrame(this.frame);
  }

  /** Reads what the picture depends on, so that the caller's effect runs again, and paints in the next frame. */
  paint(): void {
    const { session, view, stage, pictures, others } = this.bench;
    const { task, answers, selected, problems, alone } = session;
    const seen = [
      task,
      view,
      stage,
      answers,
      selected,
      problems,
      alone,
      pictures.arrived,
      pictures.tiles.arrived,
      others,
    ].map((each) => each.value as unknown);
    const fresh = seen.some((each, at) => each !== this.stillSeen[at]) || this.stillSeen.length === 0;
    void this.pointer.value;
    this.tool?.watch();
    void session.inHand.value;
    cancelAnimationFrame(this.frame);
    this.frame = requestAnimationFrame(() => {
      if (fresh) this.paintStill();
      this.stillSeen = seen;
      this.paintActive();
    });
  }

  private paintStill(): void {
    const ctx = this.ready(this.still);
    const { view, session, pictures } = this.bench;
    const { scale, x, y } = view.value;
    const item = session.task.value?.item;
    if (!ctx || !item) return;
    const [width, height] = [(item.width ?? 0) * scale, (item.height ?? 0) * scale];
    // Pixels stay pixels when a person looks closely.
    ctx.imageSmoothingEnabled = scale < 3;
    ctx.imageSmoothingQuality = "high";
    const picture = pictures.find(item.url ?? "")?.picture;
    if (picture) ctx.drawImage(picture, x, y, width, height);
    if (item.is_tiled) pictures.tiles.paint(ctx, item, view.value, this.bench.stage.value, devicePixelRatio || 1);
    for (const other of this.bench.others.value) other.paint(ctx, view.value, session.field.value);
    if (this.bench.prefill.pending.peek().length === 0) this.tool?.paintStill(ctx, view.value);
    else this.paintSuggested(ctx);
  }

  /** One's own shapes as they are, and over them in dashes what is only suggested. */
  private paintSuggested(ctx: CanvasRenderingContext2D): void {
    const { view, session } = this.bench;
    session.layer = "own";
    this.tool?.paintStill(ctx, view.value);
    session.layer = "suggested";
    ctx.save();
    ctx.setLineDash([5, 4]);
    this.tool?.paintStill(ctx, view.value);
    ctx.restore();
    session.layer = null;
  }

  private paintActive(): void {
    const ctx = this.ready(this.active);
    if (!ctx) return;
    const { view } = this.bench;
    const at = this.pointer.value;
    this.tool?.paintActive(ctx, view.value);
    if (!at || !this.tool) return;
    const cursor = this.pan ? "grabbing" : this.tool.cursor(toItem(view.value, at), view.value);
    this.active.style.cursor = cursor === "crosshair" ? "none" : cursor;
    if (cursor === "crosshair") this.crosshair(ctx, at);
  }

  /** Two hairlines through the pointer, light on dark and dark on light. */
  private crosshair(ctx: CanvasRenderingContext2D, { x, y }: Point): void {
    const { width, height } = this.bench.stage.value;
    const [cx, cy] = [Math.round(x) + 0.5, Math.round(y) + 0.5];
    for (const [color, dash] of [
      ["rgba(0,0,0,.55)", 0],
      ["rgba(255,255,255,.75)", 4],
    ] as const) {
      ctx.beginPath();
      ctx.setLineDash([4, 4]);
      ctx.lineDashOffset = dash;
      ctx.strokeStyle = color;
      ctx.lineWidth = 1;
      ctx.moveTo(cx, 0);
      ctx.lineTo(cx, height);
      ctx.moveTo(0, cy);
      ctx.lineTo(width, cy);
      ctx.stroke();
    }
    ctx.setLineDash([]);
  }

  /** The cleared context, in CSS pixels. */
  private ready(canvas: HTMLCanvasElement): CanvasRenderingContext2D | null {
    const { width, height } = this.bench.stage.value;
    const ratio = devicePixelRatio || 1;
    const [w, h] = [Math.round(width * ratio), Math.round(height * ratio)];
    if (canvas.width !== w || canvas.height !== h) {
      canvas.width = w;
      canvas.height = h;
    }
    const ctx = canvas.getContext("2d");
    ctx?.setTransform(ratio, 0, 0, ratio, 0, 0);
    ctx?.clearRect(0, 0, width, height);
    return ctx;
  }

  private down(event: PointerEvent): void {
    this.active.setPointerCapture(event.pointerId);
    const at = this.place(event);
    const came = this.fingers.came({ id: event.pointerId, type: event.pointerType, at, time: event.timeStamp });
    if (came === "cancel" || came === "instead") this.cancel();
    if (came === "cancel" || came === "nothing") return;
    this.bench.session.coarse.value = event.pointerType === "touch";
    if (event.button === 0 && !event.altKey) {
      this.tool?.down({ at: toItem(this.bench.view.value, at), force: event.shiftKey }, this.bench.view.value);
    } else {
      this.pan = at;
    }
  }

  private move(event: PointerEvent): void {
    const at = this.place(event);
    const pinch = this.fingers.moved({ id: event.pointerId, at });
    if (pinch) {
      this.bench.viewport.pan(pinch.by.x, pinch.by.y);
      this.bench.zoom(pinch.zoom, pinch.at);
    }
    if (!this.fingers.points(event.pointerId)) return;
    this.pointer.value = at;
    const { view, fits } = this.bench;
    if (this.pan) {
      fits.value = false;
      view.value = panned(view.value, at.x - this.pan.x, at.y - this.pan.y);
      this.pan = at;
    } else {
      this.tool?.move({ at: toItem(view.value, at), force: event.shiftKey }, view.value);
    }
  }

  private up(event: PointerEvent): void {
    const view = this.bench.view.value;
    const drew = this.fingers.draws(event.pointerId);
    this.fingers.left(event.pointerId, event.timeStamp);
    // A finger that has left points at nothing.
    if (event.pointerType === "touch") this.pointer.value = null;
    if (!drew) return;
    if (this.pan) this.pan = null;
    else this.tool?.up({ at: toItem(view, this.place(event)), force: event.shiftKey }, view);
  }

  private double(event: MouseEvent): void {
    const view = this.bench.view.value;
    this.tool?.double?.(toItem(view, this.place(event)), view);
  }

  private lost(event: PointerEvent): void {
    const drew = this.fingers.draws(event.pointerId);
    this.fingers.left(event.pointerId, event.timeStamp);
    if (drew) this.cancel();
  }

  private cancel(): void {
    this.pan = null;
    this.tool?.cancel();
  }

  private wheel(event: WheelEvent): void {
    event.preventDefault();
    if (event.altKey && this.tool?.turn) {
      this.tool.turn(event.deltaY < 0 ? 1 : -1);
      return;
    }
    this.bench.zoom(Math.exp(-event.deltaY * (event.ctrlKey ? 0.01 : 0.0015)), this.place(event));
  }

  private place({ offsetX, offsetY }: MouseEvent): Point {
    return { x: offsetX, y: offsetY };
  }
}
