/** What is wrong with the answers so far: gaps, and the rulebook's checks that do not hold. */
import { ExpressionError, holds } from "../expr/evaluate";
import { getKind } from "../kinds";
import type { Answers, Unit } from "../kinds/kind";
import type { Check, Item, Rulebook } from "./boot";

export interface Problem {
  readonly field: string;
  readonly shape: string | null;
  /** The check that failed, or null for a required field without an answer. */
  readonly check: Check | null;
}

export function findProblems(rulebook: Rulebook, answers: Answers, item: Item): Problem[] {
  return [
    ...findGaps(rulebook, answers),
    ...findFaults(rulebook, answers),
    ...rulebook.checks.flatMap((check) => failures(rulebook, check, answers, item)),
  ];
}

function findGaps(rulebook: Rulebook, answers: Answers): Problem[] {
  return rulebook.fields
    .filter((field) => {
      const kind = getKind(field.kind);
      return field.required && !kind.emptyCounts && kind.isEmpty(answers[field.id] ?? kind.empty());
    })
    .map((field) => ({ field: field.id, shape: null, check: null }));
}

/** What no rulebook needs to forbid, told as a check that every rulebook has. */
function findFaults(rulebook: Rulebook, answers: Answers): Problem[] {
  return rulebook.fields.flatMap((field) => {
    const answer = answers[field.id];
    const faults = (answer && getKind(field.kind).faults?.(answer)) ?? [];
    return faults.map(({ id, shape, text }) => {
      const message = { zh: text, en: text };
      const check: Check = { id, field: field.id, when: null, expect: ["bool", true], message, clause: null };
      return { field: field.id, shape, check };
    });
  });
}

function failures(rulebook: Rulebook, check: Check, answers: Answers, item: Item): Problem[] {
  const field = rulebook.fields.find((each) => each.id === check.field);
  const answer = answers[check.field];
  if (!field || !answer) return [];
  const units = getKind(field.kind).units(answer, item);
  return units.filter((unit) => fails(check, unit)).map(({ shape }) => ({ field: field.id, shape, check }));
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
