import { pick } from "../../words";
import type { Kind } from "../kind";
import { SPAN_ACTIONS } from "./acts";
import { readMarked, stretchOf } from "./marked";
import {
  addSpan,
  decodeSpans,
  encodeSpans,
  findSpan,
  freshId,
  lengthOf,
  NO_SPANS,
  relabelSpan,
  type SpanAnswer,
  says,
  stretchesOf,
} from "./model";
import { Parts } from "./Parts";
import { addPiece } from "./pieces";
import { pointsOf } from "./points";
import { Reader } from "./Reader";

export const span: Kind<SpanAnswer> = {
  id: "span",
  icon: "⎁",
  emptyCounts: true,
  empty: () => NO_SPANS,
  isEmpty: (answer) => answer.spans.length === 0,
  decode: decodeSpans,
  encode: encodeSpans,
  summary(answer, labels) {
    const counts = new Map<string, number>();
    for (const { label } of answer.spans) counts.set(label, (counts.get(label) ?? 0) + 1);
    return [...counts].map(([id, n]) => `${pick(labels.get(id)?.name ?? { zh: id, en: id })} ${n}`).join(" · ");
  },
  units(answer, item) {
    const text_length = pointsOf(item.text ?? "").length;
    return answer.spans.map((one) => {
      const { id, label, start, end } = one;
      const env = { label, start, end, length: lengthOf(one), text_length, pieces: stretchesOf(one).length };
      return { shape: id, env };
    });
  },
  press(answer, label, _field, selected) {
    const held = findSpan(answer, selected);
    if (held) {
      return says(answer, label, held) ? null : { answer: relabelSpan(answer, held.id, label), selected };
    }
    const marked = readMarked(answer, selected);
    if (!marked || marked.anchor === marked.focus) return null;
    const to = findSpan(answer, marked.to ?? null);
    if (to?.label === label) return { answer: addPiece(answer, to, stretchOf(marked)), selected: to.id };
    if (says(answer, label, stretchOf(marked))) return null;
    const id = freshId(answer);
    return { answer: addSpan(answer, { id, label, ...stretchOf(marked) }), selected: id };
  },
  lit(answer, selected) {
    const label = findSpan(answer, selected)?.label;
    return label ? [label] : [];
  },
  actions: SPAN_ACTIONS,
  Parts,
  Reader,
};
