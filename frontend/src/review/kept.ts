/** What is being said of an item, kept in this browser until it is said: a reload loses no word of it. */
import { effect } from "@preact/signals";
import type { Task } from "../workbench/boot";
import type { DraftStore } from "../workbench/store";

type Words = Readonly<Record<string, unknown>>;

export class Kept<W extends Words> {
  /** What stands there by itself, which need not be kept. */
  private usual = "";
  private about: Task | null = null;

  constructor(
    private readonly store: DraftStore,
    private readonly owner: string,
    private readonly read: () => W,
    private readonly write: (words: W) => void,
    task: () => Task | null,
  ) {
    effect(() => {
      const words = this.read();
      const now = task();
      // what is still written of the item before is not said of this one
      if (now && now === this.about && JSON.stringify(words) !== this.usual) this.put(now, words);
    });
  }

  /** A new item: `words` stand there, unless something was being said of it before. */
  async begin(task: Task, words: W, isStill: () => boolean): Promise<void> {
    this.about = task;
    this.usual = JSON.stringify(words);
    this.write(words);
    const kept = await this.store.getDraft(this.key(task)).catch(() => undefined);
    const untouched = JSON.stringify(this.read()) === this.usual;
    if (kept && kept.revision === task.revision && untouched && isStill()) this.write(kept.answers as W);
  }

  forget(task: Task): void {
    this.store.removeDraft(this.key(task)).catch(() => {});
  }

  private put({ slot, revision }: Task, answers: W): void {
    const draft = { key: `${this.owner}:${slot}:said`, lease: "", revision, answers, at: Date.now() };
    this.store.putDraft(draft).catch(() => {});
  }

  private key({ slot }: Task): string {
    return `${this.owner}:${slot}:said`;
  }
}
