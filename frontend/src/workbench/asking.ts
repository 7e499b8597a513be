/**
 * What of a rulebook is asked of the item in hand: which fields, of which parts, given what was answered so far. The
 * server decides it in just the same way; both are held to `tests/rulebooks/fixtures/conditions.json`.
 */
import { type Ast, type Env, ExpressionError, holds, type Told } from "../expr/evaluate";
import { getKind, kindOf } from "../kinds";
import { type EachAnswer, isEach, isOfParts, onlyParts, TURN } from "../kinds/each";
import type { Answer, Answers } from "../kinds/kind";
import type { Field, Item } from "./boot";
import { turnsOf } from "./dialogue";

/** One part of an item: its id, and what conditions and checks can read of it. */
export interface PartAsked {
  readonly id: string;
  readonly told: Env;
}

export class Asking {
  /** The fields that are asked of the whole item. */
  readonly fields = new Set<string>();
  /** The parts of which a field is asked. */
  readonly parts = new Map<string, readonly PartAsked[]>();

  asks(field: Field): boolean {
    return this.fields.has(field.id) || (this.parts.get(field.id)?.length ?? 0) > 0;
  }

  asksOf(field: Field, part: string | null): boolean {
    return part !== null && (this.parts.get(field.id) ?? []).some((each) => each.id === part);
  }
}

export function findAsked(fields: readonly Field[], answers: Answers, item: Item): Asking {
  const asking = new Asking();
  const there = new Map<string, readonly PartAsked[]>();
  const kept: Record<string, Answer> = {};
  fields.forEach((field, at) => {
    const above = fields.slice(0, at);
    if (isOfParts(field)) {
      const parts = there.get(field.target) ?? partsOf(field.target, fields, kept, item);
      there.set(field.target, parts);
      asking.parts.set(field.id, partsAsked(field, above, kept, item, parts));
    } else if (leansOnAsked(field, asking) && (!field.when || isHeld(field.when, toldOfItem(above, kept, item)))) {
      asking.fields.add(field.id);
    }
    const answer = answers[field.id];
    if (answer && asking.asks(field)) kept[field.id] = shareAsked(answer, asking.parts.get(field.id));
  });
  return asking;
}

/** What speaks of another field's marks is asked where that field is. */
function leansOnAsked(field: Field, asking: Asking): boolean {
  const of = getKind(field.kind).leans?.on(field);
  return of === undefined || asking.fields.has(of);
}

/** The answers, those that lean on others with what they read in them. */
export function resolveAll(fields: readonly Field[], answers: Answers): Answers {
  const leaning = fields.filter((field) => answers[field.id] && getKind(field.kind).leans);
  if (leaning.length === 0) return answers;
  const resolved = leaning.map((field) => {
    const leans = getKind(field.kind).leans;
    const answer = answers[field.id] as Answer;
    return [field.id, leans?.resolved(answer, field, answers[leans.on(field)]) ?? answer] as const;
  });
  return { ...answers, ...Object.fromEntries(resolved) };
}

/** The answers without those that are not asked. */
export function putAway(fields: readonly Field[], answers: Answers, asking: Asking): Answers {
  const left: Record<string, Answer> = {};
  for (const field of fields) {
    const answer = answers[field.id];
    if (answer && asking.asks(field)) left[field.id] = shareAsked(answer, asking.parts.get(field.id));
  }
  return left;
}

/** What a check of a field that is asked of parts can read beside its kind's own variables. */
export function toldOfAnswer(field: Field, answer: Answer, part: PartAsked, item: Item): Env {
  const own = field.told_of_part ? { [field.id]: read(field, answer, field.told_of_part, item) } : {};
  return { ...own, ...part.told };
}

function shareAsked(answer: Answer, parts: readonly PartAsked[] | undefined): Answer {
  return parts && isEach(answer) ? onlyParts(answer, new Set(parts.map((part) => part.id))) : answer;
}

function partsOf(target: string, fields: readonly Field[], answers: Answers, item: Item): readonly PartAsked[] {
  if (target === TURN) {
    return turnsOf(item).map(({ speaker }, at) => ({ id: String(at + 1), told: { speaker, turn: at + 1 } }));
  }
  const parent = fields.find((field) => field.id === target);
  const answer = answers[target];
  if (!parent || !answer) return [];
  return getKind(parent.kind)
    .units(answer, item)
    .flatMap(({ shape, env }) => (shape === null ? [] : [{ id: shape, told: { label: env.label ?? "" } }]));
}

function partsAsked(
  field: Field,
  above: readonly Field[],
  answers: Answers,
  item: Item,
  parts: readonly PartAsked[],
): readonly PartAsked[] {
  const { when } = field;
  if (!when || parts.length === 0) return parts;
  const whole = toldOfItem(above, answers, item);
  const siblings = above.filter((other) => other.target === field.target);
  return parts.filter((part) => isHeld(when, { ...whole, ...toldOfPart(part, siblings, answers, item) }));
}

/** A condition that this page cannot read asks nothing; the server has the last word. */
function isHeld(when: Ast, env: Env): boolean {
  try {
    return holds(when, env);
  } catch (error) {
    if (error instanceof ExpressionError) return false;
    throw error;
  }
}

function toldOfItem(above: readonly Field[], answers: Answers, item: Item): Env {
  const told = above.flatMap((field) =>
    field.told ? [[field.id, read(field, answers[field.id], field.told, item)] as const] : [],
  );
  return Object.fromEntries(told);
}

function toldOfPart(part: PartAsked, siblings: readonly Field[], answers: Answers, item: Item): Env {
  const own = siblings.flatMap((field) => {
    const answer = answers[field.id];
    const said = isEach(answer) ? answer.answers[part.id] : undefined;
    return field.told_of_part ? [[field.id, read(field, said, field.told_of_part, item)] as const] : [];
  });
  return { ...Object.fromEntries(own), ...part.told };
}

/** What a condition reads of an answer. Of none: no label, no labels, not a number. */
function read(field: Field, answer: Answer | undefined, told: "text" | "texts" | "number", item: Item): Told {
  if (told === "number") {
    const value = answer && getKind(field.kind).units(answer, item)[0]?.env.value;
    return typeof value === "number" ? value : Number.NaN;
  }
  const labels = answer ? labelsOf(field, answer, item) : [];
  return told === "text" ? (labels[0] ?? "") : labels;
}

function labelsOf(field: Field, answer: Answer, item: Item): string[] {
  const each = isEach(answer) ? Object.values((answer as EachAnswer).answers) : [answer];
  const found = each.flatMap((one) => {
    const { labels } = one as { labels?: unknown };
    if (Array.isArray(labels)) return labels.map(String);
    const kind = isEach(one) ? kindOf(field) : getKind(field.kind);
    return kind.units(one, item).flatMap(({ env }) => (typeof env.label === "string" ? [env.label] : []));
  });
  return [...new Set(found)].sort();
}
