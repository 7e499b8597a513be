/** Drafts: on every change into this browser, and once the hand rests for 1.5 seconds to the server. */
import type { Task } from "./boot";
import type { DraftStore } from "./store";

export const REST_MS = 1_500;

export interface DraftParts {
  readonly owner: string;
  readonly store: DraftStore;
  readonly send: (task: Task, answers: Readonly<Record<string, unknown>>, leaving: boolean) => Promise<unknown>;
  readonly onRefused: (error: unknown) => void;
}

export class Drafts {
  private pending: { readonly task: Task; readonly answers: Readonly<Record<string, unknown>> } | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly parts: DraftParts) {}

  save(task: Task, answers: Readonly<Record<string, unknown>>): void {
    const { lease, revision } = task;
    const draft = { key: this.key(task), lease, revision, answers, at: Date.now() };
    this.parts.store.putDraft(draft).catch(() => {});
    if (lease === "") return;
    this.pending = { task, answers };
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.flush(false), REST_MS);
  }

  /** Send what waits now: the person leaves the page or the item. */
  flush(leaving: boolean): void {
    clearTimeout(this.timer);
    if (!this.pending) return;
    const { task, answers } = this.pending;
    this.pending = null;
    this.parts.send(task, answers, leaving).catch(this.parts.onRefused);
  }

  /** The item was submitted: its draft has had its day, once the answer itself is `stored`. */
  forget(task: Task, stored: Promise<void> = Promise.resolve()): void {
    clearTimeout(this.timer);
    this.pending = null;
    const remove = () => this.parts.store.removeDraft(this.key(task));
    void stored.then(remove).catch(() => {});
  }

  /**
   * The task with this browser's own draft, where that is newer than the server's: of the same lease, or of an earlier one
   * that lapsed before anything reached the server (`bare`); and of the same revision.
   */
  async restore(task: Task, bare = task.answers === null): Promise<Task> {
    const draft = await this.parts.store.getDraft(this.key(task)).catch(() => undefined);
    const ours = draft && draft.revision === task.revision && (bare || draft.lease === task.lease);
    return ours ? { ...task, answers: draft.answers } : task;
  }

  private key(task: Task): string {
    return `${this.parts.owner}:${task.slot}`;
  }
}
