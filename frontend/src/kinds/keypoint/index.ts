import type { Kind } from "../kind";
import { countedLabels, joinedShapes, litLabels, relabelled } from "../shapes/model";
import { finish, KEYPOINT_ACTIONS } from "./acts";
import {
  boundsOfFigure,
  decodeFigures,
  encodeFigures,
  findFaults,
  HIDDEN,
  type KeypointAnswer,
  NO_FIGURES,
  SEEN,
} from "./model";
import { Parts } from "./Parts";
import { KeypointTool } from "./tool";

export const keypoint: Kind<KeypointAnswer> = {
  id: "keypoint",
  icon: "⛹",
  emptyCounts: true,
  empty: () => NO_FIGURES,
  isEmpty: (answer) => answer.shapes.length === 0,
  decode: decodeFigures,
  encode: encodeFigures,
  summary: countedLabels,
  units(answer, item) {
    const whole = { image_width: item.width ?? 0, image_height: item.height ?? 0 };
    return answer.shapes.map((figure) => {
      const { x, y, w, h } = boundsOfFigure(figure);
      const count = (flag: number) => figure.points.filter((put) => put.flag === flag).length;
      const flags = { seen: count(SEEN), hidden: count(HIDDEN) };
      return { shape: figure.id, env: { label: figure.label, ...flags, x, y, width: w, height: h, ...whole } };
    });
  },
  press: (answer, label, _field, selected) => relabelled(answer, label, selected),
  lit: litLabels,
  actions: KEYPOINT_ACTIONS,
  tool: (session, field) => new KeypointTool(session, field),
  join: joinedShapes,
  finish,
  faults: findFaults,
  Parts,
};
