/**
 * Practice: the answer stays in the hand until it is marked, with the right one beside it; then the next item comes. What
 * comes next is asked of the server with what is in hand, since nothing is leased.
 */
import { effect, signal } from "@preact/signals";
import { getKind } from "../kinds";
import type { Two } from "../words";
import { t } from "../words";
import type { Action } from "../workbench/actions";
import { clientId } from "../workbench/api";
import { Bench, type BenchParts, type SubmitReply } from "../workbench/bench";
import type { Boot, Field, Task } from "../workbench/boot";
import { Other } from "../workbench/others";
import type { Entry } from "../workbench/outbox";
import type { Leased } from "../workbench/queue";

export interface Mark {
  readonly score: number;
  readonly verdict: "right" | "part" | "wrong";
  readonly right: NonNullable<Task["answers"]>;
  readonly clause: string | null;
  readonly polarity: string | null;
  readonly note: Partial<Two>;
  readonly labels: Readonly<Record<string, number>>;
  readonly again: boolean;
  /** When it comes back; nothing where it does not. */
  readonly back_at: string | null;
}
/** What of the known answers is practised: all, or what a lesson asks. */
export interface Only {
  readonly labels?: readonly string[];
  readonly clauses?: readonly string[];
  readonly without?: readonly string[];
}
export interface PracticeBoot extends Boot {
  readonly mode: "practice";
  readonly only: Only;
  /** So many are asked and no more, in a lesson. */
  readonly most: number | null;
}
export interface Marked {
  readonly task: Task;
  readonly given: NonNullable<Task["answers"]>;
  readonly mark: Mark;
}
interface Reply extends SubmitReply {
  readonly mark: Mark;
}

/** A second press of the key that sent an answer does not skip its mark. */
const LOOK_MS = 350;
/** Pale enough for dark pictures, dark enough for pale ones; the dashes tell it from one's own. */
const RIGHT_COLOR = "#1f8a4c";

export class Practice extends Bench {
  declare readonly parts: BenchParts & { readonly boot: PracticeBoot };
  /** What was answered and is on its way to be marked. */
  readonly asked = signal<Task | null>(null);
  readonly marked = signal<Marked | null>(null);
  readonly showsRight = signal(true);
  /** How many were answered on this page, and how much of them was right. */
  readonly sum = signal<{ readonly n: number; readonly right: number }>({ n: 0, right: 0 });
  private sending: Task | null = null;
  private markedAt = 0;

  constructor(parts: BenchParts & { readonly boot: PracticeBoot }) {
    super(parts);
    effect(() => {
      const shown = this.showsRight.value ? this.marked.value : null;
      this.others.value = shown ? [this.rightOf(shown)] : [];
    });
  }

  override get ownActs(): readonly Action[] {
    return [
      {
        id: "show-right",
        group: "item",
        label: () => t("Show or hide the right answer"),
        keys: ["X"],
        when: () => this.marked.value !== null && this.paints,
        run: () => {
          this.showsRight.value = !this.showsRight.value;
        },
      },
    ];
  }

  override get lacks(): ReadonlySet<string> {
    return new Set(["mine", "repeat", "copy"]);
  }

  /** Whether answers are drawn on the item, so that the right one can be drawn over it. */
  get paints(): boolean {
    return this.session.rulebook.fields.some(({ kind }) => {
      const { tool, Reader, timeline } = getKind(kind);
      return Boolean(tool || Reader || timeline);
    });
  }

  /** Whether the lesson has asked what it asks. */
  get isOver(): boolean {
    const { most } = this.parts.boot;
    return most !== null && this.sum.value.n >= most;
  }

  /** The same key submits an answer, and goes on once it is marked. */
  override submit(): void {
    if (this.marked.value && this.parts.now() - this.markedAt >= LOOK_MS) {
      this.goOn();
      return;
    }
    if (this.asked.value || !this.session.task.value) return;
    this.sending = this.session.task.value;
    super.submit();
    this.sending = null;
  }

  goOn(): void {
    this.marked.value = null;
    this.asked.value = null;
    this.notice.value = null;
    this.next();
  }

  /** What was sent stays in the hand until it is marked. */
  override next(): void {
    if (this.sending) {
      this.asked.value = this.sending;
      return;
    }
    if (this.asked.value) return;
    if (this.isOver) this.take(null);
    else super.next();
  }

  override press(field: Field, label: string): void {
    if (this.asked.value === null) super.press(field, label);
  }

  override digit(n: number, less: boolean): void {
    if (this.asked.value === null) super.digit(n, less);
  }

  /** A text that stands in the rulebook alone is no item that a question can name. */
  override async ask(text: string, clause: string | null): Promise<void> {
    const { api, boot } = this.parts;
    const item = this.session.task.value?.item.id || null;
    await api.send("POST", boot.urls.questions, { id: clientId(), item, text, clause });
    this.say("good", t("Your question is with the trainer. You can go on."));
  }

  protected override fetchTasks(want: number): Promise<Leased> {
    const { api, boot } = this.parts;
    return api.send<Leased>("POST", boot.urls.lease, this.wish(want));
  }

  /** Nothing of practice is kept on the server before it is answered. */
  protected override sendDraft(_task: Task, _answers: Task["answers"], _leaving: boolean): Promise<unknown> {
    return Promise.resolve();
  }

  protected override deliver(entry: Entry): Promise<SubmitReply> {
    const { id, task, answers, activeMs } = entry;
    const next = this.wish(this.queue.wanted, task.slot);
    const body = { id, slot: task.slot, answers, active_ms: activeMs, next };
    return this.parts.api.send<Reply>("POST", this.parts.boot.urls.submit, body).then((reply) => {
      this.mark(entry, reply.mark);
      return reply;
    });
  }

  protected override delivered(reply: SubmitReply): void {
    super.delivered(reply);
    // nothing is leased: what the server counts is what is not in hand here
    this.queue.left.value = reply.left ?? null;
  }

  protected override refused(entry: Entry): void {
    const mine = this.asked.value?.slot === entry.task.slot;
    this.asked.value = null;
    super.refused(entry);
    if (mine) this.next();
  }

  protected mark(entry: Entry, mark: Mark): void {
    if (this.asked.value?.slot !== entry.task.slot) return;
    const { n, right } = this.sum.value;
    this.sum.value = { n: n + 1, right: right + mark.score };
    this.showsRight.value = true;
    this.markedAt = this.parts.now();
    this.marked.value = { task: entry.task, given: entry.answers, mark };
    this.session.clause.value = this.session.rulebook.clauses.some(({ id }) => id === mark.clause) ? mark.clause : null;
  }

  private rightOf({ task, given, mark }: Marked): Other {
    const parts = { id: "right", name: t("right"), color: RIGHT_COLOR, dashed: true };
    return new Other({ ...parts, answers: mark.right, apartFrom: given }, this.session.rulebook, task);
  }

  private wish(want: number, answered?: number): object {
    const slots = [...this.busy, ...this.queue.tasks.value.map((task) => task.slot)];
    const holding = [...new Set(answered === undefined ? slots : [...slots, answered])];
    return { ...this.parts.boot.only, want, holding };
  }
}
