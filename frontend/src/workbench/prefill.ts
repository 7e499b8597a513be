/**
 * Suggestions in the hand. What somebody (a model, an earlier round) suggests is in the answer from the start, and looks
 * suggested until a person makes it theirs; the submit key accepts what is left. Every act is a change that can be undone.
 */
import { batch, computed, effect, signal } from "@preact/signals";
import { getKind } from "../kinds";
import { isEach, isOfParts, withPart } from "../kinds/each";
import type { Answer } from "../kinds/kind";
import { t } from "../words";
import type { Action } from "./actions";
import type { Bench } from "./bench";
import type { Field, Suggestion, Task } from "./boot";
import { markParts, rethresholdParts, scoreOf, shownParts, suggestedParts, withoutSuggested } from "./partfill";
import { goTo } from "./partwork";
import { readAnswers } from "./session";
import { isSuggested, labelsOf, markSuggested, type Part, partsOf, suggestedIn, withParts } from "./suggested";

/** One suggested thing: a part of a field's answer, or (part null) the answer as a whole. */
export interface Pending {
  readonly field: Field;
  readonly part: Part | null;
  /** The turn or the marked thing that the answer is about, of a field that is asked of parts. */
  readonly about: string | null;
}

export class Prefill {
  readonly suggestion = computed<Suggestion | null>(() => this.bench.session.task.value?.suggestion ?? null);
  /** What is still only suggested, field by field. */
  readonly pending = computed<readonly Pending[]>(() => (this.suggestion.value ? this.list() : []));
  /** How many parts the threshold keeps out of sight. */
  readonly hidden = computed(() => {
    const below = this.bench.settings.hideBelow.value;
    const suggestion = this.suggestion.value;
    if (!suggestion) return 0;
    const scores = this.bench.session.rulebook.fields.flatMap((field) =>
      Object.keys(suggestion.scores[field.id] ?? {}).map((id) => scoreOf(suggestion, field, id)),
    );
    return scores.filter((score) => score < below).length;
  });

  /** Counts the items whose answers were compared with what is suggested. */
  private readonly marked = signal(0);

  constructor(private readonly bench: Bench) {
    effect(() => {
      const task = bench.session.task.value;
      if (!task?.suggestion) return;
      this.mark(task.suggestion);
      this.marked.value = this.marked.peek() + 1;
    });
  }

  /** The task with what is suggested as its answers, where nobody has begun on it. */
  filled(task: Task): Task {
    if (!task.suggestion || task.answers !== null) return task;
    return { ...task, answers: this.shown(task.suggestion, this.bench.settings.hideBelow.peek()) };
  }

  /** What the server is told beside the answers, to count what was out of sight as unseen. */
  more(task: Task): Readonly<Record<string, unknown>> | undefined {
    return task.suggestion ? { hidden_below: this.bench.settings.hideBelow.peek() } : undefined;
  }

  /** Whether the suggestion says of this field that there is nothing. */
  suggestsNothing(field: Field): boolean {
    const wire = this.suggestion.peek()?.answers[field.id];
    return wire !== undefined && wire !== null && partsOf(wire as object)?.length === 0;
  }

  /** The one that is looked at: what is selected, else the first. */
  get current(): Pending | undefined {
    return this.held ?? this.pending.peek()[0];
  }

  /** What is suggested of where the hand is: for the question in hand, else for what is selected. */
  private get held(): Pending | undefined {
    const { session } = this.bench;
    const pending = this.pending.peek();
    const [field, active, selected] = [session.field.peek(), session.active.peek(), session.selected.peek()];
    return (
      pending.find((each) => each.about !== null && each.field === active && each.about === session.partOf(active)) ??
      pending.find((each) => each.part !== null && each.field === field && each.part.id === selected)
    );
  }

  /** Make the current one a person's own, and look at the next. */
  accept(): void {
    this.settle(this.current, (part) => ({ ...part }));
  }

  /** Take the current one away, and look at the next. */
  reject(): void {
    this.settle(this.current, () => null);
  }

  /** Take away all that is still only suggested, as one step of undo. */
  rejectAll(): void {
    const { session } = this.bench;
    const fields = new Set(this.pending.peek().map((each) => each.field));
    batch(() =>
      session.together(() => {
        for (const field of fields) {
          const answer = isOfParts(field) ? session.answers.peek()[field.id] : session.answer(field);
          if (answer) session.change(field, without(field, answer), { selected: null });
        }
      }),
    );
  }

