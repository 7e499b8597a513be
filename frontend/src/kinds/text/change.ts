/** Where a text was rewritten: what two texts begin and end with alike, and what lies between. */
export interface TextChange {
  readonly head: string;
  readonly was: string;
  readonly is: string;
  readonly tail: string;
}

/** By characters as people count them here (code points), so that no emoji is cut in two. */
export function splitChange(before: string, after: string): TextChange {
  const [a, b] = [[...before], [...after]];
  const most = Math.min(a.length, b.length);
  let head = 0;
  while (head < most && a[head] === b[head]) head += 1;
  let tail = 0;
  while (tail < most - head && a[a.length - 1 - tail] === b[b.length - 1 - tail]) tail += 1;
  return {
    head: a.slice(0, head).join(""),
    was: a.slice(head, a.length - tail).join(""),
    is: b.slice(head, b.length - tail).join(""),
    tail: a.slice(a.length - tail).join(""),
  };
}
