/**
 * Answers that are asked of each part: an answer of the field's own kind for every turn of a dialogue, or for every
 * thing that another field marks. A part without an answer is absent.
 */
import type { Field } from "../workbench/boot";
import { type Answer, CodecError, type Kind, members } from "./kind";

export const ITEM = "item";
export const TURN = "turn";

export interface EachAnswer extends Answer {
  readonly kind: "each";
  readonly of: string;
  readonly answers: Readonly<Record<string, Answer>>;
}

const LONGEST_ID = 64;

export const isOfParts = (field: Field): boolean => field.target !== ITEM;

export function isEach(answer: Answer | undefined): answer is EachAnswer {
  return answer?.kind === "each";
}

/** The answer with `part` answered, or without an answer for it. */
export function withPart(answer: EachAnswer, part: string, said: Answer | null): EachAnswer {
  const { [part]: _, ...others } = answer.answers;
  return { ...answer, answers: said === null ? others : { ...others, [part]: said } };
}

/** The answer with these parts alone. */
export function onlyParts(answer: EachAnswer, kept: ReadonlySet<string>): EachAnswer {
  const left = Object.entries(answer.answers).filter(([part]) => kept.has(part));
  return left.length === Object.keys(answer.answers).length ? answer : { ...answer, answers: Object.fromEntries(left) };
}

/** The kind of a field's whole answer: its own, put together for each part where it is asked of parts. */
export function eachOf(field: Field, inner: Kind<Answer>): Kind<Answer> {
  return {
    id: "each",
    icon: inner.icon,
    emptyCounts: false,
    empty: () => ({ kind: "each", of: field.target, answers: {} }) as EachAnswer,
    isEmpty: (answer) => Object.keys((answer as EachAnswer).answers).length === 0,
    decode: (wire) => decodeEach(wire, field.target, inner),
    encode: (answer) => encodeEach(answer as EachAnswer, inner),
    summary(answer, labels) {
      const said = Object.values((answer as EachAnswer).answers).map((one) => inner.summary(one, labels));
      const counts = new Map<string, number>();
      for (const one of said) counts.set(one, (counts.get(one) ?? 0) + 1);
      return [...counts].map(([one, n]) => `${one} ×${n}`).join(" · ");
    },
    ...(inner.whole && {
      whole: (answer: Answer) => {
        const parts = Object.entries((answer as EachAnswer).answers);
        return parts.map(([part, one]) => `${part}: ${inner.whole?.(one)}`).join("\n");
      },
    }),
    units(answer, item) {
      const parts = Object.entries((answer as EachAnswer).answers);
      return parts.flatMap(([part, one]) => inner.units(one, item).map(({ env }) => ({ shape: part, env })));
    },
    press: () => null,
    lit: () => [],
    actions: [],
    settle: (answer, of) => settleEach(answer as EachAnswer, of, inner),
    faults(answer, of) {
      const parts = Object.entries((answer as EachAnswer).answers);
      return parts.flatMap(([part, one]) => (inner.faults?.(one, of) ?? []).map((each) => ({ ...each, shape: part })));
    },
  };
}

function settleEach(answer: EachAnswer, field: Field, inner: Kind<Answer>): EachAnswer {
  const parts = Object.entries(answer.answers).map(([part, one]) => [part, inner.settle?.(one, field) ?? one] as const);
  const same = parts.every(([part, one]) => one === answer.answers[part]);
  return same ? answer : { ...answer, answers: Object.fromEntries(parts) };
}

function decodeEach(wire: unknown, of: string, inner: Kind<Answer>): EachAnswer {
  const { kind, of: given, answers } = members(wire, ["kind", "of", "answers"]);
  if (kind !== "each" || given !== of) throw new CodecError("not answers of these parts");
  if (typeof answers !== "object" || answers === null || Array.isArray(answers)) {
    throw new CodecError("answers must be an object");
  }
  const parts = Object.entries(answers as Record<string, unknown>).map(([part, one]) => {
    if (part.length < 1 || part.length > LONGEST_ID) throw new CodecError("a part's id has 1 to 64 characters");
    return [part, inner.decode(one)] as const;
  });
  return { kind: "each", of, answers: Object.fromEntries(parts) };
}

function encodeEach({ kind, of, answers }: EachAnswer, inner: Kind<Answer>): unknown {
  const said = Object.entries(answers).filter(([, one]) => inner.emptyCounts || !inner.isEmpty(one));
  return { kind, of, answers: Object.fromEntries(said.map(([part, one]) => [part, inner.encode(one)])) };
}
