import { pick, t } from "../../words";
import type { Field } from "../../workbench/boot";
import type { Session } from "../../workbench/session";
import { findShape } from "../shapes/model";
import { ShapeParts } from "../shapes/Parts";
import { pending } from "./hand";
import { type Figure, isThere, jointsOf, type KeypointAnswer } from "./model";

const describe = ({ points }: Figure): string => `${points.filter(isThere).length}/${points.length}`;

/** The figures on the item, and which point is put next. */
export function Parts({ session, field }: { session: Session; field: Field }) {
  const joints = jointsOf(field);
  const figure = findShape(session.answer(field) as KeypointAnswer, session.selected.value);
  const joint = figure && joints[pending(session, figure)];
  const first = joints[0];
  const empty = t("Nothing put yet. Click where “{name}” is.", { name: first ? pick(first) || first.id : "" });
  const doing = joint
    ? t("Next: {name}. X where it is not in the image, O where it is hidden; the submit key ends the figure.", {
        name: pick(joint) || joint.id,
      })
    : null;
  return <ShapeParts {...{ session, field, empty, doing, describe }} />;
}
