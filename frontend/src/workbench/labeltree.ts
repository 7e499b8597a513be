/** Hundreds of labels: a tree of them, found by name, id, pinyin or its initials. No DOM, no signals. */
import { pick } from "../words";
import type { Field, Label } from "./boot";

/** Up to here a list is read faster than it is searched. */
const LIST = 12;
export const MOST_FOUND = 60;

interface Node {
  readonly id: string;
  readonly label: Label | undefined;
  readonly parent: string | null;
  /** False for a heading: it stands above labels of the field without being one. */
  readonly choosable: boolean;
  readonly children: string[];
}

/** Whether a field's labels are shown as a tree with a search rather than as a list. */
export function wantsTree(field: Field, labels: ReadonlyMap<string, Label>): boolean {
  return field.labels.length > LIST || field.labels.some((id) => labels.get(id)?.parent != null);
}

export class LabelTree {
  readonly roots: readonly string[];
  private readonly nodes = new Map<string, Node>();
  private readonly sought: readonly Sought[];

  constructor(field: Field, labels: ReadonlyMap<string, Label>) {
    const own = new Set(field.labels);
    // In the order of the field; a heading stands where the first of its labels does.
    for (const id of field.labels) this.place(id, labels, own);
    const all = [...this.nodes.values()];
    for (const node of all) if (node.parent !== null) this.nodes.get(node.parent)?.children.push(node.id);
    this.roots = all.filter((node) => node.parent === null).map((node) => node.id);
    this.sought = field.labels.map((id, at) => this.words(id, at));
  }

  get(id: string): Node | undefined {
    return this.nodes.get(id);
  }

  /** What stands directly below `id`; the roots for null. */
  below(id: string | null): readonly string[] {
    return id === null ? this.roots : (this.nodes.get(id)?.children ?? []);
  }

  isGroup(id: string): boolean {
    return this.below(id).length > 0;
  }

  /** The labels above `id`, the root first. */
  above(id: string): string[] {
    const way: string[] = [];
    for (let at = this.nodes.get(id)?.parent ?? null; at !== null; at = this.nodes.get(at)?.parent ?? null) {
      way.unshift(at);
    }
    return way;
  }

  name(id: string): string {
    return pick(this.nodes.get(id)?.label?.name ?? { zh: id, en: id });
  }

  /** The labels that every word of `text` is found in, the closest first. */
  search(text: string): string[] {
    const words = text.toLowerCase().split(/\s+/).filter(Boolean);
    const found = this.sought
      .map((each) => ({ each, far: far(each, words) }))
      .filter(({ far: distance }) => distance < NOWHERE);
    found.sort((a, b) => a.far - b.far || a.each.at - b.each.at);
    return found.map(({ each }) => each.id);
  }

  private place(id: string, labels: ReadonlyMap<string, Label>, own: ReadonlySet<string>): void {
    if (this.nodes.has(id)) return;
    const label = labels.get(id);
    const parent = label?.parent && labels.has(label.parent) ? label.parent : null;
    if (parent !== null) this.place(parent, labels, own);
    this.nodes.set(id, { id, label, parent, choosable: own.has(id), children: [] });
  }

  private words(id: string, at: number): Sought {
    const { name } = this.nodes.get(id)?.label ?? { name: { zh: id, en: id } };
    const own = [name.zh, name.en, id, ...(this.nodes.get(id)?.label?.sound ?? [])];
    const over = this.above(id).flatMap((each) => {
      const label = this.nodes.get(each)?.label;
      return [label?.name.zh ?? "", label?.name.en ?? "", ...(label?.sound ?? [])];
    });
    return { id, at, own: own.map(lower), over: over.map(lower) };
  }
}

interface Sought {
  readonly id: string;
  readonly at: number;
  readonly own: readonly string[];
  readonly over: readonly string[];
}

const NOWHERE = 100;
const lower = (text: string) => text.toLowerCase();

/** How far off the words are: 0 is the name itself, then how it begins, how a word in it begins, anywhere, above it. */
function far({ own, over }: Sought, words: readonly string[]): number {
  const whole = words.join(" ");
  if (own.includes(whole)) return 0;
  if (own.some((text) => text.startsWith(whole))) return 1;
  return words.reduce((sum, word) => sum + farWord(own, over, word), 0);
}

function farWord(own: readonly string[], over: readonly string[], word: string): number {
  if (own.some((text) => text.startsWith(word))) return 2;
  if (own.some((text) => text.includes(` ${word}`) || text.includes(`_${word}`))) return 3;
  if (own.some((text) => text.includes(word))) return 4;
  return over.some((text) => text.includes(word)) ? 8 : NOWHERE;
}
