/**
 * The item in hand and everything a person has done to it. Signals, no DOM: views and tools read it and act on it,
 * and every act goes through `change`, so that it can be undone.
 */
import { batch, computed, signal } from "@preact/signals";
import { getKind, kindOf } from "../kinds";
import { type EachAnswer, ITEM, isEach, isOfParts, TURN, withPart } from "../kinds/each";
import { type Answer, type Answers, CodecError } from "../kinds/kind";
import { Asking, findAsked, putAway } from "./asking";
import type { Field, Label, Rulebook, Task } from "./boot";
import { findProblems } from "./checks";
import { History } from "./history";
import { type Corner, Outline } from "./outline";
import { findOrphaned, firstTurn } from "./partwork";

export interface ChangeOptions {
  readonly selected?: string | null;
  readonly merge?: string;
  /** Who made it, where it was not the person. */
  readonly by?: string;
  /** It goes along with another change: the hand stays where it is. */
  readonly along?: boolean;
  /** The corner in hand afterwards, where the change decides it. */
  readonly corner?: Corner | null;
}

export class Session {
  readonly task = signal<Task | null>(null);
  readonly answers = signal<Answers>({});
  /** Where answers can only be read: called in the place of every change of one. */
  refuses: (() => void) | null = null;
  readonly fieldId = signal("");
  /** The shape that is selected, of the active field. */
  readonly selected = signal<string | null>(null);
  /** The label in hand for each field: what the next shape gets. */
  readonly inHand = signal<Readonly<Record<string, string>>>({});
  /** The label under the pointer in the list. */
  readonly pointed = signal<string | null>(null);
  /** The clause that was picked in the rule panel. */
  readonly clause = signal<string | null>(null);
  readonly cited = signal<readonly string[]>([]);
  /** Only the shape in hand is shown. */
  readonly alone = signal(false);
  /** Points that are put near a corner, an edge or the border go onto it. */
  readonly snap = signal(false);
  /** A finger is at work, which needs more room than a mouse or a pen. */
  readonly coarse = signal(false);
  readonly history = new History();
  /** What is being drawn point by point, of the active field. */
  readonly outline = new Outline();
  readonly canUndo = computed(() => this.outline.points.value.length > 0 || this.history.done.value.length > 0);
  readonly canRedo = computed(() => this.outline.gone.value.length > 0 || this.history.undone.value.length > 0);
  /** Who is at work: what is shown in an order of each person's own is shown in theirs. */
  person = 0;
  /** What of the answers is painted: all of it, what is a person's own, or what is only suggested. */
  layer: "own" | "suggested" | null = null;
  private step: number | null = null;
  private steps = 0;
  readonly labels: ReadonlyMap<string, Label>;
  /** The field that is drawn or read: of one that is asked of marked things, the field that marks them. */
  readonly field = computed<Field>(() => this.getField(this.rootOf(this.fieldId.value)));
  /** The field whose answer the keyboard gives. */
  readonly active = computed<Field>(() => this.getField(this.fieldId.value));
  /** The turn of a dialogue that the hand is on, from 1. */
  readonly turn = signal("1");
  /** What the rulebook asks of the item, given the answers so far. */
  readonly asking = computed(() => {
    const item = this.task.value?.item;
    return item ? findAsked(this.rulebook.fields, this.answers.value, item) : new Asking();
  });
  readonly problems = computed(() => {
    const item = this.task.value?.item;
    return item ? findProblems(this.rulebook, this.answers.value, item, this.asking.value) : [];
  });

  constructor(
    readonly rulebook: Rulebook,
    private readonly now: () => number = Date.now,
  ) {
    this.labels = new Map(rulebook.labels.map((label) => [label.id, label]));
    this.fieldId.value = rulebook.fields[0]?.id ?? "";
    const first = rulebook.fields.map((field) => [field.id, field.labels[0] ?? ""]);
    this.inHand.value = Object.fromEntries(first) as Record<string, string>;
  }

