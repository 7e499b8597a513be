/** What can be done with links, by keys, by the pointer and in the list alike. Each gives what is to be said, or null. */
import { pick, t } from "../../words";
import type { Field } from "../../workbench/boot";
import type { Session } from "../../workbench/session";
import type { SpanAnswer, TextSpan } from "../span/model";
import { type Held, readHeld, writeHeld } from "./held";
import {
  addLink,
  changeLink,
  type Ends,
  isSymmetric,
  labelsBetween,
  mayJoin,
  oriented,
  type RelationAnswer,
  removeLink,
  saying,
  spansOf,
} from "./model";

export type Saying = string | null;

export const linksOf = (session: Session, field: Field): RelationAnswer => session.answer(field) as RelationAnswer;

export const spansIn = (session: Session, field: Field): readonly TextSpan[] => {
  const parent = session.rulebook.fields.find((each) => each.id === spansOf(field));
  return parent ? ((session.answer(parent) as SpanAnswer).spans ?? []) : [];
};

/** What is in hand while `field` is the active one. */
export function heldOf(session: Session, field: Field): Held {
  if (session.field.value.id !== field.id) return { aims: false };
  const parent = session.answers.value[spansOf(field)];
  return readHeld(linksOf(session, field), parent, session.selected.value);
}

/** The field of relations that a key means: the active one, else the first that joins the spans in hand. */
export function meantField(session: Session): Field | undefined {
  const active = session.field.value;
  const fields = session.rulebook.fields.filter((each) => each.kind === "relation" && session.isAsked(each));
  return fields.find((each) => each === active) ?? fields.find((each) => spansOf(each) === active.id);
}

/** The span that a link would begin at: the one in hand, here or in the field that marks them. */
export function originOf(session: Session, field: Field): TextSpan | undefined {
  if (session.field.value.id === field.id) return heldOf(session, field).from;
  if (session.field.value.id !== spansOf(field)) return undefined;
  return spansIn(session, field).find((each) => each.id === session.selected.value);
}

/** A link is begun at the span in hand, at the first one where none is. */
export function begin(session: Session, field: Field): Saying {
  const from = originOf(session, field) ?? spansIn(session, field)[0];
  if (!from) return t("Mark the spans first: a link joins two of them.");
  session.activate(field.id);
  session.selected.value = writeHeld(from.id, null);
  return null;
}

/** The link that points somewhere is made, with the label in hand where it may be, else the first that may. */
export function finish(session: Session, field: Field): Saying {
  const { from, to } = heldOf(session, field);
  if (!from || !to) return t("Go to the span that the link shall end at, then press the key again.");
  const fitting = labelsBetween(field, from, to);
  const inHand = session.inHand.value[field.id];
  const label = fitting.find((each) => each === inHand) ?? fitting[0];
  return label === undefined ? nothingJoins(session, from, to) : join(session, field, label, from, to);
}

/** Draw the link, or take in hand the one that is there already. */
export function join(session: Session, field: Field, label: string, one: TextSpan, other: TextSpan): Saying {
  const ends = oriented(field, label, one, other);
  if (!ends) return notAllowed(session, label, [one, other]);
  const answer = linksOf(session, field);
  const wanted = { label, from: ends[0].id, to: ends[1].id };
  const there = saying(answer, field, wanted);
  session.activate(field.id);
  if (there) {
    session.selected.value = there.id;
    return null;
  }
  const made = addLink(answer, wanted);
  session.change(field, made.answer, { selected: made.id });
  return null;
}

/** A label's key: the link in hand gets it, the one that points somewhere is made, one is begun at the span in hand. */
export function pressLabel(session: Session, field: Field, label: string): Saying {
  const origin = originOf(session, field);
  session.activate(field.id);
  session.inHand.value = { ...session.inHand.value, [field.id]: label };
  const held = heldOf(session, field);
  if (held.link) return relabel(session, field, held, label);
  if (held.from && held.to) return join(session, field, label, held.from, held.to);
  if (origin) session.selected.value = writeHeld(origin.id, null);
  return null;
}

