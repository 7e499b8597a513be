import { t } from "../../words";
import type { Kind } from "../kind";
import { pathActions } from "../path/acts";
import { encodePaths } from "../path/model";
import { finish, PathTool } from "../path/tool";
import { countedLabels, joinedShapes, litLabels, relabelled } from "../shapes/model";
import { boundsOf, lengthOf } from "../shapes/rings";
import { decodePolylines, findFaults, LINE, NO_LINES, type PolylineAnswer } from "./model";
import { Parts } from "./Parts";

export const polyline: Kind<PolylineAnswer> = {
  id: "polyline",
  icon: "⌁",
  emptyCounts: true,
  empty: () => NO_LINES,
  isEmpty: (answer) => answer.shapes.length === 0,
  decode: decodePolylines,
  encode: encodePaths,
  summary: countedLabels,
  units(answer, item) {
    const whole = { image_width: item.width ?? 0, image_height: item.height ?? 0 };
    return answer.shapes.map(({ id, label, points }) => {
      const { x, y, w, h } = boundsOf(points);
      const env = { label, points: points.length, length: lengthOf(points), x, y, width: w, height: h, ...whole };
      return { shape: id, env };
    });
  },
  press: (answer, label, _field, selected) => relabelled(answer, label, selected),
  lit: litLabels,
  actions: pathActions(
    LINE,
    () => t("Next line"),
    () => t("Previous line"),
  ),
  tool: (session, field) => new PathTool(session, field, LINE),
  join: joinedShapes,
  finish: (session, field) => finish(session, field, LINE),
  faults: findFaults,
  Parts,
};
