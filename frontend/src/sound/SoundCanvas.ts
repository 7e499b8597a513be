/** The canvases of a sound: pointer events in, paint out; at most one paint a frame, and the still one only when it must. */
import { signal } from "@preact/signals";
import { getKind } from "../kinds";
import type { Bench } from "../workbench/bench";
import { Backdrop, type Look } from "./backdrop";
import type { Deck } from "./deck";
import {
  type Area,
  LANE,
  lanesOf,
  type Palette,
  type Placed,
  paintGaps,
  paintLine,
  paintRuler,
  paintStretches,
  RULER,
  readPalette,
} from "./paint";
import { type TimeView, toMs, toX } from "./timeview";
import type { TimeTool } from "./tool";
import type { Wave } from "./wave";

/** Pixels by which a hand may miss an edge; a finger twice that. */
const REACH = 6;
const MOST_LANES = 6;

export class SoundCanvas {
  private readonly scope = new AbortController();
  private readonly pointer = signal<number | null>(null);
  private readonly height = signal(0);
  private pan: number | null = null;
  private frame = 0;
  private readonly backdrop = new Backdrop();
  private palette: Palette;

  constructor(
    private readonly bench: Bench,
    private readonly deck: Deck,
    private readonly wave: Wave | null,
    private readonly tool: TimeTool | null,
    private readonly still: HTMLCanvasElement,
    private readonly active: HTMLCanvasElement,
  ) {
    this.palette = readPalette(active.parentElement ?? active);
    const on = <K extends keyof HTMLElementEventMap>(name: K, run: (event: HTMLElementEventMap[K]) => void) =>
      active.addEventListener(name, run, { signal: this.scope.signal });
    on("pointerdown", (event) => this.down(event));
    on("pointermove", (event) => this.move(event));
    on("pointerup", (event) => this.up(event));
    on("pointercancel", () => this.cancel());
    on("pointerleave", () => {
      this.pointer.value = null;
    });
    on("contextmenu", (event) => event.preventDefault());
    active.addEventListener("wheel", (event) => this.wheel(event), { signal: this.scope.signal, passive: false });
  }

  resize(width: number, height: number): void {
    this.height.value = height;
    this.deck.resize(width);
  }

  close(): void {
    this.scope.abort();
    cancelAnimationFrame(this.frame);
  }

  cancel(): void {
    this.pan = null;
    this.tool?.cancel();
  }

  /** Another theme: colours are read anew. */
  dress(): void {
    this.palette = readPalette(this.active.parentElement ?? this.active);
  }

  /** Reads what the still picture depends on, so that the caller's effect runs again. */
  paintStill(): void {
    const { deck, wave } = this;
    const arrived = wave?.arrived.value ?? 0;
    const placed = this.placed();
    const gaps = this.tool?.gaps() ?? [];
    const view = deck.view.value;
    const width = deck.width.value;
    const spectrum = deck.spectrum.value;
    const ctx = ready(this.still, width, this.height.value);
    if (!ctx) return;
    const area = this.area(placed);
    paintRuler(ctx, view, width, this.palette);
    if (wave) this.paintSound(ctx, view, area, { wave, arrived, spectrum });
    paintGaps(ctx, gaps, view, area, this.palette);
    paintStretches(ctx, placed, view, area, this.palette);
  }

  private paintSound(
    ctx: CanvasRenderingContext2D,
    { from, step }: TimeView,
    { top, width, height }: Area,
    what: Pick<Look, "wave" | "arrived" | "spectrum">,
  ): void {
    const ratio = devicePixelRatio || 1;
    const size = { width: Math.round(width * ratio), height: Math.round(height * ratio) };
    const { quiet: color, dark } = this.palette;
    this.backdrop.show(ctx, Math.round(top * ratio), { from, step: step / ratio }, { ...what, ...size, color, dark });
  }

