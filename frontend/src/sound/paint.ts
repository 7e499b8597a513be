/** A sound on a canvas: waveform, spectrogram, the scale of time, and the stretches over them; only what is seen. */
import { readableOn } from "../workbench/colors";
import { clock } from "./clock";
import type { Stretch } from "./deck";
import { type TimeView, toMs, toX } from "./timeview";
import type { Drawn } from "./tool";
import type { Level, Wave } from "./wave";

export interface Palette {
  readonly ink: string;
  readonly quiet: string;
  readonly line: string;
  readonly paper: string;
  readonly accent: string;
  readonly bad: string;
  readonly dark: boolean;
}
export interface Area {
  readonly top: number;
  readonly width: number;
  readonly height: number;
}
type Ctx = CanvasRenderingContext2D;

export const RULER = 20;

export function readPalette(element: Element): Palette {
  const style = getComputedStyle(element);
  const probe = document.createElement("i");
  element.append(probe);
  const color = (name: string) => {
    probe.style.color = `var(--${name})`;
    return getComputedStyle(probe).color;
  };
  const found = {
    ink: color("ink"),
    quiet: color("ink-2"),
    line: color("line-2"),
    paper: color("raised"),
    accent: color("accent"),
    bad: color("bad"),
  };
  probe.remove();
  const [r = 255] = (found.paper.match(/\d+(\.\d+)?/g) ?? []).map(Number);
  return { ...found, dark: style.colorScheme === "dark" || r < 128 };
}

/** One line of pixels for each column from `from` on: from the least to the greatest sample under it. */
export function paintWave(
  ctx: Ctx,
  wave: Wave,
  view: TimeView,
  { top, width, height }: Area,
  color: string,
  from = 0,
): void {
  const level = wave.level("peaks", view.step);
  const middle = top + height / 2;
  const half = (height / 2 - 2) * gainOf(wave);
  ctx.fillStyle = color;
  for (let x = from; x < width; x += 1) {
    const first = Math.floor(toMs(view, x) / level.ms + 1e-6);
    if (first >= level.count) break;
    const behind = Math.max(first + 1, Math.ceil(toMs(view, x + 1) / level.ms - 1e-6));
    const [low, high] = extremes(wave, level, Math.max(0, first), Math.min(behind, level.count));
    const [upper, lower] = [Math.round(middle - (high / 127) * half), Math.round(middle - (low / 127) * half)];
    // Whole pixels one by one: a path of all of them takes ten times as long to fill.
    ctx.fillRect(x, upper, 1, Math.max(1, lower - upper));
  }
}

const gains = new WeakMap<Wave, number>();

/** So much is a quiet recording blown up that its loudest sample fills the height; not past eight times. */
function gainOf(wave: Wave): number {
  const known = gains.get(wave);
  if (known !== undefined) return known;
  const [level] = wave.head.peaks;
  let most = 1;
  for (let column = 0; level && column < level.count; column += 1) {
    const found = wave.column("peaks", level, column);
    if (!found) return 1;
    most = Math.max(most, -signed(found.data[found.at]), signed(found.data[found.at + 1]));
  }
  gains.set(wave, Math.min(8, 127 / most));
  return Math.min(8, 127 / most);
}

function extremes(wave: Wave, level: Level, first: number, behind: number): [number, number] {
  let [low, high] = [127, -127];
  for (let column = first; column < behind; column += 1) {
    const found = wave.column("peaks", level, column);
    if (!found) continue;
    low = Math.min(low, signed(found.data[found.at]));
    high = Math.max(high, signed(found.data[found.at + 1]));
  }
  return low > high ? [0, 0] : [low, high];
}

const signed = (byte: number | undefined): number => ((byte ?? 0) << 24) >> 24;

/** Decibels below the loudest that are told apart, in steps of the file. */
const RANGE = 150;
const painted = new WeakMap<Uint8Array, { readonly dark: boolean; readonly canvas: HTMLCanvasElement }>();

export function paintSpectrum(
  ctx: Ctx,
  wave: Wave,
  view: TimeView,
  { top, width, height }: Area,
  dark: boolean,
  from = 0,
): void {
  let n = wave.head.spectrum.indexOf(wave.level("spectrum", view.step));
  for (let x = from; x < width; ) {
    const level = wave.head.spectrum[n] as Level;
    const column = Math.floor(toMs(view, x) / level.ms + 1e-6);
    if (column >= level.count) return;
    const { data, first } = wave.tile("spectrum", level, Math.max(0, column));
    if (!data && n > 0) {
      n -= 1;
      continue;
    }
    const columns = data ? data.length / wave.head.bands : 512;
    const [left, right] = [toX(view, first * level.ms), toX(view, (first + columns) * level.ms)];
    if (data) ctx.drawImage(picture(data, wave, dark), left, top, right - left, height);
    x = Math.max(x + 1, Math.ceil(right));
    n = wave.head.spectrum.indexOf(wave.level("spectrum", view.step));
  }
}