  getField(id: string): Field {
    const field = this.rulebook.fields.find((each) => each.id === id);
    if (!field) throw new Error(`no such field: ${id}`);
    return field;
  }

  open(task: Task | null): void {
    batch(() => {
      this.task.value = task;
      this.answers.value = task ? readAnswers(this.rulebook, task.answers) : {};
      this.fieldId.value = this.rulebook.fields[0]?.id ?? "";
      this.selected.value = null;
      this.pointed.value = null;
      this.clause.value = null;
      this.cited.value = [];
      this.alone.value = false;
      this.outline.clear();
      this.history.clear();
      this.turn.value = firstTurn(this);
    });
  }

  /** The answer in hand: of a field that is asked of parts, the answer for the part that the hand is on. */
  answer(field: Field): Answer {
    const answer = this.answers.value[field.id];
    if (!isOfParts(field)) return answer ?? getKind(field.kind).empty();
    return this.answerOf(field, this.partOf(field));
  }

  answerOf(field: Field, part: string | null): Answer {
    const answer = this.answers.value[field.id];
    return (part !== null && isEach(answer) && answer.answers[part]) || getKind(field.kind).empty();
  }

  /** An answer in a few words. */
  summaryOf(field: Field, answer: Answer): string {
    return getKind(field.kind).summary(answer, this.labels);
  }

  /** The part that the hand is on, of what the field is asked of; null where it is on none. */
  partOf(field: Field): string | null {
    return field.target === TURN
      ? this.turn.value
      : this.rootOf(this.fieldId.value) === field.target
        ? this.selected.value
        : null;
  }

  /** Whether the field is asked here: of the item, or of the part that the hand is on. */
  isAsked(field: Field): boolean {
    return isOfParts(field)
      ? this.asking.value.asksOf(field, this.partOf(field))
      : this.asking.value.fields.has(field.id);
  }

  private rootOf(id: string): string {
    const { target } = this.getField(id);
    return target === ITEM || target === TURN ? id : target;
  }

  /** The one door for changing an answer; what is said of parts that go with the change goes in the same act. */
  change(field: Field, after: Answer, options: ChangeOptions = {}): void {
    if (isOfParts(field) && !isEach(after)) {
      const part = this.partOf(field);
      if (part === null) return;
      const said = getKind(field.kind).isEmpty(after) ? null : after;
      const whole = (this.answers.value[field.id] ?? kindOf(field).empty()) as EachAnswer;
      const merge = options.merge && { merge: `${options.merge} ${part}` };
      this.record(field, withPart(whole, part, said), { ...options, ...merge, selected: this.selected.value });
      return;
    }
    const orphaned = findOrphaned(this, field, after);
    if (orphaned.length === 0) {
      this.record(field, after, options);
      return;
    }
    this.together(() => {
      for (const each of orphaned) {
        this.record(each.field, each.answer, { selected: this.selected.value, along: true });
      }
      this.record(field, after, options);
    });
  }

  private record(field: Field, after: Answer, options: ChangeOptions): void {
    const before = this.answers.value[field.id];
    if (before === after || this.task.value === null) return;
    if (this.refuses) {
      this.refuses();
      return;
    }
    const selectedAfter = options.selected === undefined ? this.selected.value : options.selected;
    this.history.record({
      field: field.id,
      before,
      after,
      selectedBefore: this.selected.value,
      selectedAfter,
      cornerBefore: this.outline.corner.value,
      cornerAfter: options.corner === undefined ? this.outline.corner.value : options.corner,
      merge: options.merge ?? null,
      ...(this.step !== null && { together: this.step }),
      ...(options.by !== undefined && { by: options.by }),
      ...(options.along && { along: true }),
      at: this.now(),
    });
    this.put(field.id, after, selectedAfter, options.along);
    if (options.corner !== undefined) this.outline.corner.value = options.corner;
  }

