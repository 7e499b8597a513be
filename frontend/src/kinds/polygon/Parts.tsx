import { t } from "../../words";
import type { Field } from "../../workbench/boot";
import type { Session } from "../../workbench/session";
import { ShapeParts } from "../shapes/Parts";
import { boundsOf } from "../shapes/rings";
import type { PolygonShape } from "./model";

function describe({ points }: PolygonShape): string {
  const { w, h } = boundsOf(points);
  return `${Math.round(w)}×${Math.round(h)}`;
}

/** The polygons on the item, and how the one that is being drawn is finished. */
export function Parts({ session, field }: { session: Session; field: Field }) {
  const n = session.outline.points.value.length;
  const empty = t("Nothing drawn yet. Click point after point around the object.");
  const doing =
    n > 0
      ? t("Points: {n}. The submit key or the first point closes, Backspace takes one back, Esc drops all.", { n })
      : null;
  return <ShapeParts {...{ session, field, empty, doing, describe }} />;
}
