/** What the keyboard does with paths. */
import { t } from "../../words";
import type { Action } from "../../workbench/actions";
import type { Session } from "../../workbench/session";
import { arrows, changeHeld, heldShape, type Reshape, removeHeld, stepping } from "../shapes/acts";
import { cents } from "../shapes/model";
import { middleAfter, movedRing, withoutPoint, withPoint, withPointMoved } from "../shapes/rings";
import { itemSize } from "../shapes/tool";
import { type PathKind, type PathShape, placed } from "./model";

const held = (session: Session) => heldShape<PathShape>(session);

/** The number of the corner in hand, of the held path; -1 where none is. */
function cornerInHand(session: Session, shape: PathShape | undefined = held(session)): number {
  const corner = session.outline.corner.value;
  return shape && corner?.shape === shape.id && corner.at < shape.points.length ? corner.at : -1;
}

function holdCorner(session: Session, shape: PathShape, at: number): void {
  session.outline.corner.value = { shape: shape.id, at };
}

/** The last point of what is being drawn, the corner in hand, or the whole path. */
function remove(session: Session, { fewest }: PathKind): void {
  if (session.outline.back()) return;
  const shape = held(session);
  const at = cornerInHand(session);
  if (!shape || at < 0) removeHeld(session);
  else if (shape.points.length > fewest) {
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

function putCorner(session: Session, { open }: PathKind): void {
  const shape = held(session);
  if (!shape) return;
  const last = shape.points.length - (open ? 2 : 1);
  const after = Math.min(last, Math.max(0, cornerInHand(session, shape)));
  const point = placed(middleAfter(shape.points, after), itemSize(session));
  changeHeld(session, shape, { points: withPoint(shape.points, after, point) });
  holdCorner(session, shape, after + 1);
}

const isHeld: Action["when"] = ({ session }) => held(session) !== undefined;

/** The acts of one kind of path; `next` and `previous` are its shapes' own words. */
export function pathActions(path: PathKind, next: () => string, previous: () => string): readonly Action[] {
  const act = (id: string, key: string, label: () => string, run: (session: Session) => void): Action => {
    return {
      id: `${path.id}-${id}`,
      group: "shape",
      label,
      keys: [key],
      when: isHeld,
      run: ({ session }) => run(session),
    };
  };
  return [
    ...stepping(path.id, next, previous),
    {
      ...act(
        "remove",
        "Backspace",
        () => t("Take the point back, or remove what is held"),
        (on) => remove(on, path),
      ),
      keys: ["Backspace", "Delete"],
      when: ({ session }) => session.outline.points.value.length > 0 || held(session) !== undefined,
    },
    act(
      "corner-next",
      ".",
      () => t("Next corner"),
      (on) => stepCorner(on, 1),
    ),
    act(
      "corner-previous",
      ",",
      () => t("Previous corner"),
      (on) => stepCorner(on, -1),
    ),
    act(
      "corner-put",
      "I",
      () => t("Put a corner in after this one"),
      (on) => putCorner(on, path),
    ),
    ...arrows(`${path.id}-nudge`, "", () => t("Nudge by 1 pixel"), 1, nudge),
    ...arrows(`${path.id}-leap`, "Shift+", () => t("Nudge by 10 pixels"), 10, nudge),
  ];
}