  /** The changes that `run` makes are one step of undo. */
  together(run: () => void): void {
    if (this.step !== null) {
      run();
      return;
    }
    this.steps += 1;
    this.step = this.steps;
    try {
      batch(run);
    } finally {
      this.step = null;
    }
  }

  undo(): void {
    if (this.outline.back()) return;
    this.outline.clear();
    batch(() => {
      for (const change of this.history.back()) {
        if (change.cited) this.cited.value = change.cited.before;
        else {
          this.put(change.field, change.before, change.selectedBefore, change.along);
          this.outline.corner.value = change.cornerBefore ?? null;
        }
      }
    });
  }

  redo(): void {
    if (this.outline.forth()) return;
    batch(() => {
      for (const change of this.history.forth()) {
        if (change.cited) this.cited.value = change.cited.after;
        else {
          this.put(change.field, change.after, change.selectedAfter, change.along);
          this.outline.corner.value = change.cornerAfter ?? null;
        }
      }
    });
  }

  /** A label's key or button: takes the label in hand and lets the field's kind do with it what it does. */
  press(field: Field, label: string): void {
    batch(() => {
      const selected = field.id === this.field.value.id ? this.selected.value : null;
      if (this.rootOf(field.id) !== this.field.value.id) this.activate(field.id);
      this.inHand.value = { ...this.inHand.value, [field.id]: label };
      const applied = getKind(field.kind).press(this.answer(field), label, field, selected);
      if (applied) this.change(field, applied.answer, { selected: applied.selected });
    });
  }

  activate(field: string): void {
    if (field === this.fieldId.value) return;
    const stays = this.rootOf(field) === this.rootOf(this.fieldId.value);
    this.fieldId.value = field;
    if (stays) return;
    this.selected.value = null;
    this.outline.clear();
  }

  cite(clause: string): void {
    const before = this.cited.value;
    const after = before.includes(clause) ? before.filter((each) => each !== clause) : [...before, clause];
    const field = this.fieldId.value;
    const selected = this.selected.value;
    const still = { field, selectedBefore: selected, selectedAfter: selected, merge: null, at: this.now() };
    this.history.record({ ...still, before: undefined, after: undefined, cited: { before, after } });
    this.cited.value = after;
  }

  /** The answers as the server takes them: gaps are left out, "nothing here" is said where the kind can say it. */
  encoded(answers: Answers = this.answers.value): Record<string, unknown> {
    const out: Record<string, unknown> = {};
    const item = this.task.value?.item;
    const asking = item ? findAsked(this.rulebook.fields, answers, item) : this.asking.value;
    const kept = putAway(this.rulebook.fields, answers, asking);
    for (const field of this.rulebook.fields) {
      const kind = kindOf(field);
      const answer = kept[field.id] ?? kind.empty();
      if ((kind.emptyCounts && asking.asks(field)) || !kind.isEmpty(answer)) out[field.id] = kind.encode(answer);
    }
    return out;
  }

  private put(field: string, answer: Answer | undefined, selected: string | null, along = false): void {
    batch(() => {
      const { [field]: _, ...others } = this.answers.value;
      this.answers.value = answer === undefined ? others : { ...others, [field]: answer };
      if (along) return;
      if (this.rootOf(field) !== this.field.value.id) this.activate(field);
      this.selected.value = selected;
    });
  }
}

/** Wire answers of a draft or an earlier revision; what this rulebook cannot read is left out, not guessed. */
export function readAnswers(rulebook: Rulebook, wire: Task["answers"]): Answers {
  const out: Record<string, Answer> = {};
  for (const field of rulebook.fields) {
    const value = wire?.[field.id];
    if (value === undefined || value === null) continue;
    try {
      out[field.id] = kindOf(field).decode(value);
    } catch (error) {
      if (!(error instanceof CodecError)) throw error;
    }
  }
  return out;
}
