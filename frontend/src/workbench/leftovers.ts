/**
 * Answers of this person's other rounds that an earlier page could not send: they go out from whichever workbench is
 * opened next. What the server refuses stays for its own round, where it can be looked at.
 */
import { signal } from "@preact/signals";
import { type Api, Refused } from "./api";
import { type Entry, submission } from "./outbox";

export interface LeftoverStore {
  loadAll(): Promise<Entry[]>;
  remove(id: string): Promise<void>;
}

const OWNER = /^(\d+):(\d+)$/;

export class Leftovers {
  /** How many still wait, and the rounds that they belong to. */
  readonly waiting = signal<readonly Entry[]>([]);

  constructor(
    private readonly owner: string,
    private readonly store: LeftoverStore,
    private readonly api: Api,
  ) {}

  async deliver(): Promise<void> {
    const all = await this.store.loadAll().catch(() => []);
    this.waiting.value = all.filter((entry) => this.isMine(entry)).sort((a, b) => a.seq - b.seq);
    for (const entry of this.waiting.value) {
      try {
        await this.api.send("POST", `/api/v1/rounds/${roundOf(entry)}/annotations`, submission(entry, 0));
      } catch (error) {
        if (error instanceof Refused && !error.passing) continue;
        return;
      }
      await this.store.remove(entry.id).catch(() => {});
      this.waiting.value = this.waiting.value.filter((each) => each.id !== entry.id);
    }
  }

  private isMine({ owner, refused }: Entry): boolean {
    const [person] = this.owner.split(":");
    return refused === null && owner !== this.owner && OWNER.exec(owner)?.[1] === person;
  }
}

function roundOf({ owner }: Entry): string {
  return OWNER.exec(owner)?.[2] ?? "";
}
