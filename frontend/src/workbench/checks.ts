/** What is wrong with the answers so far: gaps, and the rulebook's checks that do not hold. */
import { ExpressionError, holds } from "../expr/evaluate";
import { getKind, kindOf } from "../kinds";
import { type EachAnswer, isEach, isOfParts } from "../kinds/each";
import type { Answer, Answers, Unit } from "../kinds/kind";
import { type Asking, findAsked, putAway, resolveAll, toldOfAnswer } from "./asking";
import type { Check, Field, Item, Rulebook } from "./boot";

export interface Problem {
  readonly field: string;
  readonly shape: string | null;
  /** The check that failed, or null for a required field without an answer. */
  readonly check: Check | null;
}

export function findProblems(
  rulebook: Rulebook,
  given: Answers,
  item: Item,
  asking: Asking = findAsked(rulebook.fields, given, item),
): Problem[] {
  const answers = resolveAll(rulebook.fields, putAway(rulebook.fields, given, asking));
  return [
    ...findGaps(rulebook, answers, asking),
    ...findFaults(rulebook, answers),
    ...rulebook.checks.flatMap((check) => failures(rulebook, check, answers, item, asking)),
  ];
}

/** What must be answered and is not: fields of the item, and parts of it. */
function findGaps(rulebook: Rulebook, answers: Answers, asking: Asking): Problem[] {
  return rulebook.fields.flatMap((field) =>
    isOfParts(field)
      ? lackingParts(field, answers[field.id], asking).map((shape) => ({ field: field.id, shape, check: null }))
      : wholeGap(field, answers, asking),
  );
}

/** The parts that the field is asked of and that have no answer, in their order; none where it may be left out. */
export function lackingParts(field: Field, answer: Answer | undefined, asking: Asking): string[] {
  if (!field.required) return [];
  const said = isEach(answer) ? answer.answers : {};
  const kind = getKind(field.kind);
  const parts = asking.parts.get(field.id) ?? [];
  return parts.flatMap(({ id }) => (said[id] === undefined || kind.isEmpty(said[id]) ? [id] : []));
}

function wholeGap(asked: Field, answers: Answers, asking: Asking): Problem[] {
  return [asked]
    .filter((field) => {
      if (!asking.fields.has(field.id)) return false;
      const kind = getKind(field.kind);
      return field.required && !kind.emptyCounts && kind.isEmpty(answers[field.id] ?? kind.empty());
    })
    .map((field) => ({ field: field.id, shape: null, check: null }));
}

/** What no rulebook needs to forbid, told as a check that every rulebook has. */
function findFaults(rulebook: Rulebook, answers: Answers): Problem[] {
  return rulebook.fields.flatMap((field) => {
    const answer = answers[field.id];
    const faults = (answer && kindOf(field).faults?.(answer, field)) ?? [];
    return faults.map(({ id, shape, text }) => {
      const message = { zh: text, en: text };
      const check: Check = { id, field: field.id, when: null, expect: ["bool", true], message, clause: null };
      return { field: field.id, shape, check };
    });
  });
}

function failures(rulebook: Rulebook, check: Check, answers: Answers, item: Item, asking: Asking): Problem[] {
  const field = rulebook.fields.find((each) => each.id === check.field);
  const answer = answers[check.field];
  if (!field || !answer) return [];
  if (isEach(answer)) return failuresOfParts(field, check, answer, item, asking);
  const units = getKind(field.kind).units(answer, item);
  return units.filter((unit) => fails(check, unit)).map(({ shape }) => ({ field: field.id, shape, check }));
}

function failuresOfParts(field: Field, check: Check, answer: EachAnswer, item: Item, asking: Asking): Problem[] {
  return (asking.parts.get(field.id) ?? []).flatMap((part) => {
    const one = answer.answers[part.id];
    if (one === undefined) return [];
    const told = toldOfAnswer(field, one, part, item);
    const units = getKind(field.kind).units(one, item);
    const failed = units.some(({ env }) => fails(check, { shape: part.id, env: { ...told, ...env } }));
    return failed ? [{ field: field.id, shape: part.id, check }] : [];
  });
}

/** A check that this page cannot evaluate does not block a person; the server has the last word. */
function fails(check: Check, { env }: Unit): boolean {
  try {
    return (check.when === null || holds(check.when, env)) && !holds(check.expect, env);
  } catch (error) {
    if (error instanceof ExpressionError) return false;
    throw error;
  }
}
