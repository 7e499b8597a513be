/** The next items, held before they are asked for. */
import { signal } from "@preact/signals";
import type { Task } from "./boot";

export interface Leased {
  readonly tasks: readonly Task[];
  readonly left?: number | null;
}
export type QueueState = "idle" | "filling" | "dry" | "trouble";

/** Items in hand and ahead together: two are always waiting. */
export const AHEAD = 3;
const LEASE_MARGIN_MS = 5_000;
const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 30_000;

export interface QueueParts {
  readonly lease: (want: number) => Promise<Leased>;
  /** Slots that must not come up again: in hand, or submitted and on their way. */
  readonly busy: () => ReadonlySet<number>;
  /** The server's clock in milliseconds. */
  readonly now: () => number;
  readonly onTasks: () => void;
  readonly pause?: (ms: number) => Promise<void>;
  /** Whether somebody waits for an item: only then is asked again by itself. */
  readonly wanting?: () => boolean;
}

export class TaskQueue {
  readonly tasks = signal<readonly Task[]>([]);
  readonly left = signal<number | null>(null);
  readonly state = signal<QueueState>("idle");
  readonly trouble = signal<Error | null>(null);

  private filling: Promise<void> | null = null;
  private failures = 0;
  private waiting = false;

  constructor(private readonly parts: QueueParts) {}

  /** The next item whose lease still holds. */
  take(): Task | null {
    this.tasks.value = this.tasks.value.filter((task) => !this.lapsed(task));
    const [first, ...rest] = this.tasks.value;
    this.tasks.value = rest;
    return first ?? null;
  }

  giveBack(task: Task): void {
    this.tasks.value = [task, ...this.tasks.value.filter((each) => each.slot !== task.slot)];
  }

  /** Items that came along with an answer; true when any of them is new. */
  put(tasks: readonly Task[]): boolean {
    const known = new Set([...this.parts.busy(), ...this.tasks.value.map((task) => task.slot)]);
    const fresh = tasks.filter((task) => !known.has(task.slot));
    if (fresh.length === 0) return false;
    this.tasks.value = [...this.tasks.value, ...fresh];
    this.state.value = "idle";
    this.parts.onTasks();
    return true;
  }

  /** How many more to ask for. */
  get wanted(): number {
    return Math.max(0, AHEAD - 1 - this.tasks.value.length);
  }

  /** One asking at a time; who comes while it runs waits for the same one. */
  fill(): Promise<void> {
    this.filling ??= this.fillOnce().finally(() => {
      this.filling = null;
    });
    return this.filling;
  }

  private async fillOnce(): Promise<void> {
    if (this.wanted === 0) return;
    this.state.value = "filling";
    try {
      this.state.value = (await this.lease()) ? "idle" : "dry";
      this.trouble.value = null;
      this.failures = 0;
    } catch (error) {
      this.trouble.value = error instanceof Error ? error : new Error(String(error));
      this.state.value = "trouble";
      void this.again();
    }
  }

  /** Nobody need press a button because a server was started anew. */
  private async again(): Promise<void> {
    const { pause, wanting } = this.parts;
    if (!pause || this.waiting) return;
    this.waiting = true;
    this.failures += 1;
    await pause(Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (this.failures - 1)));
    this.waiting = false;
    if (this.state.value === "trouble" && wanting?.()) void this.fill();
  }

  /** Ask; where the answer only repeats what is held here, ask once more past it. */
  private async lease(): Promise<boolean> {
    const held = this.parts.busy().size + this.tasks.value.length;
    const first = await this.ask(this.wanted + (held === 0 ? 1 : 0));
    if (first === "repeats") return (await this.ask(this.wanted + held)) === "new";
    return first === "new";
  }

  private async ask(want: number): Promise<"new" | "repeats" | "none"> {
    const { tasks, left } = await this.parts.lease(want);
    this.left.value = left ?? null;
    if (this.put(tasks)) return "new";
    return tasks.length > 0 ? "repeats" : "none";
  }

  private lapsed(task: Task): boolean {
    if (task.lease === "" || task.lease_until === null) return false;
    return Date.parse(task.lease_until) - LEASE_MARGIN_MS < this.parts.now();
  }
}
