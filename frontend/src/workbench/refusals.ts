/** Submitted answers that the server refused: they come back into the hand, as they were sent, with the reason. */
import { t } from "../words";
import { Refused } from "./api";
import type { Bench } from "./bench";
import type { Task } from "./boot";
import type { Entry } from "./outbox";

export class Refusals {
  /** The refused entry that an item came back from, by its slot. */
  private readonly returned = new Map<number, Entry>();

  constructor(private readonly bench: Bench) {}

  of(task: Task): Entry["refused"] {
    return this.returned.get(task.slot)?.refused ?? null;
  }

  /** The entry that the next submit of this item takes the place of. */
  take(task: Task): Entry | undefined {
    const entry = this.returned.get(task.slot);
    this.returned.delete(task.slot);
    return entry;
  }

  refused(entry: Entry): void {
    const { bench } = this;
    const reason = `${entry.refused?.message} ${entry.refused?.next}`.trim();
    switch (entry.refused?.code) {
      case "lease-lapsed":
        // The server keeps the work as a draft; the item comes again by the ordinary way.
        bench.outbox.drop(entry.id);
        bench.say("warn", reason);
        return;
      default:
        this.comeBack(entry);
    }
  }

  /** A round that takes no answers now: they stay here, and are sent by themselves once it goes on. */
  held(error: Error): void {
    const { bench } = this;
    if (!(error instanceof Refused) || error.refusal.code !== "round-closed" || bench.closed.value) return;
    bench.closed.value = true;
    bench.paused.value = error.refusal.details.state === "paused";
    bench.say("bad", `${error.refusal.message} ${error.refusal.next}`.trim());
    if (bench.session.history.done.value.length === 0) bench.next();
  }

  /** A refused answer comes next, as it was sent, with the reason. */
  comeBack(entry: Entry): void {
    const { queue, session } = this.bench;
    const revision = entry.refused?.details.revision;
    const task = {
      ...entry.task,
      lease_until: null,
      answers: entry.answers,
      ...(typeof revision === "number" && { revision }),
    };
    this.returned.set(task.slot, entry);
    queue.giveBack(task);
    if (session.task.value === null) this.bench.next();
    else this.bench.say("bad", t("An earlier answer was refused; it comes back next."));
  }
}
