/** A large picture in tiles: those in view, at the size at which they are seen, fetched as they are looked at. */
import { type Signal, signal } from "@preact/signals";
import type { Size } from "../plane";
import type { Item } from "./boot";
import type { View } from "./surface";

/** As the server cuts them. */
export const SIDE = 512;
/** About 200 MB of pixels. */
const KEPT = 192;

export interface Tile {
  readonly level: number;
  readonly x: number;
  readonly y: number;
}
type Load = (url: string) => Promise<ImageBitmap>;

/** The level whose pixels are no larger than the screen's: 0 is the picture itself, each next is half of it. */
export function levelFor(scale: number, ratio: number): number {
  return Math.max(0, Math.floor(Math.log2(1 / (scale * ratio))));
}

/** The tiles that the stage shows of a picture, row by row. */
export function tilesInView(picture: Size, view: View, stage: Size, level: number): Tile[] {
  const span = SIDE * 2 ** level;
  const [left, top] = [-view.x / view.scale, -view.y / view.scale];
  const [right, bottom] = [left + stage.width / view.scale, top + stage.height / view.scale];
  const first = (from: number) => Math.max(0, Math.floor(from / span));
  const last = (to: number, most: number) => Math.min(Math.ceil(most / span) - 1, Math.floor(to / span));
  const found: Tile[] = [];
  for (let y = first(top); y <= last(bottom, picture.height); y += 1) {
    for (let x = first(left); x <= last(right, picture.width); x += 1) found.push({ level, x, y });
  }
  return found;
}

export class Tiles {
  /** Changes whenever a tile arrived. */
  readonly arrived: Signal<number> = signal(0);
  private readonly held = new Map<string, ImageBitmap | null>();

  constructor(private readonly load: Load = fetchTile) {}

  /** Paint what is there over the overview, and ask for what is not. */
  paint(ctx: CanvasRenderingContext2D, item: Item, view: View, stage: Size, ratio: number): void {
    const size = { width: item.width ?? 0, height: item.height ?? 0 };
    const level = levelFor(view.scale, ratio);
    // The overview has as much to show.
    if (Math.max(size.width, size.height) / 2 ** level <= 2048) return;
    const span = SIDE * 2 ** level;
    for (const tile of tilesInView(size, view, stage, level)) {
      const picture = this.find(`/media/items/${item.id}/tiles/${level}/${tile.x}/${tile.y}`);
      if (!picture) continue;
      const [x, y] = [tile.x * span, tile.y * span];
      const [w, h] = [Math.min(span, size.width - x), Math.min(span, size.height - y)];
      ctx.drawImage(picture, x * view.scale + view.x, y * view.scale + view.y, w * view.scale, h * view.scale);
    }
  }

  private find(url: string): ImageBitmap | null {
    const found = this.held.get(url);
    if (found === undefined) void this.fetch(url);
    else {
      // The last looked at is the last to go.
      this.held.delete(url);
      this.held.set(url, found);
    }
    return found ?? null;
  }

  private async fetch(url: string): Promise<void> {
    this.held.set(url, null);
    const picture = await this.load(url).catch(() => null);
    if (picture === null) {
      // Not there for now: it is asked for again when it is looked at again.
      setTimeout(() => this.held.delete(url), 5_000);
      return;
    }
    this.held.set(url, picture);
    for (const [old, held] of this.held) {
      if (this.held.size <= KEPT) break;
      this.held.delete(old);
      held?.close();
    }
    this.arrived.value += 1;
  }
}

async function fetchTile(url: string): Promise<ImageBitmap> {
  const answer = await fetch(url, { credentials: "same-origin" });
  if (!answer.ok) throw new Error(`${answer.status}`);
  return createImageBitmap(await answer.blob());
}
