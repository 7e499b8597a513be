/**
 * Masks as COCO writes them: pixels go down each column, columns from left to right, and the lengths of background and
 * foreground alternate, the background first. In memory a mask is its *edges*: the places where it begins and ends.
 */
import type { Rect, Size } from "../../plane";

/** Places, counted down the columns, where foreground begins (at even indexes) and ends (at odd ones), rising. */
export type Edges = Uint32Array;

const ZERO = 48;
const GROUP = 32;
const MOST_GROUPS = 7;
const WRITTEN = /^[0-o]*[0-O]$/;

/** Whether a text can be run lengths at all; the server refuses the others unread. */
export const isWritten = (counts: string): boolean => WRITTEN.test(counts);

/** The lengths that a text says, or null where it says none. */
export function readRuns(counts: string): number[] | null {
  const runs: number[] = [];
  let [number, weight, groups] = [0, 1, 0];
  for (let at = 0; at < counts.length; at += 1) {
    const group = counts.charCodeAt(at) - ZERO;
    number += (group & 31) * weight;
    weight *= GROUP;
    groups += 1;
    if (groups > MOST_GROUPS) return null;
    if (group & 32) continue;
    const written = group & 16 ? number - weight : number;
    const run = runs.length > 2 ? written + (runs[runs.length - 2] ?? 0) : written;
    if (run < 0) return null;
    runs.push(run);
    [number, weight, groups] = [0, 1, 0];
  }
  return groups === 0 && runs.length > 0 ? runs : null;
}

/** The lengths in COCO's short text. */
export function writeRuns(runs: readonly number[]): string {
  const codes: number[] = [];
  runs.forEach((run, at) => {
    let left = at > 2 ? run - (runs[at - 2] ?? 0) : run;
    for (;;) {
      const group = left & 31;
      left = Math.floor(left / GROUP);
      const last = left === (group & 16 ? -1 : 0);
      codes.push(ZERO + (last ? group : group | 32));
      if (last) return;
    }
  });
  return textOf(codes);
}

/** In pieces, since a call takes only so many arguments. */
function textOf(codes: readonly number[]): string {
  let text = "";
  for (let at = 0; at < codes.length; at += 8192) text += String.fromCharCode(...codes.slice(at, at + 8192));
  return text;
}

/** Where a mask begins and ends, cut off at the end of its picture; nothing where the text says no lengths. */
export function readEdges(counts: string, { width, height }: Size): Edges {
  const most = width * height;
  const found: number[] = [];
  let place = 0;
  (readRuns(counts) ?? []).forEach((run, at) => {
    const end = Math.min(most, place + run);
    if (at % 2 === 1 && end > place) append(found, place, end);
    place = end;
  });
  return Uint32Array.from(found);
}

export function writeEdges(edges: Edges, { width, height }: Size): string {
  const runs: number[] = [];
  let place = 0;
  for (const edge of edges) {
    runs.push(edge - place);
    place = edge;
  }
  if (place < width * height) runs.push(width * height - place);
  return writeRuns(runs);
}

/** One more stretch, joined to the last where it begins at its end. */
export function append(edges: number[], begin: number, end: number): void {
  if (edges.length > 0 && edges[edges.length - 1] === begin) edges[edges.length - 1] = end;
  else edges.push(begin, end);
}

export type Both = "either" | "both" | "without";

/** The pixels of either mask, of both, or of the first without the second; as long as the two together. */
export function combined(one: Edges, other: Edges, how: Both): Edges {
  const found = new Uint32Array(one.length + other.length);
  let [a, b, n] = [0, 0, 0];
  let inside = false;
  while (a < one.length || b < other.length) {
    const next = Math.min(one[a] ?? Infinity, other[b] ?? Infinity);
    while (one[a] === next) a += 1;
    while (other[b] === next) b += 1;
    const [inOne, inOther] = [a % 2 === 1, b % 2 === 1];
    const now = how === "either" ? inOne || inOther : inOne && (how === "both") === inOther;
    if (now === inside) continue;
    inside = now;
    found[n] = next;
    n += 1;
  }
  return found.slice(0, n);
}

/** Whether the pixel at that place is foreground. */
export function holds(edges: Edges, place: number): boolean {
  let [low, high] = [0, edges.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((edges[middle] ?? 0) <= place) low = middle + 1;
    else high = middle;
  }
  return low % 2 === 1;
}

export function areaOf(edges: Edges): number {
  let area = 0;
  for (let at = 1; at < edges.length; at += 2) area += (edges[at] ?? 0) - (edges[at - 1] ?? 0);
  return area;
}

/** The upright rectangle around a mask in columns of `tall` pixels. */
export function boundsOf(edges: Edges, tall: number): Rect {
  if (edges.length === 0) return { x: 0, y: 0, w: 0, h: 0 };
  let [top, bottom] = [tall, 0];
  for (let at = 0; at < edges.length; at += 2) {
    const [begin, end] = [edges[at] ?? 0, edges[at + 1] ?? 0];
    const first = begin % tall;
    const crosses = first + end - begin > tall;
    top = Math.min(top, crosses ? 0 : first);
    bottom = Math.max(bottom, crosses ? tall : first + end - begin);
  }
  const left = Math.floor((edges[0] ?? 0) / tall);
  const right = Math.floor(((edges[edges.length - 1] ?? 1) - 1) / tall) + 1;
  return { x: left, y: top, w: right - left, h: bottom - top };
}