function relabel(session: Session, field: Field, { link, from, to }: Held, label: string): Saying {
  if (!link || !from || !to || link.label === label) return null;
  const ends = oriented(field, label, from, to);
  if (!ends) return notAllowed(session, label, [from, to]);
  return put(session, field, link.id, label, ends);
}

/** The other way round, where its label has a way and may go it. */
export function reverse(session: Session, field: Field, id: string): Saying {
  const held = readHeld(linksOf(session, field), session.answers.value[spansOf(field)], id);
  const { link, from, to } = held;
  if (!link || !from || !to) return null;
  if (isSymmetric(field, link.label)) return t("This label has no direction.");
  if (!mayJoin(field, link.label, to, from)) return notAllowed(session, link.label, [to, from]);
  return put(session, field, link.id, link.label, [to, from]);
}

function put(session: Session, field: Field, id: string, label: string, [from, to]: Ends): Saying {
  const answer = linksOf(session, field);
  const after = { label, from: from.id, to: to.id };
  if (saying(answer, field, after)) return t("There is such a link between them already.");
  session.activate(field.id);
  session.change(field, changeLink(answer, id, after), { selected: id });
  return null;
}

/** The hand is at its beginning afterwards, ready for another one from there. */
export function remove(session: Session, field: Field, id: string): void {
  const answer = linksOf(session, field);
  const link = answer.links.find((each) => each.id === id);
  if (!link) return;
  session.activate(field.id);
  session.change(field, removeLink(answer, id), { selected: writeHeld(link.from) });
}

/** The next span: to begin at, or once a link was begun, of those that it may go to. */
export function step(session: Session, field: Field, by: 1 | -1): void {
  const next = neighbour(session, field, by);
  if (next === null) return;
  const { from, aims } = heldOf(session, field);
  session.selected.value = from && aims ? writeHeld(from.id, next) : writeHeld(next);
}

export function neighbour(session: Session, field: Field, by: 1 | -1): string | null {
  const spans = spansIn(session, field);
  const { from, to, aims } = heldOf(session, field);
  if (!from) return (by === 1 ? spans[0] : spans.at(-1))?.id ?? null;
  const here = aims ? (to ?? from) : from;
  const open = spans.filter((each) => !aims || each === here || labelsBetween(field, from, each).length > 0);
  return open[open.indexOf(here) + by]?.id ?? null;
}

/** The next link, in the order in which they stand in the text. */
export function stepLink(session: Session, field: Field, by: 1 | -1): void {
  const next = neighbourLink(session, field, by);
  if (next !== null) session.selected.value = next;
}

export function neighbourLink(session: Session, field: Field, by: 1 | -1): string | null {
  const list = inText(session, field);
  const { link, from } = heldOf(session, field);
  if (link) return list[list.findIndex((each) => each.id === link.id) + by]?.id ?? null;
  const own = from && list.find((each) => each.from === from.id || each.to === from.id);
  return (own ?? (by === 1 ? list[0] : list.at(-1)))?.id ?? null;
}

/** The links in the order of the spans that they begin and end at. */
export function inText(session: Session, field: Field): readonly RelationAnswer["links"][number][] {
  const at = new Map(spansIn(session, field).map((span, place) => [span.id, place]));
  const place = (id: string) => at.get(id) ?? Number.POSITIVE_INFINITY;
  return [...linksOf(session, field).links].sort(
    (a, b) => place(a.from) - place(b.from) || place(a.to) - place(b.to) || (a.id < b.id ? -1 : 1),
  );
}

function nothingJoins(session: Session, from: TextSpan, to: TextSpan): string {
  return t("No label may go between “{from}” and “{to}”.", named(session, [from, to]));
}

function notAllowed(session: Session, label: string, ends: Ends): string {
  return t("“{label}” may not go from “{from}” to “{to}”.", { label: nameOf(session, label), ...named(session, ends) });
}

function named(session: Session, [from, to]: Ends): { from: string; to: string } {
  return { from: nameOf(session, from.label), to: nameOf(session, to.label) };
}

export function nameOf(session: Session, label: string): string {
  return pick(session.labels.get(label)?.name ?? { zh: label, en: label });
}
