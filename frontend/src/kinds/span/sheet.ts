/** Where the characters of a laid-out text are, in CSS pixels of its paper; in UTF-16 units. Measured once a layout. */
import type { Point, Rect } from "../../plane";

const PIECE = 1500;

/**
 * The text in pieces of some lines each: a browser finds a place in a short run of text much faster than in one of
 * 200,000 characters. Cut behind line ends and blanks, never within a character.
 */
export function piecesOf(text: string): string[] {
  const pieces: string[] = [];
  for (let from = 0; from < text.length; ) {
    const to = cutBehind(text, from);
    pieces.push(text.slice(from, to));
    from = to;
  }
  return pieces;
}

function cutBehind(text: string, from: number): number {
  if (text.length - from <= PIECE) return text.length;
  const line = text.indexOf("\n", from + PIECE / 2);
  if (line >= 0 && line < from + PIECE) return line + 1;
  const blank = text.indexOf(" ", from + PIECE);
  if (blank >= 0 && blank < from + 2 * PIECE) return blank + 1;
  const segments = new Intl.Segmenter().segment(text.slice(from + PIECE - 64, from + PIECE + 64));
  return from + PIECE - 64 + (segments.containing(64)?.index ?? 64);
}

export class Sheet {
  private readonly known = new Map<string, readonly Rect[]>();
  private readonly nodes: readonly Text[];
  private readonly starts: readonly number[];
  private readonly length: number;
  /** Whether lines are columns. */
  readonly vertical: boolean;

  /** `letters` holds one element a piece. */
  constructor(private readonly letters: HTMLElement) {
    this.vertical = getComputedStyle(letters).writingMode.startsWith("vertical");
    this.nodes = [...letters.children].map((each) => each.firstChild).filter((each) => each instanceof Text);
    let at = 0;
    this.starts = this.nodes.map((node) => {
      at += node.length;
      return at - node.length;
    });
    this.length = at;
  }

  /** The room that the letters take, and whether their lines stand upright. */
  get size(): { readonly width: number; readonly height: number; readonly vertical: boolean } {
    const { width, height } = this.letters.getBoundingClientRect();
    return { width, height, vertical: getComputedStyle(this.letters).writingMode.startsWith("vertical") };
  }

  /** One rectangle a line. */
  rects(start: number, end: number): readonly Rect[] {
    const key = `${start}-${end}`;
    const known = this.known.get(key);
    if (known) return known;
    const found = this.measure(start, end);
    this.known.set(key, found);
    return found;
  }

  /** Where a caret before `unit` stands; of a line's end, at the end. */
  caret(unit: number, behind = false): Rect | null {
    const [line] = this.rects(unit, unit + 1);
    if (this.vertical) return this.bar(unit, behind ? undefined : line);
    if (line && !behind) return { ...line, x: this.leftwards(unit) ? line.x + line.w : line.x, w: 0 };
    const last = this.rects(Math.max(0, unit - 1), unit).at(-1);
    return last ? { ...last, x: this.leftwards(unit - 1) ? last.x : last.x + last.w, w: 0 } : null;
  }

  /** In a column a caret lies across it. */
  private bar(unit: number, before: Rect | undefined): Rect | null {
    if (before) return { ...before, h: 0 };
    const last = this.rects(Math.max(0, unit - 1), unit).at(-1);
    return last ? { ...last, y: last.y + last.h, h: 0 } : null;
  }

  /** The unit of the next line (`by` 1) or the one before whose place along the line is nearest to that of `unit`. */
  acrossFrom(unit: number, by: 1 | -1): number {
    const here = this.caret(unit) ?? this.caret(unit, true);
    if (!here) return unit;
    const line = (rect: Rect) => (this.vertical ? rect.x + rect.w / 2 : rect.y + rect.h / 2);
    const along = (rect: Rect) => (this.vertical ? rect.y : rect.x);
    const thick = (rect: Rect) => (this.vertical ? rect.w : rect.h) / 2;
    let best: { readonly unit: number; readonly apart: number; readonly line: number } | null = null;
    for (let at = unit + by; at >= 0 && at <= this.length; at += by) {
      const found = this.caret(at);
      if (!found || Math.abs(line(found) - line(here)) < thick(here)) continue;
      if (best && Math.abs(line(found) - best.line) >= thick(here)) break;
      const apart = Math.abs(along(found) - along(here));
      if (!best || apart < best.apart) best = { unit: at, apart, line: line(found) };
    }
    return best?.unit ?? (by === 1 ? this.length : 0);
  }

