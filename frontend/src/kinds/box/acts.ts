/** What the keyboard does with boxes. */
import { t } from "../../words";
import type { Action } from "../../workbench/actions";
import { outlineAct } from "../../workbench/outlining";
import type { Session } from "../../workbench/session";
import { arrows, changeHeld, heldShape, type Reshape, removeHeld, stepping } from "../shapes/acts";
import { itemSize } from "../shapes/tool";
import { type BoxShape, tidyBox } from "./model";
import { angleOf, grownBox, mayTurn, movedBox, STEP, turnedTo } from "./turning";

const nudge: Reshape = (session, dx, dy) => {
  const shape = heldShape<BoxShape>(session);
  if (!shape) return;
  const { x, y } = tidyBox(movedBox(shape, dx, dy, itemSize(session)));
  changeHeld(session, shape, { x, y }, "nudge");
};

const grow: Reshape = (session, dx, dy) => {
  const shape = heldShape<BoxShape>(session);
  if (!shape) return;
  changeHeld<BoxShape>(session, shape, tidyBox(grownBox(shape, dx, dy, itemSize(session))), "grow");
};

function turn(session: Session, by: number): void {
  const shape = heldShape<BoxShape>(session);
  if (!shape) return;
  const angle = by % STEP === 0 ? Math.round((angleOf(shape) + by) / STEP) * STEP : angleOf(shape) + by;
  changeHeld<BoxShape>(session, shape, tidyBox(turnedTo(shape, angle, itemSize(session))), "turn");
}

const turning = (id: string, key: string, by: number, label: () => string): Action => ({
  id: `box-${id}`,
  group: "shape",
  label,
  keys: [key],
  when: ({ session }) => mayTurn(session.field.value) && heldShape(session) !== undefined,
  run: ({ session }) => turn(session, by),
});

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
  turning("turn-left", ",", -1, () => t("Turn left by 1 degree")),
  turning("turn-right", ".", 1, () => t("Turn right by 1 degree")),
  turning("step-left", "<", -STEP, () => t("Turn left to the next 15 degrees")),
  turning("step-right", ">", STEP, () => t("Turn right to the next 15 degrees")),
  ...arrows("grow", "Alt+", () => t("Widen or narrow by 1 pixel"), 1, grow),
];
