import type { Kind } from "../kind";
import { countedLabels, joinedShapes, litLabels, relabelled } from "../shapes/model";
import { MASK_ACTIONS } from "./acts";
import { decodeMasks, encodeMasks, findFaults, type MaskAnswer, NO_MASKS, read } from "./model";
import { putOutline, rough } from "./outline";
import { Parts } from "./Parts";
import { finish, MaskTool } from "./tool";

export const mask: Kind<MaskAnswer> = {
  id: "mask",
  icon: "▩",
  emptyCounts: true,
  empty: () => NO_MASKS,
  isEmpty: (answer) => answer.shapes.length === 0,
  decode: decodeMasks,
  encode: encodeMasks,
  summary: countedLabels,
  units(answer, item) {
    const whole = { image_width: item.width ?? 0, image_height: item.height ?? 0 };
    return answer.shapes.map((shape) => {
      const { bounds, area } = read(shape);
      const { x, y, w, h } = bounds;
      return { shape: shape.id, env: { label: shape.label, x, y, width: w, height: h, area, ...whole } };
    });
  },
  press: (answer, label, _field, selected) => relabelled(answer, label, selected),
  lit: litLabels,
  actions: MASK_ACTIONS,
  tool: (session, field) => new MaskTool(session, field),
  join: joinedShapes,
  rough,
  outline: { form: "mask", put: putOutline },
  finish,
  faults: findFaults,
  Parts,
};
