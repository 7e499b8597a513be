/**
 * An adjudicator's bench: several annotators' answers over one item, each in a colour of its own. One of them is picked, or
 * picked and corrected, or the right one is drawn; with its reason it becomes the ruling, sent like any answer: kept
 * here first, in order, once.
 */
import { batch, computed, effect, signal } from "@preact/signals";
import { kindOf } from "../kinds";
import type { Answer } from "../kinds/kind";
import { t } from "../words";
import type { Action } from "../workbench/actions";
import { Bench, type BenchParts, type SubmitReply } from "../workbench/bench";
import type { Field, Task } from "../workbench/boot";
import { Other } from "../workbench/others";
import type { Entry } from "../workbench/outbox";
import { stayOnTurn } from "../workbench/partwork";
import type { Leased } from "../workbench/queue";
import { readAnswers } from "../workbench/session";
import { withTexts } from "../workbench/texts";
import { adjudicationActs } from "./acts";
import type { AdjudicationBoot, Case, Voice } from "./boot";
import { Kept } from "./kept";

type Reason = { readonly text: string; readonly clause: string | null };

/** Told apart by people who see colours differently; the letters tell the rest. */
const COLORS = ["#0072b2", "#d55e00", "#009e73", "#b0508c", "#8a6d00", "#2f8fc4", "#7a5195", "#5b5f66", "#a3212e"];

export const colorOf = (place: number): string => COLORS[place % COLORS.length] ?? "#5b5f66";

export class Adjudication extends Bench {
  declare readonly parts: BenchParts & { readonly boot: AdjudicationBoot };
  /** Which answer was taken into the hand, by its place. */
  readonly picked = signal<number | null>(null);
  /** The one answer that is looked at alone; null for all of them. */
  readonly looking = signal<number | null>(null);
  readonly text = signal("");
  readonly showsNames = signal(false);
  /** Counts the wishes to write the reason. */
  readonly reasoning = signal(0);

  readonly case = computed<Case | null>(() => this.session.task.value as Case | null);
  readonly voices = computed<readonly Voice[]>(() => this.case.value?.voices ?? []);
  private readonly over = computed(() => {
    const task = this.case.value;
    const { rulebook } = this.session;
    return (task?.voices ?? []).map(({ letters, answers }, place) => {
      const parts = { id: `voice-${place}`, name: letters.join(" "), color: colorOf(place), answers };
      return new Other(parts, rulebook, task as Case);
    });
  });
  private first: number | null;
  private after = 0;
  private readonly given = new Set<number>();
  private readonly kept: Kept<Reason>;
  /** What was written on an item that came back. */
  private readonly written = new Map<number, string>();

  constructor(parts: BenchParts & { readonly boot: AdjudicationBoot }) {
    super(parts);
    this.first = this.boot.first;
    this.kept = new Kept<Reason>(
      parts.store,
      parts.boot.owner ?? "",
      () => ({ text: this.text.value, clause: this.clause }),
      ({ text, clause }) => {
        this.text.value = text;
        this.session.cited.value = clause ? [clause] : [];
      },
      () => this.case.value,
    );
    this.queue.left.value = this.boot.open;
    effect(() => this.begin(this.case.value));
    effect(() => {
      const [alone, picked] = [this.looking.value, this.picked.value];
      this.others.value = this.over.value.filter((_, at) => (alone === null ? at !== picked : at === alone));
    });
    effect(() => this.keepOneClause());
  }

  get boot(): AdjudicationBoot {
    return this.parts.boot;
  }

  get clause(): string | null {
    return this.session.cited.value[0] ?? null;
  }

  override get ownActs(): readonly Action[] {
    return [...adjudicationActs(this), ...this.unseen.acts];
  }

  override get lacks(): ReadonlySet<string> {
    return new Set(["submit", "mine", "repeat", "copy"]);
  }

  /** Take an annotator's answer into the hand, to rule it right or to correct it. */
  pick(place: number): void {
    const voice = this.voices.value[place];
    if (!voice) return;
    const { session } = this;
    const answers = readAnswers(session.rulebook, voice.answers);
    batch(() => {
      this.looking.value = null;
      this.picked.value = place;
      for (const field of session.rulebook.fields) this.put(field, answers[field.id]);
      session.selected.value = null;
      this.notice.value = null;
    });
  }

