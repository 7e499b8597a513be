/** A paper on the workbench: its questions are leased as any round's; the clock is the exam's own. */
import { computed, signal } from "@preact/signals";
import { type Mark, Practice, type PracticeBoot } from "../practice/practice";
import { t } from "../words";
import { Bench, type BenchParts, type SubmitReply } from "../workbench/bench";
import type { Task } from "../workbench/boot";
import { type Entry, submission } from "../workbench/outbox";
import type { Leased } from "../workbench/queue";

export interface ExamBoot extends PracticeBoot {
  readonly exam: {
    /** When the time is over, an ISO moment. */
    readonly until: string | null;
    readonly size: number;
    /** Where an answer is marked, if the exam tells at once what is right. */
    readonly marks: string | null;
  };
}
/** What the server says of a marked question. */
interface Told {
  readonly score: number;
  readonly labels: readonly (readonly [string, number])[];
  readonly right: NonNullable<Task["answers"]>;
  readonly clause: string | null;
  readonly why: Mark["note"];
}

/** What the server still takes after the time is over, and a second more. */
export const GRACE_MS = 11_000;
/** From here on the clock is told in colour. */
const SHORT_MS = 60_000;

/** How much time is left, once a second; when it is over and the network's grace too, the result is shown. */
export class ExamClock {
  readonly left = signal<number | null>(null);
  readonly isShort = computed(() => this.left.value !== null && this.left.value < SHORT_MS);
  readonly said = computed(() => (this.left.value === null ? "" : clockFace(this.left.value)));

  constructor(
    private readonly until: number | null,
    private readonly now: () => number,
    private readonly over: () => void,
    private readonly leave: () => void,
  ) {
    this.tick();
  }

  tick(): void {
    if (this.until === null) return;
    const before = this.left.value;
    const rest = this.until - this.now();
    this.left.value = Math.max(0, rest);
    if (rest <= 0 && (before === null || before > 0)) this.over();
    if (rest <= -GRACE_MS) this.leave();
  }
}

function clockFace(ms: number): string {
  const seconds = Math.ceil(ms / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

/** What both ways of sitting share. */
export interface ExamBench extends Bench {
  readonly parts: BenchParts & { readonly boot: ExamBoot };
}

export const timeOver = (bench: Bench) =>
  bench.say("warn", t("The time is over. What you submitted counts; the result comes in a moment."));

/** Right answers are told at the end: an answer is sent, and the next question comes. */
export class AtEnd extends Bench implements ExamBench {
  declare readonly parts: BenchParts & { readonly boot: ExamBoot };

  override get lacks(): ReadonlySet<string> {
    return new Set(["repeat", "copy"]);
  }
}

/** Each answer stays in the hand with its mark, as in practice; the questions are leased. */
export class AtOnce extends Practice implements ExamBench {
  declare readonly parts: BenchParts & { readonly boot: ExamBoot };

  protected override fetchTasks(want: number): Promise<Leased> {
    const { api, boot } = this.parts;
    return api.send<Leased>("POST", boot.urls.lease, { want });
  }

  protected override sendDraft({ slot, lease }: Task, answers: Task["answers"], leaving: boolean): Promise<unknown> {
    const { api, boot } = this.parts;
    return api.send("PUT", boot.urls.drafts, { slot, lease, answers }, leaving);
  }

  protected override async deliver(entry: Entry): Promise<SubmitReply> {
    const { api, boot } = this.parts;
    const reply = await api.send<SubmitReply>("POST", boot.urls.submit, submission(entry, this.queue.wanted));
    const told = await api.send<Told>("POST", boot.exam.marks ?? "", { item: entry.task.item.id });
    this.mark(entry, markOf(told));
    return reply;
  }
}

function markOf({ score, labels, right, clause, why }: Told): Mark {
  const verdict = score > 0.999 ? "right" : score < 0.001 ? "wrong" : "part";
  const about = { polarity: null, again: false, back_at: null };
  return { score, verdict, right, clause, note: why, labels: Object.fromEntries(labels), ...about };
}
