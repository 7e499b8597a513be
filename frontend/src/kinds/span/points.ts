/**
 * Code points and UTF-16 units. Answers count code points, as Python does; the browser's strings and ranges count units.
 * The two differ only behind characters beyond U+FFFF, whose places are looked up once a text.
 */

export class Points {
  /** The code points, by number, that take two units. */
  private readonly wide: readonly number[];
  /** Code points in the text. */
  readonly length: number;

  constructor(readonly text: string) {
    this.wide = findWide(text);
    this.length = text.length - this.wide.length;
  }

  /** The unit at which code point `point` begins. */
  toUnit(point: number): number {
    return point + countBelow(this.wide, (each) => each < point);
  }

  /** The code point that unit `unit` belongs to. */
  toPoint(unit: number): number {
    const before = countBelow(this.wide, (each, at) => each + at + 2 <= unit);
    const inside = this.wide[before];
    return inside !== undefined && unit === inside + before + 1 ? inside : unit - before;
  }

  slice(start: number, end: number): string {
    return this.text.slice(this.toUnit(start), this.toUnit(end));
  }
}

function findWide(text: string): number[] {
  const found: number[] = [];
  for (let unit = 0; unit < text.length; unit += 1) {
    const high = text.charCodeAt(unit);
    if (high < 0xd800 || high > 0xdbff) continue;
    const low = text.charCodeAt(unit + 1);
    if (low < 0xdc00 || low > 0xdfff || Number.isNaN(low)) continue;
    found.push(unit - found.length);
    unit += 1;
  }
  return found;
}

/** How many leading entries of an ascending list hold. */
function countBelow(list: readonly number[], holds: (value: number, at: number) => boolean): number {
  let [low, high] = [0, list.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(list[middle] ?? 0, middle)) low = middle + 1;
    else high = middle;
  }
  return low;
}

let last = new Points("");

/** The points of a text; asking for the same one again costs nothing. */
export function pointsOf(text: string): Points {
  if (text !== last.text) last = new Points(text);
  return last;
}