  /** Look at the next answer alone, and after the last at all of them. */
  look(by: number): void {
    const n = this.voices.value.length;
    const at = (this.looking.value ?? (by > 0 ? -1 : n)) + by;
    this.looking.value = at < 0 || at >= n ? null : at;
  }

  /** Rule: what lies in the hand is right, for the reason given. */
  override submit(): void {
    if (this.case.value === null) return;
    if (this.text.value.trim() === "" && this.clause === null) {
      this.say("warn", t("Say why: a sentence, or the clause that says it."));
      this.reasoning.value++;
      return;
    }
    const task = this.case.value;
    super.submit();
    if (this.case.value === task) return;
    this.given.add(task.slot);
    this.kept.forget(task);
  }

  /** A label is chosen, never ruled with it. */
  override press(field: Field, label: string): void {
    this.session.press(field, label);
    stayOnTurn(this.session, field);
  }

  /** Leave the item undecided for now. */
  later(): void {
    const task = this.session.task.value;
    if (!task) return;
    this.after = Math.max(this.after, task.slot);
    this.next();
  }

  override letGo(): void {
    super.letGo();
    this.looking.value = null;
  }

  protected override async fetchTasks(want: number): Promise<Leased> {
    const first = this.first === null ? "" : `&item=${this.first}`;
    const found = await this.fetchCases(`want=${want}&after=${this.after}${first}`);
    this.first = null;
    return { ...found, left: Math.max(0, this.boot.open - this.done.value) };
  }

  private fetchCases(query: string): Promise<Leased> {
    return this.parts.api.get<Leased>(`${this.boot.urls.cases}?${query}`);
  }

  protected override sendDraft(): Promise<unknown> {
    return Promise.resolve();
  }

  protected override more(task: Task): Entry["more"] {
    const { last, ruling } = task as Case;
    return { text: this.text.value.trim(), clause: this.clause, last, ruling: ruling?.id ?? 0 };
  }

  protected override async deliver(entry: Entry): Promise<SubmitReply> {
    const { id, task, answers, more } = entry;
    const url = `${this.boot.urls.cases}/${task.item.id}/ruling`;
    const { ruling } = await this.parts.api.send<{ ruling: number }>("POST", url, { id, answers, ...more });
    return { annotation: { id: ruling, revision: 1 }, tasks: [] };
  }

  protected override delivered(reply: SubmitReply): void {
    super.delivered(reply);
    void this.queue.fill();
  }

  protected override refused(entry: Entry): void {
    this.given.delete(entry.task.slot);
    this.written.set(entry.task.slot, String(entry.more?.text ?? ""));
    if (entry.refused?.code !== "case-changed") {
      super.refused(entry);
      return;
    }
    this.outbox.drop(entry.id);
    this.say("bad", `${entry.refused.message} ${entry.refused.next}`.trim());
    void this.comeAgain(entry);
  }

  /** The item as it is now, with what was said of it still in the hand. */
  private async comeAgain({ task, answers }: Entry): Promise<void> {
    const found = await this.fetchCases(`want=0&item=${task.item.id}`).catch(() => null);
    const [fresh] = await withTexts(found?.tasks ?? []);
    if (!fresh) return;
    this.queue.giveBack({ ...fresh, answers });
    if (this.session.task.value === null) this.next();
  }

  /** What was given here may be in an answer that was on its way already; it is not laid again. */
  protected override get busy(): ReadonlySet<number> {
    return new Set([...super.busy, ...this.given]);
  }

  private put(field: Field, answer: Answer | undefined): void {
    const { session } = this;
    session.change(field, answer ?? kindOf(field).empty(), { selected: null });
  }

  private begin(task: Case | null): void {
    const back = this.outbox.refused.peek().find((entry) => entry.task.slot === task?.slot)?.more;
    batch(() => {
      this.picked.value = null;
      this.looking.value = null;
    });
    const text = this.written.get(task?.slot ?? -1) ?? String(back?.text ?? "");
    const clause = typeof back?.clause === "string" ? back.clause : null;
    if (task) void this.kept.begin(task, { text, clause }, () => this.case.peek() === task);
  }

  private keepOneClause(): void {
    const cited = this.session.cited.value;
    if (cited.length > 1) this.session.cited.value = cited.slice(-1);
  }
}
