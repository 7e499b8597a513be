/** Links between the spans of another field. Written from front to back, by where they begin and end. */
import type { Field } from "../../workbench/boot";
import { type Answer, CodecError, members } from "../kind";
import { decodeSpans, encodeSpans, type SpanAnswer, type TextSpan } from "../span/model";

export type Ends = readonly [TextSpan, TextSpan];

export interface Link {
  readonly id: string;
  readonly label: string;
  readonly from: string;
  readonly to: string;
  /** The spans that it joins, as the server last wrote them; what is in hand is read from the spans themselves. */
  readonly ends?: Ends;
}
export interface RelationAnswer extends Answer {
  readonly kind: "relation";
  readonly links: readonly Link[];
  readonly of?: string;
}
/** What a label may join; anything where nothing is named. */
interface Rule {
  readonly from?: readonly string[];
  readonly to?: readonly string[];
  readonly symmetric?: boolean;
}

const LONGEST_ID = 64;

export const NO_LINKS: RelationAnswer = { kind: "relation", links: [] };

/** The field whose spans are joined. */
export const spansOf = (field: Field): string => String(field.options["of"] ?? "");

const ruleOf = (field: Field, label: string): Rule =>
  (field.options["ends"] as Readonly<Record<string, Rule>> | undefined)?.[label] ?? {};

export const isSymmetric = (field: Field, label: string): boolean => ruleOf(field, label).symmetric === true;

function fits({ from = [], to = [] }: Rule, one: string, other: string): boolean {
  return (from.length === 0 || from.includes(one)) && (to.length === 0 || to.includes(other));
}

/** Whether a label may go from a span of one label to a span of another. */
export function mayJoin(field: Field, label: string, one: TextSpan, other: TextSpan): boolean {
  const rule = ruleOf(field, label);
  return (
    one.id !== other.id &&
    (fits(rule, one.label, other.label) || (rule.symmetric === true && fits(rule, other.label, one.label)))
  );
}

/** The ends in the order in which the label may join them, as they are drawn first; null where it may not at all. */
export function oriented(field: Field, label: string, one: TextSpan, other: TextSpan): Ends | null {
  if (mayJoin(field, label, one, other)) return [one, other];
  return mayJoin(field, label, other, one) ? [other, one] : null;
}

/** The labels that may join two spans, either way. */
export function labelsBetween(field: Field, one: TextSpan, other: TextSpan): string[] {
  return field.labels.filter((label) => oriented(field, label, one, other) !== null);
}

export function findLink(answer: RelationAnswer, id: string | null): Link | undefined {
  return id === null ? undefined : answer.links.find((each) => each.id === id);
}

/** The link that already says this. */
export function saying(answer: RelationAnswer, field: Field, { label, from, to }: Omit<Link, "id">): Link | undefined {
  const back = isSymmetric(field, label);
  return answer.links.find(
    (each) =>
      each.label === label &&
      ((each.from === from && each.to === to) || (back && each.from === to && each.to === from)),
  );
}

export function addLink(answer: RelationAnswer, link: Omit<Link, "id">): { answer: RelationAnswer; id: string } {
  const id = freshId(answer);
  return { answer: { ...answer, links: [...answer.links, { id, ...link }] }, id };
}

export function changeLink(answer: RelationAnswer, id: string, to: Omit<Link, "id" | "ends">): RelationAnswer {
  return { ...answer, links: answer.links.map((each) => (each.id === id ? { id, ...to } : each)) };
}

export function removeLink(answer: RelationAnswer, id: string): RelationAnswer {
  return { ...answer, links: answer.links.filter((each) => each.id !== id) };
}

/** The first of r1, r2 … that no link has. */
function freshId(answer: RelationAnswer): string {
  const taken = new Set(answer.links.map((each) => each.id));
  let n = answer.links.length + 1;
  while (taken.has(`r${n}`)) n += 1;
  return `r${n}`;
}

/** The links with the spans that they join now. */
export function resolved(answer: RelationAnswer, field: Field, parent: Answer | undefined): RelationAnswer {
  const spans = new Map((parent as SpanAnswer | undefined)?.spans?.map((span) => [span.id, span]));
  const links = answer.links.map(({ ends: _, ...link }): Link => {
    const [from, to] = [spans.get(link.from), spans.get(link.to)];
    return from && to ? { ...link, ends: [from, to] } : link;
  });
  return { kind: "relation", links, of: spansOf(field) };
}

export function decodeRelations(value: unknown): RelationAnswer {
  const { kind, links, of } = members(value, ["kind", "links", "of"]);
  if (kind !== "relation") throw new CodecError("not relations");
  if (!Array.isArray(links)) throw new CodecError("links must be a list");
  if (of !== undefined && typeof of !== "string") throw new CodecError("of is the id of a field");
  return { kind, links: inOrder(links.map(decodeLink)), ...(of && { of }) };
}

function decodeLink(value: unknown): Link {
  const { id, label, from, to, ends } = members(value, ["id", "label", "from", "to", "ends"]);
  if (typeof label !== "string") throw new CodecError("a link has a label");
  const link = { id: name(id), label, from: name(from), to: name(to) };
  return ends === undefined || ends === null ? link : { ...link, ends: decodeEnds(ends) };
}

function name(value: unknown): string {
  if (typeof value === "string" && value.length >= 1 && value.length <= LONGEST_ID) return value;
  throw new CodecError("a link's id and ends have 1 to 64 characters");
}

function decodeEnds(value: unknown): Ends {
  if (!Array.isArray(value) || value.length !== 2) throw new CodecError("a link has two ends");
  const [from, to] = value.flatMap((each) => decodeSpans({ kind: "span", spans: [each] }).spans);
  if (!from || !to) throw new CodecError("ends are spans");
  return [from, to];
}

export function encodeRelations({ links, of }: RelationAnswer): unknown {
  return { kind: "relation", links: inOrder(links).map(encodeLink), ...(of && { of }) };
}

function encodeLink({ id, label, from, to, ends }: Link): unknown {
  const written = ends?.flatMap((end) => (encodeSpans({ kind: "span", spans: [end] }) as SpanAnswer).spans);
  return { id, label, from, to, ...(written && { ends: written }) };
}

function inOrder(links: readonly Link[]): readonly Link[] {
  return [...links].sort((a, b) => compared(key(a), key(b)));
}

function key({ ends, label, from, to, id }: Link): readonly (string | number)[] {
  const places = ends?.flatMap((end) => [end.start, end.end, end.label]) ?? [Number.NEGATIVE_INFINITY, 0, "", 0, 0, ""];
  return [...places, label, from, to, id];
}

function compared(a: readonly (string | number)[], b: readonly (string | number)[]): number {
  const at = a.findIndex((each, n) => each !== b[n]);
  return at < 0 ? 0 : (a[at] ?? 0) < (b[at] ?? 0) ? -1 : 1;
}
