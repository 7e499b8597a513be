/** A dialogue's turns, read from the item's JSON once. */
import type { Item } from "./boot";

export interface Turn {
  readonly speaker: string;
  readonly text: string;
  readonly at?: string;
}

const NONE: readonly Turn[] = [];
const READ = new WeakMap<Item, readonly Turn[]>();

export function turnsOf(item: Item): readonly Turn[] {
  if (item.media !== "dialogue" || !item.text) return NONE;
  const known = READ.get(item) ?? (JSON.parse(item.text) as { turns: readonly Turn[] }).turns;
  READ.set(item, known);
  return known;
}

/** Who speaks, in the order in which they first do. */
export function speakersOf(turns: readonly Turn[]): readonly string[] {
  return [...new Set(turns.map((turn) => turn.speaker))];
}
