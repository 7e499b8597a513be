/**
 * What is in hand while links are drawn: a link by its id, or a span that one may begin at, written `@span`; `@from>`
 * once a link was begun there, and `@from>to` once it points somewhere. All live in the session's selection, so undo
 * brings them back.
 */
import type { Answer } from "../kind";
import type { SpanAnswer, TextSpan } from "../span/model";
import { findLink, type Link, type RelationAnswer } from "./model";

export interface Held {
  readonly link?: Link;
  readonly from?: TextSpan;
  readonly to?: TextSpan;
  /** A link was begun at `from`. */
  readonly aims: boolean;
}

export function writeHeld(from: string, to?: string | null): string {
  const begun = to === undefined ? "" : `>${to === null ? "" : encodeURIComponent(to)}`;
  return `@${encodeURIComponent(from)}${begun}`;
}

export function readHeld(answer: RelationAnswer, parent: Answer | undefined, selected: string | null): Held {
  const spans = (parent as SpanAnswer | undefined)?.spans ?? [];
  const find = (id: string | undefined) => spans.find((each) => each.id === id);
  const link = findLink(answer, selected);
  if (link) return withEnds(link, find(link.from), find(link.to));
  const found = /^@([^>]*)(?:(>)(.*))?$/.exec(selected ?? "");
  const from = found ? find(decodeURIComponent(found[1] ?? "")) : undefined;
  if (!from) return { aims: false };
  const to = found?.[3] ? find(decodeURIComponent(found[3])) : undefined;
  return { from, aims: found?.[2] !== undefined, ...(to && { to }) };
}

function withEnds(link: Link, from: TextSpan | undefined, to: TextSpan | undefined): Held {
  return { link, aims: false, ...(from && { from }), ...(to && { to }) };
}
