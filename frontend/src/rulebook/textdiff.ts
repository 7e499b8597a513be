/** From one text to another by lines, so that what somebody else changed comes in around the cursor, not under it. */
export interface Change {
  readonly from: number;
  readonly to: number;
  readonly insert: string;
}

export function changesBetween(before: string, after: string): Change[] {
  const old = lines(before);
  const now = lines(after);
  const changes: Change[] = [];
  let [from, i, j] = [0, 0, 0];
  for (const [left, right] of [...anchors(old, now), [old.length, now.length] as const]) {
    const gone = old.slice(i, left).join("");
    const come = now.slice(j, right).join("");
    if (gone !== come) changes.push({ from, to: from + gone.length, insert: come });
    from += gone.length + (old[left]?.length ?? 0);
    [i, j] = [left + 1, right + 1];
  }
  return changes;
}

function lines(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

/** Pairs of equal lines, in order: the ends that agree, and between them what stands once in each (patience). */
function anchors(old: readonly string[], now: readonly string[]): [number, number][] {
  let start = 0;
  while (start < Math.min(old.length, now.length) && old[start] === now[start]) start++;
  let end = 0;
  const most = Math.min(old.length, now.length) - start;
  while (end < most && old[old.length - 1 - end] === now[now.length - 1 - end]) end++;
  const found: [number, number][] = [];
  for (let place = 0; place < start; place++) found.push([place, place]);
  found.push(...between(old, now, start, old.length - end, now.length - end));
  for (let place = end; place > 0; place--) found.push([old.length - place, now.length - place]);
  return found;
}

function between(
  old: readonly string[],
  now: readonly string[],
  start: number,
  a: number,
  b: number,
): [number, number][] {
  const seen = once(old, start, a);
  const there = once(now, start, b);
  const pairs: [number, number][] = [];
  for (const [line, place] of seen) {
    const other = there.get(line);
    if (place >= 0 && other !== undefined && other >= 0) pairs.push([place, other]);
  }
  return rising(pairs.sort((x, y) => x[0] - y[0]));
}

function once(all: readonly string[], start: number, end: number): Map<string, number> {
  const found = new Map<string, number>();
  for (let place = start; place < end; place++) {
    const line = all[place] ?? "";
    found.set(line, found.has(line) ? -1 : place);
  }
  return found;
}

/** The longest run of pairs that rises on both sides. */
function rising(pairs: readonly [number, number][]): [number, number][] {
  const tails: number[] = [];
  const before: number[] = [];
  pairs.forEach(([, right], place) => {
    let low = 0;
    let high = tails.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((pairs[tails[middle] ?? 0]?.[1] ?? 0) < right) low = middle + 1;
      else high = middle;
    }
    before[place] = low > 0 ? (tails[low - 1] ?? -1) : -1;
    tails[low] = place;
  });
  const found: [number, number][] = [];
  for (let at = tails.at(-1) ?? -1; at >= 0; at = before[at] ?? -1) {
    const pair = pairs[at];
    if (pair) found.unshift(pair);
  }
  return found;
}
