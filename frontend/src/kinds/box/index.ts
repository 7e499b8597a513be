import type { Kind } from "../kind";
import { countedLabels, findShape, joinedShapes, litLabels, relabelled } from "../shapes/model";
import { BOX_ACTIONS } from "./acts";
import { type BoxAnswer, decodeBoxes, encodeBoxes, NO_BOXES } from "./model";
import { Parts } from "./Parts";
import { BoxTool } from "./tool";
import { boundsOfBox } from "./turning";

export const box: Kind<BoxAnswer> = {
  id: "box",
  icon: "▭",
  emptyCounts: true,
  empty: () => NO_BOXES,
  isEmpty: (answer) => answer.shapes.length === 0,
  decode: decodeBoxes,
  encode: encodeBoxes,
  summary: countedLabels,
  units(answer, item) {
    const whole = { image_width: item.width ?? 0, image_height: item.height ?? 0 };
    return answer.shapes.map(({ id, label, x, y, w, h, angle = 0 }) => {
      return { shape: id, env: { label, x, y, width: w, height: h, area: w * h, angle, ...whole } };
    });
  },
  press: (answer, label, _field, selected) => relabelled(answer, label, selected),
  lit: litLabels,
  actions: BOX_ACTIONS,
  tool: (session, field) => new BoxTool(session, field),
  rough(session, field) {
    const shape = findShape(session.answer(field) as BoxAnswer, session.selected.value);
    return shape ? { box: boundsOfBox(shape), shape: shape.id } : null;
  },
  join: joinedShapes,
  Parts,
};
