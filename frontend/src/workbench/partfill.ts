/**
 * Suggested answers about parts: the intent of a turn, whether a suggested box is occluded. Each part's answer is a
 * suggestion by itself; it is as sure as the part that it is about, at most.
 */
import { getKind } from "../kinds";
import { type EachAnswer, isEach, TURN, withPart } from "../kinds/each";
import type { Answer } from "../kinds/kind";
import type { Field, Suggestion } from "./boot";
import { isSuggested, labelsOf, markSuggested } from "./suggested";

type Scores = Readonly<Record<string, number>>;

/** How sure the suggestion is of a part, or of what it says about one; what bears no score is sure. */
export function scoreOf({ scores }: Suggestion, field: Field, id: string): number {
  const own = scores[field.id]?.[id] ?? 1;
  return field.target === TURN ? own : Math.min(own, scores[field.target]?.[id] ?? 1);
}

/** The wire's answers without those of labels that this rulebook does not have and those that are not sure enough. */
export function shownParts(field: Field, wire: object, suggestion: Suggestion, below: number): unknown {
  const { answers } = wire as { answers?: unknown };
  if (typeof answers !== "object" || answers === null) return wire;
  const kept = Object.entries(answers as Record<string, object>).filter(([part, one]) => {
    return (
      labelsOf(one ?? {}).every((label) => field.labels.includes(label)) && scoreOf(suggestion, field, part) >= below
    );
  });
  return { ...wire, answers: Object.fromEntries(kept) };
}

/** The parts whose answer is as it was suggested look so. */
export function markParts(field: Field, answer: Answer, whole: Answer, scores: Scores): void {
  if (!isEach(answer) || !isEach(whole)) return;
  const { encode, isEmpty } = getKind(field.kind);
  for (const [part, one] of Object.entries(answer.answers)) {
    const given = whole.answers[part];
    if (given && !isEmpty(one) && JSON.stringify(encode(one)) === JSON.stringify(encode(given))) {
      markSuggested(one, scores[part] ?? null);
    }
  }
}

/** The parts whose answer is still a suggestion; turns in their order. */
export function suggestedParts(answer: Answer | undefined): readonly string[] {
  if (!isEach(answer)) return [];
  const parts = Object.entries(answer.answers).flatMap(([part, one]) => (isSuggested(one) ? [part] : []));
  return answer.of === TURN ? parts.sort((a, b) => Number(a) - Number(b)) : parts;
}

export function withoutSuggested(answer: EachAnswer): EachAnswer {
  return suggestedParts(answer).reduce((left, part) => withPart(left, part, null), answer);
}

/** The answers under another threshold: suggested ones below it go, those that only the earlier one hid come. */
export function rethresholdParts(
  field: Field,
  here: Answer | undefined,
  whole: Answer | undefined,
  suggestion: Suggestion,
  [before, below]: readonly [number, number],
): EachAnswer | null {
  if (!isEach(whole)) return null;
  const was: EachAnswer = isEach(here) ? here : { ...whole, answers: {} };
  const score = (part: string) => scoreOf(suggestion, field, part);
  const gone = suggestedParts(was).filter((part) => score(part) < below);
  const back = Object.entries(whole.answers).filter(([part]) => {
    return score(part) < before && score(part) >= below && was.answers[part] === undefined;
  });
  if (gone.length + back.length === 0) return null;
  for (const [part, one] of back) markSuggested(one, suggestion.scores[field.id]?.[part] ?? null);
  const left = gone.reduce((each, part) => withPart(each, part, null), was);
  return back.reduce((each, [part, one]) => withPart(each, part, one), left);
}
