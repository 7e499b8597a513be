import type { Kind } from "../kind";
import { countedLabels, joinedShapes, litLabels, relabelled } from "../shapes/model";
import { areaOf, boundsOf } from "../shapes/rings";
import { POLYGON_ACTIONS } from "./acts";
import { decodePolygons, encodePolygons, findFaults, NO_POLYGONS, type PolygonAnswer } from "./model";
import { Parts } from "./Parts";
import { finish, PolygonTool } from "./tool";

export const polygon: Kind<PolygonAnswer> = {
  id: "polygon",
  icon: "⬠",
  emptyCounts: true,
  empty: () => NO_POLYGONS,
  isEmpty: (answer) => answer.shapes.length === 0,
  decode: decodePolygons,
  encode: encodePolygons,
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
  actions: POLYGON_ACTIONS,
  tool: (session, field) => new PolygonTool(session, field),
  join: joinedShapes,
  finish,
  faults: findFaults,
  Parts,
};
