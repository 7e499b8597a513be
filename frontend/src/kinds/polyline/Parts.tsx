import { t } from "../../words";
import type { Field } from "../../workbench/boot";
import type { Session } from "../../workbench/session";
import { drawing, type PathShape } from "../path/model";
import { ShapeParts } from "../shapes/Parts";
import { lengthOf } from "../shapes/rings";

const describe = ({ points }: PathShape): string => `${Math.round(lengthOf(points))} px`;

/** The lines on the item, and how the one that is being drawn is ended. */
export function Parts({ session, field }: { session: Session; field: Field }) {
  const n = drawing(session).length;
  const empty = t("Nothing drawn yet. Click point after point along the line.");
  const doing =
    n > 0
      ? t("Points: {n}. The submit key or a double click ends, Backspace takes one back, Esc drops all.", { n })
      : null;
  return <ShapeParts {...{ session, field, empty, doing, describe }} />;
}
