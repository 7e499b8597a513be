import { t } from "../../words";
import type { Field } from "../../workbench/boot";
import type { Session } from "../../workbench/session";
import { ShapeParts } from "../shapes/Parts";
import type { BoxShape } from "./model";

const describe = ({ w, h, angle }: BoxShape): string =>
  `${Math.round(w)}×${Math.round(h)}${angle ? ` ∠${Math.round(angle)}°`.replace("-", "−") : ""}`;

/** The boxes on the item, in the order of drawing. */
export function Parts({ session, field }: { session: Session; field: Field }) {
  const empty = t("Nothing drawn yet. Drag on the image to draw a box.");
  return <ShapeParts {...{ session, field, empty, describe }} />;
}
