import { clock } from "../../sound/clock";
import { pick, t } from "../../words";
import type { Kind } from "../kind";
import { SEGMENT_ACTIONS } from "./acts";
import { coversAll } from "./limits";
import {
  changeSegment,
  decodeSegments,
  encodeSegments,
  findSegment,
  gapsOf,
  NO_SEGMENTS,
  type SegmentAnswer,
} from "./model";
import { Parts } from "./Parts";
import { SegmentTool } from "./tool";

export const segment: Kind<SegmentAnswer> = {
  id: "segment",
  icon: "⌸",
  emptyCounts: true,
  empty: () => NO_SEGMENTS,
  isEmpty: (answer) => answer.segments.length === 0,
  decode: decodeSegments,
  encode: encodeSegments,
  summary(answer, labels) {
    const counts = new Map<string, number>();
    for (const { label } of answer.segments) counts.set(label, (counts.get(label) ?? 0) + 1);
    return [...counts].map(([id, n]) => `${pick(labels.get(id)?.name ?? { zh: id, en: id })} ${n}`).join(" · ");
  },
  units(answer, item) {
    const duration = item.duration ?? 0;
    return answer.segments.map(({ id, label, start, end }) => {
      return { shape: id, env: { label, start, end, length: end - start, duration } };
    });
  },
  press(answer, label, _field, selected) {
    const held = findSegment(answer, selected);
    return held && held.label !== label ? { answer: changeSegment(answer, held.id, { label }), selected } : null;
  },
  lit(answer, selected, inHand) {
    const label = findSegment(answer, selected)?.label ?? inHand;
    return label ? [label] : [];
  },
  actions: SEGMENT_ACTIONS,
  timeline: (session, field) => new SegmentTool(session, field),
  stretch: (session, field) => findSegment(session.answer(field) as SegmentAnswer, session.selected.value) ?? null,
  /** What must be covered and is not keeps the answer from being sent. */
  finish(session, field) {
    const duration = session.task.value?.item.duration ?? 0;
    const [gap] = coversAll(field) ? gapsOf(session.answer(field) as SegmentAnswer, duration) : [];
    if (!gap) return undefined;
    const { start, end } = gap;
    return t("From {start} to {end} nothing is marked; this field wants the whole sound covered.", {
      start: clock(start),
      end: clock(end),
    });
  },
  carried: (answer, from, to) => (from.duration === to.duration ? answer : null),
  Parts,
};