/** A tile as a picture, low notes below; loud is ink and silence is paper. */
function picture(data: Uint8Array, { head }: Wave, dark: boolean): HTMLCanvasElement {
  const known = painted.get(data);
  if (known?.dark === dark) return known.canvas;
  const [columns, bands] = [data.length / head.bands, head.bands];
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [columns, bands];
  const ctx = canvas.getContext("2d");
  const image = new ImageData(columns, bands);
  const ink = dark ? ([232, 230, 225] as const) : ([28, 29, 31] as const);
  for (let column = 0; column < columns; column += 1) {
    for (let band = 0; band < bands; band += 1) {
      const loud = ((data[column * bands + band] ?? 0) - head.loudest + RANGE) / RANGE;
      const at = 4 * ((bands - 1 - band) * columns + column);
      const [red, green, blue] = ink;
      image.data[at] = red;
      image.data[at + 1] = green;
      image.data[at + 2] = blue;
      image.data[at + 3] = 255 * Math.max(0, loud) ** 1.4;
    }
  }
  ctx?.putImageData(image, 0, 0);
  painted.set(data, { dark, canvas });
  return canvas;
}

const STEPS = [10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 15_000, 30_000, 60_000, 120_000, 300_000, 600_000];

export function paintRuler(ctx: Ctx, view: TimeView, width: number, { quiet, line }: Palette): void {
  const step = STEPS.find((each) => each / view.step >= 80) ?? 1_800_000;
  ctx.font = "11px ui-monospace, monospace";
  ctx.textBaseline = "middle";
  for (let ms = Math.ceil(toMs(view, 0) / step) * step; toX(view, ms) < width; ms += step) {
    const x = Math.round(toX(view, ms)) + 0.5;
    ctx.fillStyle = line;
    ctx.fillRect(x, RULER - 6, 1, 6);
    ctx.fillStyle = quiet;
    ctx.fillText(clock(ms, step < 100 ? 2 : step < 1000 ? 1 : 0), x + 4, RULER / 2);
  }
}

export interface Placed extends Drawn {
  readonly lane: number;
}

/** Each on the first lane that is free where it begins. */
export function lanesOf(drawn: readonly Drawn[]): Placed[] {
  const free: number[] = [];
  return [...drawn]
    .sort((a, b) => a.start - b.start || b.end - a.end)
    .map((each) => {
      const found = free.findIndex((until) => until <= each.start);
      const lane = found < 0 ? free.length : found;
      free[lane] = each.end;
      return { ...each, lane };
    });
}

export const LANE = 20;

/** The stretches: a veil over the sound, and below it a bar with the label's name. */
export function paintStretches(
  ctx: Ctx,
  placed: readonly Placed[],
  view: TimeView,
  { top, width, height }: Area,
  { paper, ink }: Palette,
): void {
  ctx.font = "600 12px system-ui, sans-serif";
  ctx.textBaseline = "middle";
  for (const each of placed) {
    const [left, right] = [toX(view, each.start), toX(view, each.end)];
    if (right < 0 || left > width) continue;
    const wide = Math.max(1, right - left);
    ctx.globalAlpha = each.held ? 0.3 : 0.15;
    ctx.fillStyle = each.color;
    ctx.fillRect(left, top, wide, height);
    ctx.globalAlpha = 1;
    ctx.setLineDash(each.suggested ? [5, 4] : []);
    ctx.strokeStyle = each.color;
    ctx.lineWidth = each.held ? 3 : 1.5;
    ctx.beginPath();
    for (const x of [left, right]) {
      ctx.moveTo(x, top);
      ctx.lineTo(x, top + height);
    }
    ctx.stroke();
    ctx.setLineDash([]);
    bar(ctx, each, left, wide, top + height + 2 + each.lane * LANE, each.held ? ink : paper);
  }
}

function bar(ctx: Ctx, each: Placed, left: number, wide: number, top: number, edge: string): void {
  ctx.globalAlpha = each.suggested ? 0.6 : 1;
  ctx.fillStyle = each.color;
  ctx.fillRect(left, top, wide, LANE - 3);
  ctx.globalAlpha = 1;
  ctx.strokeStyle = edge;
  ctx.lineWidth = each.held ? 2 : 1;
  ctx.strokeRect(left, top, wide, LANE - 3);
  if (wide < 16) return;
  ctx.save();
  ctx.beginPath();
  ctx.rect(left, top, wide - 4, LANE);
  ctx.clip();
  ctx.fillStyle = each.color.startsWith("#") ? readableOn(each.color) : "#fff";
  ctx.fillText(each.name, Math.max(left, 0) + 6, top + (LANE - 3) / 2 + 0.5);
  ctx.restore();
}

/** What must not stay uncovered. */
export function paintGaps(ctx: Ctx, gaps: readonly Stretch[], view: TimeView, area: Area, { bad }: Palette): void {
  ctx.fillStyle = bad;
  for (const { start, end } of gaps) {
    const left = Math.max(0, toX(view, start));
    const right = Math.min(area.width, Math.max(left + 2, toX(view, end)));
    ctx.globalAlpha = 0.12;
    ctx.fillRect(left, area.top, right - left, area.height);
    ctx.globalAlpha = 1;
    ctx.fillRect(left, area.top + area.height - 3, right - left, 3);
  }
}

export function paintLine(ctx: Ctx, x: number, height: number, color: string, dashed = false): void {
  ctx.setLineDash(dashed ? [4, 4] : []);
  ctx.strokeStyle = color;
  ctx.lineWidth = dashed ? 1 : 2;
  ctx.beginPath();
  ctx.moveTo(x, 0);
  ctx.lineTo(x, height);
  ctx.stroke();
  ctx.setLineDash([]);
}
