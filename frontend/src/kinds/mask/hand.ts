/** What is in the hand that paints: which tool, how large, how far a flood goes, and where the limits are. */
import { type Signal, signal } from "@preact/signals";
import type { Rect } from "../../plane";
import type { Task } from "../../workbench/boot";
import type { Session } from "../../workbench/session";

export const MODES = ["brush", "erase", "flood", "outline", "limit", "take"] as const;
export type Mode = (typeof MODES)[number];

const LARGEST = 600;
const FARTHEST = 128;

interface Limit {
  readonly task: Task | null;
  readonly rect: Rect;
}

export class Hand {
  readonly mode: Signal<Mode> = signal<Mode>("brush");
  /** Across, in item pixels. */
  readonly size = signal(24);
  /** How much each channel of a colour may differ from where a flood begins, of 255. */
  readonly tolerance = signal(24);
  private readonly limited = signal<Limit | null>(null);

  constructor(private readonly session: Session) {}

  /** The rectangle that nothing is painted or erased outside of, of the item in hand. */
  get limit(): Rect | null {
    const { value } = this.limited;
    return value !== null && value.task === this.session.task.value ? value.rect : null;
  }

  set limit(rect: Rect | null) {
    this.limited.value = rect && { task: this.session.task.value, rect };
  }

  /** A size or tolerance up or down. */
  turn(by: 1 | -1): void {
    if (this.mode.value === "flood") {
      this.tolerance.value = Math.min(FARTHEST, Math.max(0, this.tolerance.value + 4 * by));
    } else {
      const size = this.size.value;
      const step = Math.max(1, Math.round(size * 0.2)) * by;
      this.size.value = Math.min(LARGEST, Math.max(1, size + step));
    }
  }
}

const hands = new WeakMap<Session, Hand>();

export function handOf(session: Session): Hand {
  const found = hands.get(session) ?? new Hand(session);
  hands.set(session, found);
  return found;
}
