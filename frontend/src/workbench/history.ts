/** Undo and redo as recorded change sets: what a field's answer was before an act and after it. */
import { signal } from "@preact/signals";
import type { Answer } from "../kinds/kind";

export interface Change {
  readonly field: string;
  readonly before: Answer | undefined;
  readonly after: Answer | undefined;
  readonly selectedBefore: string | null;
  readonly selectedAfter: string | null;
  /** Acts with the same name in quick succession (nudges) are one change. */
  readonly merge: string | null;
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
        ? [...this.done.value.slice(0, -1), { ...change, before: last.before, selectedBefore: last.selectedBefore }]
        : [...this.done.value, change];
  }

  /** The change to take back, now on the other pile. */
  back(): Change | undefined {
    const change = this.done.value.at(-1);
    if (!change) return undefined;
    this.done.value = this.done.value.slice(0, -1);
    this.undone.value = [...this.undone.value, change];
    return change;
  }

  forth(): Change | undefined {
    const change = this.undone.value.at(-1);
    if (!change) return undefined;
    this.undone.value = this.undone.value.slice(0, -1);
    this.done.value = [...this.done.value, change];
    return change;
  }

  clear(): void {
    this.done.value = [];
    this.undone.value = [];
  }
}

function belongsTo(last: Change, next: Change): boolean {
  return (
    next.merge !== null && next.merge === last.merge && next.field === last.field && next.at - last.at < TOGETHER_MS
  );
}
