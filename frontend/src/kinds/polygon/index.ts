import { t } from "../../words";
import { outlineAct } from "../../workbench/outlining";
import type { Kind } from "../kind";
import { pathActions } from "../path/acts";
import { encodePaths } from "../path/model";
import { finish, PathTool } from "../path/tool";
import { countedLabels, joinedShapes, litLabels, relabelled } from "../shapes/model";
import { areaOf, boundsOf } from "../shapes/rings";
import { decodePolygons, findFaults, NO_POLYGONS, type PolygonAnswer, RING } from "./model";
import { put, rough } from "./outline";
import { Parts } from "./Parts";

export const polygon: Kind<PolygonAnswer> = {
  id: "polygon",
  icon: "⬠",
  emptyCounts: true,
  empty: () => NO_POLYGONS,
  isEmpty: (answer) => answer.shapes.length === 0,
  decode: decodePolygons,
  encode: encodePaths,
  summary: countedLabels,
  units(answer, item) {
    const whole = { image_width: item.width ?? 0, image_height: item.height ?? 0 };
    return answer.shapes.map(({ id, label, points }) => {
      const { x, y, w, h } = boundsOf(points);
      const env = { label, points: points.length, x, y, width: w, height: h, area: areaOf(points), ...whole };
      return { shape: id, env };
    });
  },
  press: (answer, label, _field, selected) => relabelled(answer, label, selected),
  lit: litLabels,
  actions: [
    ...pathActions(
      RING,
      () => t("Next polygon"),
      () => t("Previous polygon"),
    ),
    outlineAct("polygon"),
  ],
  rough,
  outline: { form: "polygon", put },
  tool: (session, field) => new PathTool(session, field, RING),
  join: joinedShapes,
  finish: (session, field) => finish(session, field, RING),
  faults: findFaults,
  Parts,
};
