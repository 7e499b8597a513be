/** Active time on an item: pauses over 30 seconds, and time with the page out of sight, do not count. */
export const IDLE_MS = 30_000;

export class ActiveClock {
  private total = 0;
  private last: number | null = null;

  constructor(private readonly now: () => number) {}

  /** A new item is in view. */
  start(): void {
    this.total = 0;
    this.last = this.now();
  }

  /** The person did something. */
  touch(): void {
    this.count();
    this.last = this.now();
  }

  /** The page lost sight or focus. */
  pause(): void {
    this.count();
    this.last = null;
  }

  read(): number {
    this.touch();
    return Math.round(this.total);
  }

  private count(): void {
    // A clock that is set back takes nothing away.
    if (this.last !== null) this.total += Math.max(0, Math.min(this.now() - this.last, IDLE_MS));
  }
}
