/** What the keyboard does with figures. */
import { t } from "../../words";
import type { Action } from "../../workbench/actions";
import type { Session } from "../../workbench/session";
import { arrows, changeHeld, heldShape, type Reshape, removeHeld, stepping } from "../shapes/acts";
import { itemSize } from "../shapes/tool";
import { changePut, handOn, leaveOut, pending, step } from "./hand";
import { type Figure, HIDDEN, isThere, movedFigure, NOWHERE, placed, SEEN, withPut } from "./model";

const held = (session: Session) => heldShape<Figure>(session);
const isHeld: Action["when"] = ({ session }) => held(session) !== undefined;

/** The point in hand, where it is put. */
function pointInHand(session: Session): readonly [Figure, number] | null {
  const figure = held(session);
  const at = figure ? handOn(session, figure) : -1;
  const put = figure?.points[at];
  return figure && put && isThere(put) ? [figure, at] : null;
}

const nudge: Reshape = (session, dx, dy) => {
  const figure = held(session);
  if (!figure) return;
  const size = itemSize(session);
  const inHand = pointInHand(session);
  const put = inHand && figure.points[inHand[1]];
  const after =
    inHand && put
      ? withPut(figure, inHand[1], placed({ x: put.x + dx, y: put.y + dy }, size))
      : movedFigure(figure, dx, dy, size);
  changeHeld(session, figure, { points: after.points }, `nudge ${inHand?.[1] ?? -1}`);
};

/** A point that is put is hidden or seen. */
function turn(session: Session): void {
  const inHand = pointInHand(session);
  if (!inHand) return;
  const [figure, at] = inHand;
  const flag = figure.points[at]?.flag === HIDDEN ? SEEN : HIDDEN;
  changePut(session, figure, at, { flag }, at);
}

/** The point in hand, while another stays; else the figure. */
function remove(session: Session): void {
  const inHand = pointInHand(session);
  const others = inHand?.[0].points.filter(isThere).length ?? 0;
  if (!inHand || others < 2) removeHeld(session);
  else {
    const [figure, at] = inHand;
    changePut(session, figure, at, NOWHERE, at);
  }
}

function withHeld(session: Session, run: (figure: Figure) => void): void {
  const figure = held(session);
  if (figure) run(figure);
}

function act(id: string, key: string, label: () => string, run: (session: Session) => void): Action {
  return {
    id: `keypoint-${id}`,
    group: "shape",
    label,
    keys: [key],
    when: isHeld,
    run: ({ session }) => run(session),
  };
}

export const KEYPOINT_ACTIONS: readonly Action[] = [
  ...stepping(
    "keypoint",
    () => t("Next figure"),
    () => t("Previous figure"),
  ),
  {
    ...act(
      "skip",
      "X",
      () => t("The point is not in the image"),
      (on) => withHeld(on, (figure) => leaveOut(on, figure)),
    ),
    when: ({ session }) => {
      const figure = held(session);
      return figure !== undefined && handOn(session, figure) >= 0;
    },
  },
  {
    ...act("hide", "O", () => t("The point is hidden, or seen again"), turn),
    when: ({ session }) => pointInHand(session) !== null,
  },
  {
    ...act("remove", "Backspace", () => t("Remove the point in hand, or the figure"), remove),
    keys: ["Backspace", "Delete"],
  },
  act(
    "point-next",
    ".",
    () => t("Next point"),
    (on) => withHeld(on, (figure) => step(on, figure, 1)),
  ),
  act(
    "point-previous",
    ",",
    () => t("Previous point"),
    (on) => withHeld(on, (figure) => step(on, figure, -1)),
  ),
  ...arrows("keypoint-nudge", "", () => t("Nudge by 1 pixel"), 1, nudge),
  ...arrows("keypoint-leap", "Shift+", () => t("Nudge by 10 pixels"), 10, nudge),
];

/** The submit key first ends a figure whose points still wait: those are not in the image. */
export function finish(session: Session): string | undefined {
  const figure = held(session);
  if (!figure || pending(session, figure) < 0) return undefined;
  session.outline.corner.value = null;
  return "";
}
