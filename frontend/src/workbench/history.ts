/** Undo and redo as recorded change sets: what a field's answer was before an act and after it. */
import { signal } from "@preact/signals";
import type { Answer } from "../kinds/kind";
import type { Corner } from "./outline";

export interface Change {
  /** Clauses cited before and after, where that is what changed. */
  readonly cited?: { readonly before: readonly string[]; readonly after: readonly string[] };
  readonly field: string;
  readonly before: Answer | undefined;
  readonly after: Answer | undefined;
  readonly selectedBefore: string | null;
  readonly selectedAfter: string | null;
  /** The corner in hand before and after. */
  readonly cornerBefore?: Corner | null;
  readonly cornerAfter?: Corner | null;
  /** Acts with the same name in quick succession (nudges) are one change. */
  readonly merge: string | null;
  /** Who made it, where it was not the person: a program that found an outline. */
  readonly by?: string;
  /** It went along with another change, which says where the hand was. */
  readonly along?: boolean;
  /** Changes with the same number are one step. */
  readonly together?: number;
  /** Milliseconds. */
  readonly at: number;
}

const TOGETHER_MS = 800;

export class History {
  readonly done = signal<readonly Change[]>([]);
  readonly undone = signal<readonly Change[]>([]);

  record(change: Change): void {
    const last = this.done.value.at(-1);
    this.undone.value = [];
    this.done.value =
      last && belongsTo(last, change)
        ? [
            ...this.done.value.slice(0, -1),
            {
              ...change,
              before: last.before,
              selectedBefore: last.selectedBefore,
              cornerBefore: last.cornerBefore ?? null,
            },
          ]
        : [...this.done.value, change];
  }

  /** The changes of the last step, the last one first, now on the other pile. */
  back(): readonly Change[] {
    const [rest, step] = lastStep(this.done.value);
    this.done.value = rest;
    this.undone.value = [...this.undone.value, ...step];
    return step;
  }

  /** The changes of the step taken back last, in the order of doing. */
  forth(): readonly Change[] {
    const [rest, step] = lastStep(this.undone.value);
    this.undone.value = rest;
    this.done.value = [...this.done.value, ...step];
    return step;
  }

  clear(): void {
    this.done.value = [];
    this.undone.value = [];
  }
}

/** What is left of a pile without its last step, and that step from its end. */
function lastStep(pile: readonly Change[]): [readonly Change[], readonly Change[]] {
  const last = pile.at(-1);
  if (!last) return [pile, []];
  let start = pile.length - 1;
  while (last.together !== undefined && pile[start - 1]?.together === last.together) start -= 1;
  return [pile.slice(0, start), pile.slice(start).reverse()];
}

function belongsTo(last: Change, next: Change): boolean {
  return (
    next.merge !== null && next.merge === last.merge && next.field === last.field && next.at - last.at < TOGETHER_MS
  );
}
