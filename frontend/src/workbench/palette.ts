/** Acts found by what they are called, in both languages and by the initials of their pinyin. */
import { inEnglish } from "../words";
import type { Action } from "./actions";
import type { Bench } from "./bench";

/** The Chinese for an English sentence of the interface, and how that is typed: its initials, its full pinyin. */
export type BothWords = Readonly<Record<string, readonly string[]>>;

/** The acts that can be done now and have all the words, the closest first; without words, all of them. */
export function findActs(bench: Bench, acts: readonly Action[], text: string, both: BothWords): Action[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  return acts
    .filter((act) => act.id !== "palette" && act.when(bench))
    .map((act) => ({ act, far: far(wordsOf(act, both), words) }))
    .filter(({ far: distance }) => distance !== null)
    .sort((a, b) => (a.far ?? 0) - (b.far ?? 0) || Number(isLabel(a.act)) - Number(isLabel(b.act)))
    .map(({ act }) => act);
}

/** Labels have their list in sight; of acts that are equally near the others come first. */
const isLabel = ({ group }: Action): boolean => group === "label";

function wordsOf({ label, sought = [] }: Action, both: BothWords): string[] {
  const english = inEnglish(label);
  return [label(), english, ...sought, ...(both[english] ?? [])].map((each) => each.toLowerCase());
}

/** Nearer where a name begins with the words than where they stand within it; null where one is nowhere. */
function far(names: readonly string[], words: readonly string[]): number | null {
  let sum = 0;
  for (const word of words) {
    const best = Math.min(...names.map((name) => farIn(name, word)));
    if (best === Infinity) return null;
    sum += best;
  }
  return sum;
}

function farIn(name: string, word: string): number {
  if (name === word) return 0;
  if (name.startsWith(word)) return 1;
  if (name.includes(` ${word}`)) return 2;
  return name.includes(word) ? 3 : Infinity;
}

const fetched = new WeakMap<Bench, Promise<BothWords>>();

/** The words in both languages, fetched once; without them the page's own language and English still do. */
export function bothWords(bench: Bench): Promise<BothWords> {
  const { api, boot } = bench.parts;
  const { words } = boot.urls;
  const known = fetched.get(bench) ?? (words ? api.get<BothWords>(words).catch(() => ({})) : Promise.resolve({}));
  fetched.set(bench, known);
  return known;
}
