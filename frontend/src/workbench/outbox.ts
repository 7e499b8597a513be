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

/** An answer as the server takes it; `want` further items are asked for with it. */
export function submission({ id, task, answers, clauses, activeMs, more }: Entry, want: number): object {
  const { slot, lease, revision } = task;
  return { id, slot, lease, revision, answers, active_ms: activeMs, clauses, want, ...more };
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
  /** Nothing gets through at the moment, and why; it is tried again. */
  readonly onTrouble?: (error: Error) => void;
  readonly pause: (ms: number) => Promise<void>;
}

const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 30_000;
/** A store that does not answer for so long is none. */
const DISK_PATIENCE_MS = 3_000;
/** After so many failures of the server's own over one answer, the others go before it. */
const TRIES_IN_FRONT = 3;

export class Outbox<Reply> {
  readonly entries = signal<readonly Entry[]>([]);
  /** Why nothing gets through at the moment. */
  readonly trouble = signal<Error | null>(null);
  /** Entries that this browser would not store: they live only as long as the page. */
  private readonly unsaved = signal<ReadonlySet<string>>(new Set());
  readonly durable = computed(() => this.unsaved.value.size === 0);
  readonly waiting = computed(() => this.entries.value.filter((entry) => entry.refused === null));
  readonly refused = computed(() => this.entries.value.filter((entry) => entry.refused !== null));
  private disk: Promise<void> = Promise.resolve();
  private running: Promise<void> | null = null;
  private wake: () => void = () => {};
  /** How often the server failed over an entry. */
  private readonly failures = new Map<string, number>();

  constructor(private readonly parts: OutboxParts<Reply>) {}

  /** Take up what an earlier page left behind. */
  async load(): Promise<void> {
    const stored = await this.parts.store.load(this.parts.owner).catch(() => []);
    const known = new Set(this.entries.value.map((entry) => entry.id));
    const older = stored.filter((entry) => !known.has(entry.id)).sort((a, b) => a.seq - b.seq);
    this.entries.value = [...older, ...this.entries.value];
  }

  /** Resolves once this browser has stored it, or would not. */
  add(entry: Omit<Entry, "owner" | "seq" | "refused">): Promise<void> {
    const last = Math.max(0, ...this.entries.value.map(({ seq }) => seq));
    const whole: Entry = { ...entry, owner: this.parts.owner, seq: last + 1, refused: null };
    this.entries.value = [...this.entries.value, whole];
    this.save(whole);
    const stored = this.disk;
    void this.deliver();
    return stored;
  }

  /** Forget a refused entry: its answers were sent anew, or given up. */
  drop(id: string): void {
    this.entries.value = this.entries.value.filter((entry) => entry.id !== id);
    this.failures.delete(id);
    this.note(id, true);
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
      await this.settled();
      const entry = this.first();
      if (!entry) return;
      failures = (await this.attempt(entry)) ? 0 : failures + 1;
      if (failures === 0) continue;
      for (const id of this.unsaved.value) this.saveAgain(id);
      await this.rest(failures);
    }
  }

  /** The disk has been heard, or was given its time. */
  private settled(): Promise<void> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const patience = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, DISK_PATIENCE_MS);
    });
    return Promise.race([this.disk, patience]).finally(() => clearTimeout(timer));
  }

  /** The oldest of those over which the server has not failed time and again; one slot's answers stay in order. */
  private first(): Entry | undefined {
    const waiting = this.waiting.value;
    const inFront = waiting.filter((entry) => waiting.find(({ task }) => task.slot === entry.task.slot) === entry);
    const tired = ({ id }: Entry) => Math.floor((this.failures.get(id) ?? 0) / TRIES_IN_FRONT);
    return inFront.reduce<Entry | undefined>(
      (best, next) => (best && tired(best) <= tired(next) ? best : next),
      undefined,
    );
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
      if (error instanceof Refused && error.status === 500) {
        this.failures.set(entry.id, (this.failures.get(entry.id) ?? 0) + 1);
      }
      this.trouble.value = error instanceof Error ? error : new Error(String(error));
      this.parts.onTrouble?.(this.trouble.value);
      return false;
    }
  }

  private mark(entry: Entry): void {
    this.entries.value = this.entries.value.map((each) => (each.id === entry.id ? entry : each));
    this.save(entry);
    this.parts.onRefused(entry);
  }

  private rest(failures: number): Promise<void> {
    const woken = new Promise<void>((resolve) => {
      this.wake = resolve;
    });
    const asked = this.trouble.value instanceof Refused ? this.trouble.value.after : 0;
    const ms = Math.max(asked, Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (failures - 1)));
    return Promise.race([this.parts.pause(ms), woken]);
  }

  private save(entry: Entry): void {
    this.write(() =>
      this.parts.store.put(entry).then(
        () => this.note(entry.id, true),
        () => this.note(entry.id, false),
      ),
    );
  }

  private saveAgain(id: string): void {
    const entry = this.entries.value.find((each) => each.id === id);
    if (entry) this.save(entry);
  }

  private note(id: string, saved: boolean): void {
    if (saved === !this.unsaved.value.has(id)) return;
    const others = [...this.unsaved.value].filter((each) => each !== id);
    this.unsaved.value = new Set(saved ? others : [...others, id]);
  }

  /** Writes to the store happen in the order of asking. */
  private write(act: () => Promise<void>): void {
    this.disk = this.disk.then(act).catch(() => {});
  }
}