  /** The playhead, where a new stretch was begun, and the hairline under the pointer. */
  paintActive(): void {
    const { deck } = this;
    const view = deck.view.value;
    const ctx = ready(this.active, deck.width.value, this.height.value);
    if (!ctx) return;
    const { height } = this.area([]);
    const [mark, at, pointer] = [deck.mark.value, deck.at.value, this.pointer.value];
    if (pointer !== null) paintLine(ctx, Math.round(pointer) + 0.5, height + RULER, this.palette.quiet, true);
    if (mark !== null) {
      ctx.fillStyle = this.palette.accent;
      ctx.globalAlpha = 0.15;
      const [left, right] = [toX(view, Math.min(mark, at)), toX(view, Math.max(mark, at))];
      ctx.fillRect(left, RULER, right - left, height);
      ctx.globalAlpha = 1;
      paintLine(ctx, toX(view, mark), height + RULER, this.palette.accent, true);
    }
    paintLine(ctx, toX(view, at), height + RULER, this.palette.accent);
  }

  private placed(): Placed[] {
    const { session, others } = this.bench;
    const field = session.field.value;
    const theirs = others.value.flatMap((other) => getKind(field.kind).timeline?.(other.session, field).drawn() ?? []);
    const mine = lanesOf(this.tool?.drawn() ?? []);
    const lanes = Math.max(0, ...mine.map(({ lane }) => lane + 1));
    return [...mine, ...lanesOf(theirs).map((each) => ({ ...each, lane: each.lane + lanes }))];
  }

  private area(placed: readonly Placed[]): Area {
    const lanes = Math.min(MOST_LANES, Math.max(1, ...placed.map(({ lane }) => lane + 1)));
    return {
      top: RULER,
      width: this.deck.width.value,
      height: Math.max(40, this.height.value - RULER - lanes * LANE - 4),
    };
  }

  private down(event: PointerEvent): void {
    if (event.target === this.active) this.active.setPointerCapture(event.pointerId);
    if (event.button === 0 && !event.altKey) {
      if (this.tool) this.tool.down(this.ms(event), this.reach(event));
      else this.deck.seek(this.ms(event));
    } else this.pan = event.offsetX;
  }

  private move(event: PointerEvent): void {
    this.pointer.value = event.offsetX;
    const { deck } = this;
    if (this.pan !== null) {
      const { from, step } = deck.view.value;
      deck.look({ step, from: from - (event.offsetX - this.pan) * step });
      this.pan = event.offsetX;
      return;
    }
    this.tool?.move(this.ms(event), this.reach(event));
    if (this.tool) this.active.style.cursor = this.tool.cursor(this.ms(event), this.reach(event));
  }

  private up(event: PointerEvent): void {
    if (this.pan !== null) this.pan = null;
    else if (this.tool?.up(this.ms(event))) this.deck.seek(this.ms(event));
  }

  private wheel(event: WheelEvent): void {
    event.preventDefault();
    const { deck } = this;
    if (event.ctrlKey) {
      deck.zoom(Math.exp(-event.deltaY * 0.01), toMs(deck.view.value, event.offsetX));
      return;
    }
    const { from, step } = deck.view.value;
    deck.look({ step, from: from + (event.deltaX || event.deltaY) * step });
  }

  private ms(event: PointerEvent): number {
    return Math.max(0, Math.min(this.deck.duration.value, toMs(this.deck.view.value, event.offsetX)));
  }

  private reach({ pointerType }: PointerEvent): number {
    return (pointerType === "touch" ? 2 : 1) * REACH * this.deck.view.value.step;
  }
}

/** The cleared context, in CSS pixels. */
export function ready(canvas: HTMLCanvasElement, width: number, height: number): CanvasRenderingContext2D | null {
  const ratio = devicePixelRatio || 1;
  const [w, h] = [Math.round(width * ratio), Math.round(height * ratio)];
  if (w === 0 || h === 0) return null;
  if (canvas.width !== w || canvas.height !== h) [canvas.width, canvas.height] = [w, h];
  const ctx = canvas.getContext("2d");
  ctx?.setTransform(ratio, 0, 0, ratio, 0, 0);
  ctx?.clearRect(0, 0, width, height);
  return ctx;
}
