/**
 * Which parts of an answer are somebody's suggestion and not yet a person's own. It hangs on the objects themselves: a
 * part that is changed, or taken over, is another object, and undo brings the suggested one back.
 */
import type { Answer } from "../kinds/kind";

/** A shape, a span, a mark: whatever an answer lists with an id. */
export interface Part {
  readonly id: string;
  readonly label?: string;
}

/** How sure the annotator was, in [0, 1]; null where they did not say. */
const scores = new WeakMap<object, number | null>();

export function markSuggested(part: object, score: number | null): void {
  scores.set(part, score);
}

export function isSuggested(part: object): boolean {
  return scores.has(part);
}

/** "93%" of a suggested part that bears a score. */
export function sureness(part: object): string | null {
  const score = scores.get(part);
  return score === undefined || score === null ? null : percent(score);
}

export function percent(score: number): string {
  return `${Math.round(score * 100)}%`;
}

/** Where an answer (or its wire form) lists its parts: the member that holds things with an id each. */
function member(answer: object): string | undefined {
  const lists = Object.entries(answer).filter(([, value]) => Array.isArray(value));
  return lists.find(([name, value]) => name !== "labels" && (value as unknown[]).every(isPart))?.[0];
}

function isPart(value: unknown): boolean {
  return typeof value === "object" && value !== null && typeof (value as { id?: unknown }).id === "string";
}

/** The parts of an answer; null where it is one thing, as a choice is. */
export function partsOf(answer: object): readonly Part[] | null {
  const name = member(answer);
  return name === undefined ? null : ((answer as unknown as Record<string, readonly Part[]>)[name] ?? null);
}

/** The same answer with other parts. */
export function withParts<A extends object>(answer: A, parts: readonly Part[]): A {
  const name = member(answer);
  return name === undefined ? answer : { ...answer, [name]: parts };
}

/** The labels that an answer (or its wire form) lists. */
export function labelsOf(wire: object): readonly string[] {
  const { labels } = wire as { labels?: unknown };
  return Array.isArray(labels) ? (labels as string[]) : [];
}

/** What is still a suggestion in an answer: parts of it, or all of it. */
export function suggestedIn(answer: Answer): readonly object[] {
  const parts = partsOf(answer);
  return parts === null ? (isSuggested(answer) ? [answer] : []) : parts.filter(isSuggested);
}
