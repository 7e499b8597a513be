/** What is drawn of a sound, as the server keeps it: the head first, then tiles of the levels that are looked at. */
import { signal } from "@preact/signals";

export interface Level {
  /** Milliseconds of a column. */
  readonly ms: number;
  /** Where it begins, behind the head. */
  readonly at: number;
  readonly count: number;
}
export interface WaveHead {
  readonly duration: number;
  readonly channels: number;
  readonly bands: number;
  readonly loudest: number;
  readonly peaks: readonly Level[];
  readonly spectrum: readonly Level[];
}
type Name = "peaks" | "spectrum";
type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/** So many bytes are asked for first: the head and the coarse levels of an hour. */
export const FIRST_BYTES = 131_072;
/** Columns of a tile: 32 kB each. */
const COLUMNS: Readonly<Record<Name, number>> = { peaks: 16_384, spectrum: 512 };
const MOST_TILES = 600;

export class Wave {
  /** Changes whenever a tile has arrived. */
  readonly arrived = signal(0);
  private readonly tiles = new Map<string, Uint8Array | null>();

  constructor(
    readonly head: WaveHead,
    private readonly behind: number,
    private readonly url: string,
    private readonly first: Uint8Array,
    private readonly get: Fetch = (...asked) => fetch(...asked),
  ) {}

  /** The coarsest level whose columns are no wider than `step` milliseconds, or the finest. */
  level(name: Name, step: number): Level {
    const levels = this.head[name];
    return levels.find((each) => each.ms <= step) ?? (levels.at(-1) as Level);
  }

  bytes(name: Name): number {
    return name === "peaks" ? 2 : this.head.bands;
  }

  /** The tile that holds a column, and its first column; null while it is on its way. */
  tile(name: Name, level: Level, column: number): { readonly data: Uint8Array | null; readonly first: number } {
    const n = Math.floor(column / COLUMNS[name]);
    const first = n * COLUMNS[name];
    return { data: this.held(`${name} ${level.ms} ${n}`, name, level, first), first };
  }

  /** A column's bytes, from a coarser level while the tile is on its way. */
  column(name: Name, level: Level, column: number): { readonly data: Uint8Array; readonly at: number } | null {
    const levels = this.head[name];
    for (let n = levels.indexOf(level); n >= 0; n -= 1) {
      const here = levels[n] as Level;
      const place = Math.min(here.count - 1, Math.floor((column * level.ms) / here.ms));
      const { data, first } = this.tile(name, here, place);
      if (data) return { data, at: (place - first) * this.bytes(name) };
    }
    return null;
  }

  private held(key: string, name: Name, level: Level, first: number): Uint8Array | null {
    const known = this.tiles.get(key);
    if (known !== undefined) return known;
    const wide = this.bytes(name);
    const start = this.behind + level.at + first * wide;
    const end = this.behind + level.at + Math.min(level.count, first + COLUMNS[name]) * wide;
    if (end <= this.first.length) return this.keep(key, this.first.subarray(start, end));
    this.keep(key, null);
    void this.fetch(key, start, end);
    return null;
  }

  private keep(key: string, data: Uint8Array | null): Uint8Array | null {
    this.tiles.set(key, data);
    const oldest = this.tiles.keys().next().value;
    if (this.tiles.size > MOST_TILES && oldest !== undefined) this.tiles.delete(oldest);
    return data;
  }

  private async fetch(key: string, start: number, end: number): Promise<void> {
    const data = await fetchBytes(this.url, start, end, this.get).catch(() => null);
    if (data) this.keep(key, data);
    // What could not be had is asked for again when it is next looked at.
    else setTimeout(() => this.tiles.delete(key), 2_000);
    this.arrived.value++;
  }
}

/** Open a drawn sound. Rejects where it cannot be had. */
export async function openWave(url: string, get: Fetch = (...asked) => fetch(...asked)): Promise<Wave> {
  const first = await fetchBytes(url, 0, FIRST_BYTES, get);
  const length = new DataView(first.buffer, first.byteOffset).getUint32(4, true);
  const head = JSON.parse(new TextDecoder().decode(first.subarray(8, 8 + length))) as WaveHead;
  return new Wave(head, 8 + length, url, first, get);
}

/** Bytes `start` to `end` (without), whether or not the server heeds the range. */
async function fetchBytes(url: string, start: number, end: number, get: Fetch): Promise<Uint8Array> {
  const response = await get(url, { headers: { Range: `bytes=${start}-${end - 1}` } });
  if (!response.ok) throw new Error(`no waveform: ${response.status}`);
  const data = new Uint8Array(await response.arrayBuffer());
  return response.status === 206 ? data : data.subarray(start, end);
}
