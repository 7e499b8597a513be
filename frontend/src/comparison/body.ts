/** What a comparison is: a prompt and several answers to it, shown to each person in an order of their own. */
import type { Item } from "../workbench/boot";

export interface Reply {
  readonly text: string;
  /** Who wrote it. It is never shown to who compares. */
  readonly name?: string;
}
export interface Comparison {
  readonly prompt: string;
  readonly answers: readonly Reply[];
}

const NONE: Comparison = { prompt: "", answers: [] };

/** The item's prompt and answers; what cannot be read is shown as a prompt without answers, not hidden. */
export function comparisonOf(item: Item): Comparison {
  if (item.media !== "comparison" || item.text === null) return NONE;
  try {
    const { prompt, answers } = JSON.parse(item.text) as Partial<Comparison>;
    return { prompt: prompt ?? "", answers: answers ?? [] };
  } catch {
    return { prompt: item.text, answers: [] };
  }
}

export const partsOf = (item: Item | undefined): number => (item?.media === "comparison" ? (item.parts ?? 0) : 0);

/** What the page calls an answer, wherever it stands: its number among the item's own. */
export const letterOf = (place: number): string => (place < 26 ? String.fromCharCode(65 + place) : String(place + 1));

/**
 * The order in which a person is shown an item's answers: by chance, so that no answer gains from its place, and the
 * same each time, so that anybody can say afterwards what stood where. `guiju.kinds.ranking.seats` has it too.
 */
export function shownOrder(item: number, person: number, answers: number): number[] {
  const random = mulberry(seedOf(`${item}:${person}`));
  const order = Array.from({ length: answers }, (_, place) => place);
  for (let last = answers - 1; last > 0; last--) {
    const other = Math.floor((random() * (last + 1)) / 2 ** 32);
    [order[last], order[other]] = [order[other] as number, order[last] as number];
  }
  return order;
}

/** FNV-1a of ASCII. */
function seedOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash >>> 0;
}

/** Whole numbers below 2^32, after Tommy Ettinger's mulberry32. */
function mulberry(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
}
