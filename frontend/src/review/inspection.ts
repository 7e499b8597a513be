/**
 * An inspector's bench: the answer that is judged lies in the hand like one's own, on the same canvas and sheet. Changing
 * it is the correction; what was judged stays visible beneath. A verdict goes out like an annotator's answer: kept
 * here first, sent in order, once.
 */
import { batch, computed, effect, signal } from "@preact/signals";
import { t } from "../words";
import type { Action } from "../workbench/actions";
import { Bench, type BenchParts, type SubmitReply } from "../workbench/bench";
import type { Field, Task } from "../workbench/boot";
import { Other } from "../workbench/others";
import type { Entry } from "../workbench/outbox";
import { stayOnTurn } from "../workbench/partwork";
import type { Leased } from "../workbench/queue";
import { readAnswers } from "../workbench/session";
import { inspectionActs } from "./acts";
import type { InspectionBoot, Judged, Said, Tally } from "./boot";
import { encodeDifferences, findDifferences, guessType } from "./differences";
import { Kept } from "./kept";

export interface VerdictReply {
  readonly verdict: number;
  readonly tally: Tally;
}

type Saying = {
  readonly type: string | null;
  readonly severity: string;
  readonly clause: string | null;
  readonly note: string;
};

const JUDGED_COLOR = "#6b6f76";
const USUAL = "major";
/** Refusals of a verdict that came too late. */
const DECIDED = ["lot-decided", "acceptance-signed"];

export class Inspection extends Bench {
  declare readonly parts: BenchParts & { readonly boot: InspectionBoot };
  /** The type that was chosen; the correction may show one by itself. */
  readonly chosen = signal<string | null>(null);
  readonly severity = signal(USUAL);
  readonly note = signal("");
  readonly tally = signal<Tally>(this.boot.lot.tally);
  readonly showsJudged = signal(true);
  /** Counts the wishes to say what is wrong, so that the form can take the focus. */
  readonly stating = signal(0);

  readonly judged = computed<Judged | null>(() => this.session.task.value as Judged | null);
  readonly differences = computed(() => {
    const task = this.judged.value;
    const { rulebook, answers } = this.session;
    return task ? findDifferences(rulebook, readAnswers(rulebook, task.judged), answers.value) : [];
  });
  readonly type = computed(() => {
    const task = this.judged.value;
    return this.chosen.value ?? (task ? guessType(this.differences.value, this.boot.defects, task.item) : null);
  });
  /** Whether anything was said that a pass does not say. */
  readonly saysDefect = computed(() => this.differences.value.length > 0 || this.chosen.value !== null);
  /** What can be wrong with this item, each once. */
  readonly types = [
    ...new Map(
      Object.values(this.boot.defects)
        .flat()
        .map((each) => [each.id, each]),
    ).values(),
  ];
  private readonly beneath = computed(() => {
    const task = this.judged.value;
    const parts = { id: "judged", name: t("Judged"), color: JUDGED_COLOR, dashed: true };
    if (!task || this.differences.value.length === 0) return null;
    return new Other(
      { ...parts, answers: task.judged, apartFrom: this.session.encoded() },
      this.session.rulebook,
      task,
    );
  });
  private readonly given = new Set<number>();
  private outcome: "pass" | "defect" = "pass";
  private first: number | null;
  /** The place that was judged last on this page, as it was left. */
  private readonly before = signal<Judged | null>(null);
  private readonly kept: Kept<Saying>;
  readonly canGoBack = computed(() => this.before.value !== null);

  constructor(parts: BenchParts & { readonly boot: InspectionBoot }) {
    super(parts);
    this.first = this.boot.first;
    if (this.boot.reads)
      this.session.refuses = () =>
        this.say("warn", t("Answers can only be read here: say in the note what should be there."));
    this.kept = new Kept(
      parts.store,
      parts.boot.owner ?? "",
      () => this.saying(),
      (words) => this.put(words),
      () => this.judged.value,
    );
    effect(() => this.recall(this.judged.value));
    effect(() => {
      this.others.value = this.showsJudged.value && this.beneath.value ? [this.beneath.value] : [];
    });
    effect(() => this.keepOneClause());
  }

  get boot(): InspectionBoot {
    return this.parts.boot;
  }

  get clause(): string | null {
    return this.session.cited.value[0] ?? null;
  }

  override get ownActs(): readonly Action[] {
    return [...inspectionActs(this), ...this.unseen.acts];
  }

  override get lacks(): ReadonlySet<string> {
    return new Set(["submit", "mine", "repeat", "copy"]);
  }

  /** Right as it is. */
  pass(): void {
    if (this.judged.value === null) return;
    if (this.differences.value.length > 0) {
      this.say("warn", t("You changed the answer: judge it as a defect, or take your changes back."));
      return;
    }
    this.give("pass");
  }

  /** Wrong: what is missing for the verdict is asked for first. */
  defect(): void {
    if (this.judged.value === null) return;
    if (this.type.value === null) {
      this.say("warn", t("Say what is wrong first."));
      this.stating.value++;
      return;
    }
    this.give("defect");
  }

