/** What the keyboard does with polygons. */
import { t } from "../../words";
import type { Action } from "../../workbench/actions";
import type { Session } from "../../workbench/session";
import { arrows, changeHeld, heldShape, type Reshape, removeHeld, stepping } from "../shapes/acts";
import { cents } from "../shapes/model";
import { middleAfter, movedRing, withoutPoint, withPoint, withPointMoved } from "../shapes/rings";
import { itemSize } from "../shapes/tool";
import { FEWEST_POINTS, type PolygonShape, placed } from "./model";

const held = (session: Session) => heldShape<PolygonShape>(session);

/** The number of the corner in hand, of the held polygon; -1 where none is. */
function cornerInHand(session: Session, shape: PolygonShape | undefined = held(session)): number {
  const corner = session.outline.corner.value;
  return shape && corner?.shape === shape.id && corner.at < shape.points.length ? corner.at : -1;
}

function holdCorner(session: Session, shape: PolygonShape, at: number): void {
  session.outline.corner.value = { shape: shape.id, at };
}

/** The last point of what is being drawn, the corner in hand, or the whole polygon. */
function remove(session: Session): void {
  if (session.outline.back()) return;
  const shape = held(session);
  const at = cornerInHand(session);
  if (!shape || at < 0) removeHeld(session);
  else if (shape.points.length > FEWEST_POINTS) {
    changeHeld(session, shape, { points: withoutPoint(shape.points, at) });
    session.outline.corner.value = null;
  }
}

const nudge: Reshape = (session, dx, dy) => {
  const shape = held(session);
  if (!shape) return;
  const size = itemSize(session);
  const at = cornerInHand(session, shape);
  const corner = shape.points[at];
  const points = corner
    ? withPointMoved(shape.points, at, placed({ x: corner.x + dx, y: corner.y + dy }, size))
    : movedRing(shape.points, dx, dy, size).map(({ x, y }) => ({ x: cents(x), y: cents(y) }));
  changeHeld(session, shape, { points }, `nudge ${at}`);
};

function stepCorner(session: Session, by: 1 | -1): void {
  const shape = held(session);
  if (!shape) return;
  const at = cornerInHand(session, shape);
  const from = at < 0 && by < 0 ? 0 : at;
  holdCorner(session, shape, (from + by + shape.points.length) % shape.points.length);
}

function putCorner(session: Session): void {
  const shape = held(session);
  if (!shape) return;
  const after = Math.max(0, cornerInHand(session, shape));
  const point = placed(middleAfter(shape.points, after), itemSize(session));
  changeHeld(session, shape, { points: withPoint(shape.points, after, point) });
  holdCorner(session, shape, after + 1);
}

const isHeld: Action["when"] = ({ session }) => held(session) !== undefined;

export const POLYGON_ACTIONS: readonly Action[] = [
  ...stepping(
    "polygon",
    () => t("Next polygon"),
    () => t("Previous polygon"),
  ),
  {
    id: "polygon-remove",
    group: "shape",
    label: () => t("Take the point back, or remove what is held"),
    keys: ["Backspace", "Delete"],
    when: ({ session }) => session.outline.points.value.length > 0 || held(session) !== undefined,
    run: ({ session }) => remove(session),
  },
  {
    id: "polygon-corner-next",
    group: "shape",
    label: () => t("Next corner"),
    keys: ["."],
    when: isHeld,
    run: ({ session }) => stepCorner(session, 1),
  },
  {
    id: "polygon-corner-previous",
    group: "shape",
    label: () => t("Previous corner"),
    keys: [","],
    when: isHeld,
    run: ({ session }) => stepCorner(session, -1),
  },
  {
    id: "polygon-corner-put",
    group: "shape",
    label: () => t("Put a corner in after this one"),
    keys: ["I"],
    when: isHeld,
    run: ({ session }) => putCorner(session),
  },
  ...arrows("polygon-nudge", "", () => t("Nudge by 1 pixel"), 1, nudge),
  ...arrows("polygon-leap", "Shift+", () => t("Nudge by 10 pixels"), 10, nudge),
];
