/** Which part of the rulebook matters now: the label under the pointer, of the selected shape, or in hand. */
import { getKind } from "../kinds";
import type { Clause, Example, Label } from "./boot";
import type { Session } from "./session";

export interface Focus {
  readonly label: Label | null;
  readonly clauses: readonly Clause[];
  readonly examples: readonly Example[];
  /** The clause that one key cites. */
  readonly clause: string | null;
}

export function findFocus(session: Session): Focus {
  const { rulebook, labels } = session;
  const label = labels.get(session.pointed.value ?? litLabel(session) ?? "") ?? null;
  // The clause that speaks of the fewest labels says the most about this one.
  const own = rulebook.clauses
    .filter((clause) => label !== null && clause.labels.includes(label.id))
    .sort((a, b) => a.labels.length - b.labels.length);
  const picked = session.clause.value;
  // A clause that was picked elsewhere (a ruling cites it) is shown beside the label's own.
  const also = rulebook.clauses.filter((clause) => clause.id === picked && !own.includes(clause));
  const clauses = own.length > 0 ? [...own, ...also] : rulebook.clauses;
  return {
    label,
    clauses,
    examples: rulebook.examples.filter((example) => label === null || example.label === label.id).slice(0, 6),
    clause: picked ?? clauses[0]?.id ?? null,
  };
}

function litLabel(session: Session): string | undefined {
  const field = session.field.value;
  const inHand = session.inHand.value[field.id] ?? null;
  return getKind(field.kind).lit(session.answer(field), session.selected.value, inHand).at(-1);
}
