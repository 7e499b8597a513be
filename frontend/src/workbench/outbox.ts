/**
 * Submitted work on its way. An entry is stored before it is sent, sent in the order of submitting, and forgotten only
 * when the server has acknowledged it; its client-made id makes a second delivery harmless. A refusal stops no one
 * else: the entry is marked and comes back to the person with the reason.
 */
import { computed, signal } from "@preact/signals";
import { type Refusal, Refused } from "./api";
import type { Task } from "./boot";

export interface Entry {
  /** The client-made id of the write. */
  readonly id: string;
  /** Whose work, in which round. */
  readonly owner: string;
  /** The order of submitting. */
  readonly seq: number;
  readonly task: Task;
  readonly answers: Readonly<Record<string, unknown>>;
  readonly clauses: readonly string[];
  readonly activeMs: number;
  /** What is sent beside the answers, where the page says more than answers. */
  readonly more?: Readonly<Record<string, unknown>> | undefined;
  readonly refused: Refusal | null;
}

export interface EntryStore {
  load(owner: string): Promise<Entry[]>;
  put(entry: Entry): Promise<void>;
  remove(id: string): Promise<void>;
}

export interface OutboxParts<Reply> {
  readonly owner: string;
  readonly store: EntryStore;
  readonly send: (entry: Entry) => Promise<Reply>;
  readonly onDelivered: (entry: Entry, reply: Reply) => void;
  readonly onRefused: (entry: Entry) => void;
  readonly pause: (ms: number) => Promise<void>;
}

const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 30_000;

export class Outbox<Reply> {
  readonly entries = signal<readonly Entry[]>([]);
  /** Why nothing gets through at the moment. */
  readonly trouble = signal<Error | null>(null);
  /** False once this browser would not store an entry: then it lives only as long as the page. */
  readonly durable = signal(true);
  readonly waiting = computed(() => this.entries.value.filter((entry) => entry.refused === null));
  readonly refused = computed(() => this.entries.value.filter((entry) => entry.refused !== null));
  private disk: Promise<void> = Promise.resolve();
  private running: Promise<void> | null = null;
  private wake: () => void = () => {};

  constructor(private readonly parts: OutboxParts<Reply>) {}

  /** Take up what an earlier page left behind. */
  async load(): Promise<void> {
    const stored = await this.parts.store.load(this.parts.owner).catch(() => []);
    const known = new Set(this.entries.value.map((entry) => entry.id));
    const older = stored.filter((entry) => !known.has(entry.id)).sort((a, b) => a.seq - b.seq);
    this.entries.value = [...older, ...this.entries.value];
  }

  add(entry: Omit<Entry, "owner" | "seq" | "refused">): void {
    const last = this.entries.value.at(-1)?.seq ?? 0;
    const whole: Entry = { ...entry, owner: this.parts.owner, seq: last + 1, refused: null };
    this.entries.value = [...this.entries.value, whole];
    this.write(() => this.parts.store.put(whole));
    void this.deliver();
  }

  /** Forget a refused entry: its answers were sent anew, or given up. */
  drop(id: string): void {
    this.entries.value = this.entries.value.filter((entry) => entry.id !== id);
    this.write(() => this.parts.store.remove(id));
  }

  /** Send everything that waits; one at a time, and one runner at a time. */
  deliver(): Promise<void> {
    this.running ??= this.run().finally(() => {
      this.running = null;
    });
    return this.running;
  }

  /** Do not wait for the next attempt: the network is back. */
  hurry(): void {
    this.wake();
    void this.deliver();
  }

  private async run(): Promise<void> {
    let failures = 0;
    for (;;) {
      await this.disk;
      const entry = this.waiting.value[0];
      if (!entry) return;
      failures = (await this.attempt(entry)) ? 0 : failures + 1;
      if (failures > 0) await this.rest(failures);
    }
  }

  /** True when the entry is settled, one way or the other. */
  private async attempt(entry: Entry): Promise<boolean> {
    try {
      const reply = await this.parts.send(entry);
      this.trouble.value = null;
      this.drop(entry.id);
      this.parts.onDelivered(entry, reply);
      return true;
    } catch (error) {
      if (error instanceof Refused && !error.passing) {
        this.trouble.value = null;
        this.mark({ ...entry, refused: error.refusal });
        return true;
      }
      this.trouble.value = error instanceof Error ? error : new Error(String(error));
      return false;
    }
  }

  private mark(entry: Entry): void {
    this.entries.value = this.entries.value.map((each) => (each.id === entry.id ? entry : each));
    this.write(() => this.parts.store.put(entry));
    this.parts.onRefused(entry);
  }

  private rest(failures: number): Promise<void> {
    const woken = new Promise<void>((resolve) => {
      this.wake = resolve;
    });
    const ms = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (failures - 1));
    return Promise.race([this.parts.pause(ms), woken]);
  }

  /** Writes to the store happen in the order of asking. */
  private write(act: () => Promise<void>): void {
    this.disk = this.disk.then(act).catch(() => {
      this.durable.value = false;
    });
  }
}