  step(by: number): void {
    const pending = this.pending.peek();
    const at = this.held ? pending.indexOf(this.held) : -1;
    this.look(pending[at < 0 ? (by > 0 ? 0 : pending.length - 1) : (at + by + pending.length) % pending.length]);
  }

  /** Hide what is less sure than `below`, and show again what was hidden only for that. */
  hideBelow(below: number): void {
    const { session, settings } = this.bench;
    const suggestion = this.suggestion.peek();
    const before = settings.hideBelow.peek();
    settings.hideBelow.value = below;
    if (!suggestion || below === before) return;
    const whole = readAnswers(session.rulebook, suggestion.answers);
    batch(() =>
      session.together(() => {
        for (const field of session.rulebook.fields.filter((each) => !isOfParts(each))) {
          const scores = this.scoresOf(field, suggestion);
          const answer = rethreshold(session.answer(field), whole[field.id], scores, [before, below]);
          if (answer) session.change(field, this.whole(field, answer), { selected: null });
        }
        for (const field of session.rulebook.fields.filter(isOfParts)) {
          const here = session.answers.peek()[field.id];
          const answer = rethresholdParts(field, here, whole[field.id], suggestion, [before, below]);
          if (answer) session.change(field, answer, { selected: session.selected.peek() });
        }
      }),
    );
  }

  /** Acts of a round with suggestions; their keys are kept free in all of it, so that no label's key moves. */
  get acts(): readonly Action[] {
    if (!this.bench.parts.boot.round.suggests) return [];
    const when = () => this.pending.value.length > 0;
    const several = () => this.pending.value.length > 1;
    const act = (id: string, keys: string[], label: () => string, run: () => void, alive = when): Action => {
      return { id, group: "item", label, keys, when: alive, run };
    };
    return [
      act(
        "accept-suggested",
        ["Y"],
        () => t("Accept the suggested one, and on to the next"),
        () => this.accept(),
      ),
      act(
        "reject-suggested",
        ["N"],
        () => t("Reject the suggested one, and on to the next"),
        () => this.reject(),
      ),
      act(
        "reject-all",
        ["Shift+Delete"],
        () => t("Reject everything suggested"),
        () => this.rejectAll(),
      ),
      act(
        "next-suggested",
        ["]"],
        () => t("Look at the next suggested one"),
        () => this.step(1),
        several,
      ),
      act(
        "last-suggested",
        ["["],
        () => t("Look at the suggested one before"),
        () => this.step(-1),
        several,
      ),
    ];
  }

  private list(): Pending[] {
    const { session } = this.bench;
    void session.answers.value;
    void this.marked.value;
    return session.rulebook.fields.flatMap((field): Pending[] => {
      if (isOfParts(field)) {
        const abouts = suggestedParts(session.answers.value[field.id]);
        return abouts
          .filter((about) => session.asking.value.asksOf(field, about))
          .map((about) => ({ field, part: null, about }));
      }
      const answer = session.answer(field);
      const whole = partsOf(answer) === null;
      return suggestedIn(answer).map((found) => ({ field, part: whole ? null : (found as Part), about: null }));
    });
  }

  private settle(pending: Pending | undefined, made: (part: Part | Answer) => Part | Answer | null): void {
    if (!pending) return;
    const { session } = this.bench;
    const { field, part, about } = pending;
    const at = this.pending.peek().indexOf(pending);
    if (about !== null) {
      const each = session.answers.peek()[field.id];
      if (!isEach(each)) return;
      const said = made(session.answerOf(field, about)) as Answer | null;
      this.put(field, withPart(each, about, said), at, session.selected.peek());
      return;
    }
    const answer = session.answer(field);
    const after = part
      ? withParts(
          answer,
          (partsOf(answer) ?? []).flatMap((each) => (each === part ? ((made(part) as Part) ?? []) : [each])),
        )
      : ((made(answer) as Answer | null) ?? getKind(field.kind).empty());
    this.put(field, after, at, null);
  }

  private put(field: Field, after: Answer, at: number, selected: string | null): void {
    batch(() => {
      this.bench.session.change(field, after, { selected });
      this.look(this.pending.value[at] ?? this.pending.value[0]);
    });
  }

  private look(pending: Pending | undefined): void {
    if (!pending) return;
    const { session } = this.bench;
    if (pending.about !== null) {
      goTo(session, pending.field, pending.about);
      session.activate(pending.field.id);
      return;
    }
    session.activate(pending.field.id);
    session.selected.value = pending.part?.id ?? null;
  }