  /** The submit key: whatever was said so far. */
  override submit(): void {
    if (this.saysDefect.value) this.defect();
    else this.say("warn", t("Say first whether it passes or what is wrong."));
  }

  /** A label is chosen, never sent with it. */
  override press(field: Field, label: string): void {
    this.session.press(field, label);
    stayOnTurn(this.session, field);
  }

  /** Back to the answer as it was judged. */
  takeBack(): void {
    batch(() => {
      for (const { field, before } of this.differences.value) this.session.change(field, before, { selected: null });
      this.notice.value = null;
    });
  }

  worse(by: number): void {
    const ids = this.boot.severities.map((each) => each.id);
    const at = Math.min(ids.length - 1, Math.max(0, ids.indexOf(this.severity.value) - by));
    this.severity.value = ids[at] ?? USUAL;
  }

  protected override async fetchTasks(want: number): Promise<Leased> {
    const { api, boot } = this.parts;
    const first = this.first === null ? "" : `&item=${this.first}`;
    const found = await api.get<Leased>(`${boot.urls.tasks}?rulebook=${boot.rulebook.id}&want=${want}${first}`);
    this.first = null;
    return found;
  }

  /** A half-said verdict stays in this browser. */
  protected override sendDraft(): Promise<unknown> {
    return Promise.resolve();
  }

  /** A correction must be allowed like any answer, and may leave nothing; what was judged is judged as it is. */
  protected override blocked(task: Task): boolean {
    const wrong = this.differences.value.length > 0 && this.session.problems.value.length > 0;
    return wrong && super.blocked(task);
  }

  protected override more(): Entry["more"] {
    const found = this.outcome === "defect" ? this.differences.value : [];
    return { ...this.said(), ...(found.length > 0 && { correction: encodeDifferences(found) }) };
  }

  protected override async deliver(entry: Entry): Promise<SubmitReply> {
    const { id, task, more } = entry;
    const body = { id, item: task.item.id, revision: task.revision, ...more };
    const { verdict, tally } = await this.parts.api.send<VerdictReply>("POST", this.boot.urls.verdicts, body);
    this.tally.value = tally;
    return { annotation: { id: verdict, revision: task.revision + 1 }, tasks: [], left: tally.left };
  }

  protected override delivered(reply: SubmitReply): void {
    super.delivered(reply);
    void this.queue.fill();
  }

  protected override refused(entry: Entry): void {
    this.given.delete(entry.task.slot);
    if (!entry.refused || !DECIDED.includes(entry.refused.code)) {
      super.refused(entry);
      return;
    }
    this.outbox.drop(entry.id);
    this.closed.value = true;
    this.take(null);
    this.say("bad", `${entry.refused.message} ${entry.refused.next}`.trim());
  }

  /** Once more to the place that was judged last: what is said then becomes its new revision. */
  goBack(): void {
    const [before, now] = [this.before.value, this.judged.value];
    if (!before) return;
    if (now) this.queue.giveBack({ ...now, answers: this.session.encoded() });
    this.before.value = null;
    this.take(before);
  }

  /** What was given here may be in an answer that was on its way already; it is not laid again. */
  protected override get busy(): ReadonlySet<number> {
    return new Set([...super.busy, ...this.given]);
  }

  private give(outcome: "pass" | "defect"): void {
    const task = this.judged.value;
    this.outcome = outcome;
    const left = task && { ...task, answers: this.session.encoded(), revision: task.revision + 1, said: this.said() };
    super.submit();
    if (this.session.task.value === task || !task) return;
    this.before.value = left;
    this.given.add(task.slot);
    this.kept.forget(task);
  }

  private said(): Said {
    const wrong = this.outcome === "defect";
    const [type, severity, clause] = wrong ? [this.type.value, this.severity.value, this.clause] : [null, null, null];
    return { outcome: this.outcome, type, severity, clause, note: this.note.value.trim() || null };
  }

  /** What was said of this item before: in a refused verdict, or in the one that holds. */
  private recall(task: Judged | null): void {
    const back = this.outbox.refused.peek().find((entry) => entry.task.slot === task?.slot)?.more;
    const said = (back as Partial<Said> | undefined) ?? task?.said;
    const { type = null, severity, clause = null, note } = said ?? {};
    const words = { type, severity: severity ?? USUAL, clause, note: note ?? "" };
    this.showsJudged.value = true;
    if (task) void this.kept.begin(task, words, () => this.judged.peek() === task);
  }

  /** What the form says now. */
  private saying(): Saying {
    const [type, severity, note] = [this.chosen.value, this.severity.value, this.note.value];
    return { type, severity, clause: this.clause, note };
  }

  private put({ type, severity, clause, note }: Saying): void {
    batch(() => {
      this.chosen.value = type;
      this.severity.value = severity;
      this.note.value = note;
      this.session.cited.value = clause ? [clause] : [];
    });
  }

  /** A verdict rests on one clause: the one cited last. */
  private keepOneClause(): void {
    const cited = this.session.cited.value;
    if (cited.length > 1) this.session.cited.value = cited.slice(-1);
  }
}