  /** The unit nearest to a point of the window. */
  unitAt(x: number, y: number): number | null {
    const found = placeAt(x, y);
    const node = found?.node;
    const at = node ? this.nodes.indexOf(node as Text) : -1;
    return found && at >= 0 ? (this.starts[at] ?? 0) + found.offset : null;
  }

  /** A point of the window on the paper. */
  toPaper(x: number, y: number): Point {
    const origin = this.letters.getBoundingClientRect();
    return { x: x - origin.left, y: y - origin.top };
  }

  /** Whether the text runs from right to left at `unit`. */
  private leftwards(unit: number): boolean {
    const [here] = this.rects(unit, unit + 1);
    const next = this.rects(unit + 1, unit + 2)[0] ?? this.rects(Math.max(0, unit - 1), unit)[0];
    if (!here || !next || here.y !== next.y) return false;
    return unit + 1 < this.length ? next.x < here.x : next.x > here.x;
  }

  private measure(start: number, end: number): Rect[] {
    const range = document.createRange();
    const [from, to] = [this.find(start), this.find(Math.max(start, end - 1))];
    if (!from || !to) return [];
    range.setStart(from.node, from.offset);
    range.setEnd(to.node, Math.min(to.node.length, to.offset + (end > start ? 1 : 0)));
    const origin = this.letters.getBoundingClientRect();
    const rects = [...range.getClientRects()].map(({ left, top, width, height }) => {
      return { x: left - origin.left, y: top - origin.top, w: width, h: height };
    });
    return joined(
      rects.filter((each) => (this.vertical ? each.h : each.w) > 0),
      this.vertical,
    );
  }

  private find(unit: number): { readonly node: Text; readonly offset: number } | null {
    let [low, high] = [0, this.starts.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.starts[middle] ?? 0) <= unit) low = middle;
      else high = middle - 1;
    }
    const node = this.nodes[low];
    return node ? { node, offset: Math.min(node.length, unit - (this.starts[low] ?? 0)) } : null;
  }
}

/** Rectangles that continue one another on a line become one. */
function joined(rects: readonly Rect[], vertical: boolean): Rect[] {
  const found: Rect[] = [];
  for (const rect of rects) {
    const last = found.at(-1);
    if (vertical && last && Math.abs(last.x - rect.x) < 2 && Math.abs(last.y + last.h - rect.y) < 1) {
      found[found.length - 1] = { ...last, h: rect.y + rect.h - last.y };
    } else if (!vertical && last && Math.abs(last.y - rect.y) < 2 && Math.abs(last.x + last.w - rect.x) < 1) {
      found[found.length - 1] = { ...last, w: rect.x + rect.w - last.x };
    } else found.push(rect);
  }
  return found;
}

function placeAt(x: number, y: number): { readonly node: Node; readonly offset: number } | null {
  if (document.caretPositionFromPoint) {
    const place = document.caretPositionFromPoint(x, y);
    return place && { node: place.offsetNode, offset: place.offset };
  }
  const range = document.caretRangeFromPoint?.(x, y);
  return range ? { node: range.startContainer, offset: range.startOffset } : null;
}

/** Whether a point is on a stretch of a line, or on its underlines: below it, in a column to the left of it. */
export function holds(rect: Rect, { x, y }: Point, below: number, vertical = false): boolean {
  const [left, bottom] = vertical ? [rect.x - below, rect.y + rect.h] : [rect.x, rect.y + rect.h + below];
  return x >= left && x <= rect.x + rect.w && y >= rect.y && y <= bottom;
}
