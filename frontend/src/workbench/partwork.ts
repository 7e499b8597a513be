/** The hand on the parts of an item: which turn comes next, which part lacks an answer, what goes with a part. */
import { getKind, kindOf } from "../kinds";
import { isEach, isOfParts, onlyParts, TURN } from "../kinds/each";
import type { Answer } from "../kinds/kind";
import { t } from "../words";
import type { Field } from "./boot";
import { lackingParts } from "./checks";
import { turnsOf } from "./dialogue";
import { suggestedParts } from "./partfill";
import type { Session } from "./session";
import { partsOf, withParts } from "./suggested";

export interface Orphaned {
  readonly field: Field;
  readonly answer: Answer;
}

/** Answers about marked things that are gone after the change, as they are without them. */
export function findOrphaned(session: Session, field: Field, after: Answer): Orphaned[] {
  const asking = session.rulebook.fields.filter((each) => each.target === field.id);
  const leaning = session.rulebook.fields.filter((each) => getKind(each.kind).leans?.on(each) === field.id);
  const item = session.task.value?.item;
  if (asking.length + leaning.length === 0 || !item) return [];
  const left = new Set(
    kindOf(field)
      .units(after, item)
      .flatMap(({ shape }) => shape ?? []),
  );
  const ofParts = asking.flatMap((each): Orphaned[] => {
    const before = session.answers.value[each.id];
    const answer = isEach(before) ? onlyParts(before, left) : undefined;
    return answer && answer !== before ? [{ field: each, answer }] : [];
  });
  return [...ofParts, ...leaning.flatMap((each) => unlinked(session, each, left))];
}

/** What leans on things that are gone goes with them, and what was said of it. */
function unlinked(session: Session, field: Field, left: ReadonlySet<string>): Orphaned[] {
  const leans = getKind(field.kind).leans;
  const before = session.answers.value[field.id];
  const parts = before && partsOf(before);
  const kept = parts?.filter((part) => leans?.ends(part).every((end) => left.has(end)));
  if (!before || !parts || !kept || kept.length === parts.length) return [];
  const answer = withParts(before, kept);
  return [...findOrphaned(session, field, answer), { field, answer }];
}

export function turnFields(session: Session): readonly Field[] {
  return session.rulebook.fields.filter((field) => field.target === TURN);
}

/** The turn that the hand begins on: the first that lacks an answer, else the first that is asked about. */
export function firstTurn(session: Session): string {
  return nextGap(session, 0) ?? askedTurns(session)[0] ?? "1";
}

function askedTurns(session: Session): readonly string[] {
  const asked = turnFields(session).flatMap((field) => session.asking.value.parts.get(field.id) ?? []);
  return [...new Set(asked.map((part) => part.id))].sort((a, b) => Number(a) - Number(b));
}

/** The first turn after the one of that number, or else from the beginning, that lacks an answer; else a suggested one. */
export function nextGap(session: Session, after: number): string | undefined {
  const lacking = new Set(
    turnFields(session).flatMap((field) =>
      lackingParts(field, session.answers.value[field.id], session.asking.value).map(Number),
    ),
  );
  const suggested = turnFields(session).flatMap((field) => suggestedParts(session.answers.value[field.id]).map(Number));
  const ordered = [...(lacking.size > 0 ? lacking : new Set(suggested))].sort((a, b) => a - b);
  const found = ordered.find((turn) => turn > after) ?? ordered[0];
  return found === undefined ? undefined : String(found);
}

/** Whether the turn lacks an answer, or has one that is only suggested. */
export function isGap(session: Session, turn: string): boolean {
  return turnFields(session).some((field) => {
    const answer = session.answers.value[field.id];
    return lackingParts(field, answer, session.asking.value).includes(turn) || suggestedParts(answer).includes(turn);
  });
}

/** What is still asked of the turn in hand. */
export function openOnTurn(session: Session): Field | undefined {
  return turnFields(session).find((field) =>
    lackingParts(field, session.answers.value[field.id], session.asking.value).includes(session.turn.value),
  );
}

/** Whoever judges stays on the turn that was put right, at what the new answer asks for besides. */
export function stayOnTurn(session: Session, field: Field): void {
  const open = field.target === TURN ? openOnTurn(session) : undefined;
  if (open) session.activate(open.id);
}

export function stepTurn(session: Session, by: number): void {
  const item = session.task.value?.item;
  const most = item ? turnsOf(item).length : 0;
  const at = Math.min(most, Math.max(1, Number(session.turn.value) + by));
  if (most > 0) session.turn.value = String(at);
}

/** Why a field cannot be answered where the hand is. */
export function notAsked(session: Session, field: Field): string {
  if (field.target === TURN) return t("This is not asked of the turn in hand.");
  if (!isOfParts(field)) return t("This is not asked, given the other answers.");
  return session.partOf(field) === null
    ? t("Select what it is about first.")
    : t("This is not asked of what is selected.");
}

/** The hand goes to where a problem is. */
export function goTo(session: Session, field: Field, part: string | null): void {
  if (field.target === TURN) {
    session.activate(field.id);
    if (part !== null) session.turn.value = part;
    return;
  }
  session.activate(isOfParts(field) ? field.target : field.id);
  if (part !== null) session.selected.value = part;
}