  /** Without what leans on things that are not there, for a person has taken them away. */
  private whole(field: Field, answer: Answer): Answer {
    const leans = getKind(field.kind).leans;
    const { session } = this.bench;
    if (!leans) return answer;
    const there = new Set(partsOf(session.answer(session.getField(leans.on(field))))?.map(({ id }) => id));
    const left = partsOf(answer)?.filter((part) => leans.ends(part).every((end) => there.has(end)));
    return withParts(answer, left ?? []);
  }

  /** How sure each part is: a link no surer than the spans that it joins, and never where one is not shown at all. */
  private scoresOf(field: Field, { answers, scores }: Suggestion): Readonly<Record<string, number>> {
    const own = scores[field.id] ?? {};
    const leans = getKind(field.kind).leans;
    const [wire, below] = [answers[field.id], leans && answers[leans.on(field)]];
    if (!leans || typeof wire !== "object" || wire === null) return own;
    const on = leans.on(field);
    const labels = this.bench.session.getField(on).labels;
    const there = typeof below === "object" && below !== null ? (partsOf(below) ?? []) : [];
    const known = there.filter(({ label }) => label === undefined || labels.includes(label));
    const sure = new Map(known.map(({ id }) => [id, scores[on]?.[id] ?? 1]));
    const least = (part: Part) => Math.min(own[part.id] ?? 1, ...leans.ends(part).map((end) => sure.get(end) ?? -1));
    return Object.fromEntries((partsOf(wire) ?? []).map((part) => [part.id, least(part)]));
  }

  /** The suggested answers as the wire has them, without what this rulebook does not know and what is not sure enough. */
  private shown(suggestion: Suggestion, below: number): Task["answers"] {
    const { answers } = suggestion;
    const shown: Record<string, unknown> = {};
    for (const field of this.bench.session.rulebook.fields) {
      const wire = answers[field.id];
      if (typeof wire !== "object" || wire === null) continue;
      if (isOfParts(field)) {
        shown[field.id] = shownParts(field, wire, suggestion, below);
        continue;
      }
      const known = (label: string | undefined) => label === undefined || field.labels.includes(label);
      const scores = this.scoresOf(field, suggestion);
      const sure = ({ id }: Part) => (scores[id] ?? 1) >= below;
      const parts = partsOf(wire);
      if (parts)
        shown[field.id] = withParts(
          wire,
          parts.filter((part) => known(part.label) && sure(part)),
        );
      else if (labelsOf(wire).every(known)) shown[field.id] = wire;
    }
    return shown;
  }

  /** What of the answers in hand is still as it was suggested. */
  private mark({ answers, scores, confidence }: Suggestion): void {
    const { session } = this.bench;
    for (const field of session.rulebook.fields) {
      const wire = answers[field.id];
      const answer = session.answers.peek()[field.id];
      if (typeof wire !== "object" || wire === null || !answer) continue;
      const kind = getKind(field.kind);
      const whole = readAnswers(session.rulebook, { [field.id]: wire })[field.id];
      if (!whole) continue;
      if (isOfParts(field)) {
        markParts(field, answer, whole, scores[field.id] ?? {});
        continue;
      }
      const parts = partsOf(answer);
      if (parts === null) {
        if (same(kind.encode(answer), kind.encode(whole)) && !kind.isEmpty(answer)) markSuggested(answer, confidence);
        continue;
      }
      const suggested = new Map(partsOf(whole)?.map((part) => [part.id, part]));
      for (const part of parts) {
        if (same(part, suggested.get(part.id))) markSuggested(part, scores[field.id]?.[part.id] ?? null);
      }
    }
  }
}

function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function without(field: Field, answer: Answer): Answer {
  if (isEach(answer)) return withoutSuggested(answer);
  const parts = partsOf(answer);
  if (parts === null) return isSuggested(answer) ? getKind(field.kind).empty() : answer;
  return withParts(
    answer,
    parts.filter((part) => !isSuggested(part)),
  );
}

/** The answer under another threshold: suggested parts below it go, parts that only the earlier one hid come. */
function rethreshold(
  answer: Answer,
  whole: Answer | undefined,
  scores: Readonly<Record<string, number>>,
  [before, below]: readonly [number, number],
): Answer | null {
  const [here, all] = [partsOf(answer), whole && partsOf(whole)];
  if (!here || !all) return null;
  const score = ({ id }: Part) => scores[id] ?? 1;
  const left = here.filter((part) => !isSuggested(part) || score(part) >= below);
  const ids = new Set(here.map((part) => part.id));
  const back = all.filter((part) => score(part) < before && score(part) >= below && !ids.has(part.id));
  if (left.length === here.length && back.length === 0) return null;
  for (const part of back) markSuggested(part, score(part));
  return withParts(answer, [...left, ...back]);
}
