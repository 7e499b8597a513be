/**
 * The sound itself behind its stretches, on a canvas of its own that is kept: each column has its
 * place on it, as on a drum, so that a scroll moves nothing and only what comes into view is painted. All of it is in the screen's own pixels, so that nothing blurs.
 */
import { type Area, paintSpectrum, paintWave } from "./paint";
import type { TimeView } from "./timeview";
import type { Wave } from "./wave";

export interface Look {
  readonly wave: Wave;
  /** Changes when a tile has arrived. */
  readonly arrived: number;
  readonly width: number;
  readonly height: number;
  readonly spectrum: boolean;
  readonly color: string;
  readonly dark: boolean;
}
interface Painted extends Look {
  readonly step: number;
  /** The column of the whole sound, at this step, that stands at the left edge. */
  readonly first: number;
}

export class Backdrop {
  private readonly canvas = document.createElement("canvas");
  private painted: Painted | null = null;

  /** Put it on `ctx`, brought up to date; how many columns were painted for it. All in the screen's own pixels. */
  show(ctx: CanvasRenderingContext2D, top: number, view: TimeView, look: Look): number {
    const now = { ...look, step: view.step, first: Math.round(view.from / view.step) };
    const [from, to] = this.missing(now);
    this.painted = now;
    const drum = this.drum(now);
    if (drum && from < to) turn(now, from, to, (x, until, at) => paint(drum, now, x, until, at));
    ctx.save();
    ctx.setTransform(1, 0, 0, 1, 0, 0);
    turn(now, 0, now.width, (x, until, at) => {
      const [wide, { height }] = [until - x, now];
      ctx.drawImage(this.canvas, at, 0, wide, height, x, top, wide, height);
    });
    ctx.restore();
    return to - from;
  }

  private drum({ width, height }: Look): CanvasRenderingContext2D | null {
    const { canvas } = this;
    if (canvas.width !== width || canvas.height !== height) [canvas.width, canvas.height] = [width, height];
    return canvas.getContext("2d");
  }

  /** The columns of the view, from and to behind, that have to be painted. */
  private missing(now: Painted): [number, number] {
    const { painted } = this;
    if (!painted || !isSame(painted, now)) return [0, now.width];
    const moved = now.first - painted.first;
    if (Math.abs(moved) >= now.width) return [0, now.width];
    return moved >= 0 ? [now.width - moved, now.width] : [0, -moved];
  }
}

function isSame(one: Painted, other: Painted): boolean {
  return (["wave", "arrived", "width", "height", "spectrum", "color", "dark", "step"] as const).every(
    (name) => one[name] === other[name],
  );
}

/** Columns of the view in the one or two runs in which they stand on the drum: each with its place there. */
function turn(
  { first, width }: Painted,
  from: number,
  to: number,
  run: (x: number, until: number, at: number) => void,
): void {
  for (let x = from; x < to; ) {
    const at = (((first + x) % width) + width) % width;
    const until = Math.min(to, x + width - at);
    run(x, until, at);
    x = until;
  }
}

function paint(ctx: CanvasRenderingContext2D, now: Painted, x: number, until: number, at: number): void {
  const { wave, height, spectrum, color, dark, step, first } = now;
  const view = { step, from: first * step };
  const high = spectrum ? Math.round(height * 0.5) : height;
  const area = (top: number, tall: number): Area => ({ top, width: until, height: tall });
  ctx.save();
  ctx.translate(at - x, 0);
  ctx.beginPath();
  ctx.rect(x, 0, until - x, height);
  ctx.clip();
  ctx.clearRect(x, 0, until - x, height);
  if (spectrum) paintSpectrum(ctx, wave, view, area(high, height - high), dark, x);
  paintWave(ctx, wave, view, area(0, high), color, x);
  ctx.restore();
}
