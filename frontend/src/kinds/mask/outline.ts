/** Masks that come of a rough box: two points or more, the limits, or what was painted of the mask in hand. */
import type { Field } from "../../workbench/boot";
import type { FoundOutline, PutOutline, Rough } from "../../workbench/outlining";
import type { Session } from "../../workbench/session";
import { findShape } from "../shapes/model";
import { boundsOf } from "../shapes/rings";
import { handOf } from "./hand";
import { type MaskAnswer, painted, read } from "./model";
import { readEdges } from "./runs";

export function rough(session: Session, field: Field): Rough | null {
  const points = session.outline.points.value;
  const held = findShape(session.answer(field) as MaskAnswer, session.selected.value);
  const shape = held?.id ?? null;
  if (points.length > 1) return { box: boundsOf(points), shape };
  const { limit } = handOf(session);
  if (limit) return { box: limit, shape };
  return held ? { box: read(held).bounds, shape } : null;
}

/** Added to the mask that it is of. */
export function putOutline(session: Session, field: Field, found: FoundOutline, { into, label, by }: PutOutline): void {
  if (!found.size || !found.counts) return;
  const size = { height: found.size[0], width: found.size[1] };
  const answer = session.answer(field) as MaskAnswer;
  const overlap = field.options.overlap !== false;
  const [after, id] = painted(answer, { edges: readEdges(found.counts, size), size, into, label, overlap });
  if (after !== answer) session.change(field, after, { selected: id, by });
}
