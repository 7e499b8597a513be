/** What differs between two answers that are asked of parts: each part by the name that people find it by. */
import { getKind, inFull, kindOf } from "../kinds";
import { isEach, TURN } from "../kinds/each";
import type { Answer, Answers } from "../kinds/kind";
import { pick, t } from "../words";
import type { Field } from "./boot";
import type { Session } from "./session";

export interface PartChange {
  readonly part: string;
  readonly name: string;
  readonly was: string;
  readonly is: string;
}

/** The parts whose answers differ, in their order; null where the field is not asked of parts. `answers` name the parts. */
export function partChanges(
  session: Session,
  field: Field,
  before: Answer | undefined,
  after: Answer | undefined,
  answers: Answers,
): PartChange[] | null {
  if (field.target === "item") return null;
  const [was, is] = [before, after].map((answer) => (isEach(answer) ? answer.answers : {}));
  const kind = getKind(field.kind);
  const wire = (one: Answer | undefined) => (one ? JSON.stringify(kind.encode(one)) : "");
  const say = (one: Answer | undefined) =>
    one ? (kind.whole?.(one) ?? kind.summary(one, session.labels)) || "–" : "–";
  const names = namesOf(session, field, answers);
  const place = (part: string) => (field.target === TURN ? Number(part) : [...names.keys()].indexOf(part));
  return [...new Set([...Object.keys(was ?? {}), ...Object.keys(is ?? {})])]
    .filter((part) => wire(was?.[part]) !== wire(is?.[part]))
    .sort((a, b) => place(a) - place(b))
    .map((part) => ({
      part,
      name: names.get(part) ?? (field.target === TURN ? t("Turn {n}", { n: Number(part) }) : part),
      was: say(was?.[part]),
      is: say(is?.[part]),
    }));
}

/** Marked things by their place and label. */
function namesOf({ rulebook, labels, task }: Session, field: Field, answers: Answers): ReadonlyMap<string, string> {
  const item = task.value?.item;
  const parent = rulebook.fields.find((each) => each.id === field.target);
  if (!parent || !item) return new Map();
  const kind = kindOf(parent);
  const units = kind.units(answers[parent.id] ?? kind.empty(), item);
  const named = units.flatMap(({ shape, env }, at) => {
    const label = labels.get(String(env.label ?? ""));
    return shape === null ? [] : [[shape, `${at + 1} ${label ? pick(label.name) : ""}`.trim()] as const];
  });
  return new Map(named);
}

/** The change of a field in one line each: of parts their own, else the whole. */
export function changeLines(
  session: Session,
  field: Field,
  before: Answer | undefined,
  after: Answer | undefined,
  answers: Answers,
): readonly { readonly name: string | null; readonly was: string; readonly is: string }[] {
  const parts = partChanges(session, field, before, after, answers);
  if (parts) return parts;
  const say = (one: Answer | undefined) => (one ? inFull(field, one, session.labels) : "") || "–";
  return [{ name: null, was: say(before), is: say(after) }];
}
