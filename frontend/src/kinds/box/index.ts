import { pick } from "../../words";
import type { Kind } from "../kind";
import { BOX_ACTIONS } from "./acts";
import { type BoxAnswer, changeBox, decodeBoxes, encodeBoxes, findBox, NO_BOXES } from "./model";
import { Parts } from "./Parts";
import { BoxTool } from "./tool";

export const box: Kind<BoxAnswer> = {
  id: "box",
  icon: "▭",
  emptyCounts: true,
  empty: () => NO_BOXES,
  isEmpty: (answer) => answer.shapes.length === 0,
  decode: decodeBoxes,
  encode: encodeBoxes,
  summary(answer, labels) {
    const counts = new Map<string, number>();
    for (const { label } of answer.shapes) counts.set(label, (counts.get(label) ?? 0) + 1);
    return [...counts].map(([id, n]) => `${pick(labels.get(id)?.name ?? { zh: id, en: id })} ${n}`).join(" · ");
  },
  units(answer, item) {
    const whole = { image_width: item.width ?? 0, image_height: item.height ?? 0 };
    return answer.shapes.map(({ id, label, x, y, w, h }) => {
      return { shape: id, env: { label, x, y, width: w, height: h, area: w * h, ...whole } };
    });
  },
  press(answer, label, _field, selected) {
    const held = findBox(answer, selected);
    return held && held.label !== label ? { answer: changeBox(answer, held.id, { label }), selected } : null;
  },
  lit(answer, selected, inHand) {
    const label = findBox(answer, selected)?.label ?? inHand;
    return label ? [label] : [];
  },
  actions: BOX_ACTIONS,
  tool: (session, field) => new BoxTool(session, field),
  Parts,
};
