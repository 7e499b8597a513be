/** What the keyboard does with boxes. */
import { t } from "../../words";
import type { Action } from "../../workbench/actions";
import { outlineAct } from "../../workbench/outlining";
import { arrows, changeHeld, heldShape, type Reshape, removeHeld, stepping } from "../shapes/acts";
import { itemSize } from "../shapes/tool";
import { grown, moved } from "./geometry";
import type { BoxShape } from "./model";

const nudge: Reshape = (session, dx, dy) => {
  const shape = heldShape<BoxShape>(session);
  if (!shape) return;
  const { x, y } = moved(shape, dx, dy, itemSize(session));
  changeHeld(session, shape, { x, y }, "nudge");
};

const grow: Reshape = (session, dx, dy) => {
  const shape = heldShape<BoxShape>(session);
  if (!shape) return;
  const { w, h } = grown(shape, dx, dy, itemSize(session));
  changeHeld(session, shape, { w, h }, "grow");
};

export const BOX_ACTIONS: readonly Action[] = [
  ...stepping(
    "box",
    () => t("Next box"),
    () => t("Previous box"),
  ),
  {
    id: "box-remove",
    group: "shape",
    label: () => t("Remove the box"),
    keys: ["Delete", "Backspace"],
    when: ({ session }) => heldShape(session) !== undefined,
    run: ({ session }) => removeHeld(session),
  },
  outlineAct("box"),
  ...arrows("nudge", "", () => t("Nudge by 1 pixel"), 1, nudge),
  ...arrows("leap", "Shift+", () => t("Nudge by 10 pixels"), 10, nudge),
  ...arrows("grow", "Alt+", () => t("Widen or narrow by 1 pixel"), 1, grow),
];
