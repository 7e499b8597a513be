/** What the keyboard does with boxes. */

import type { Size } from "../../plane";
import { t } from "../../words";
import type { Action } from "../../workbench/actions";
import type { Session } from "../../workbench/session";
import { grown, moved } from "./geometry";
import { type BoxAnswer, changeBox, findBox, removeBox } from "./model";

const boxes = (session: Session): BoxAnswer => session.answer(session.field.value) as BoxAnswer;
const held = (session: Session) => findBox(boxes(session), session.selected.value);

function size(session: Session): Size {
  const item = session.task.value?.item;
  return { width: item?.width ?? 0, height: item?.height ?? 0 };
}

export function removeHeld(session: Session): void {
  const shape = held(session);
  if (shape) session.change(session.field.value, removeBox(boxes(session), shape.id), { selected: null });
}

/** Select the next box in the order of drawing (or the one before); null past the end. */
function step(session: Session, by: 1 | -1): void {
  session.selected.value = neighbour(session, by);
}

function neighbour(session: Session, by: 1 | -1): string | null {
  const ids = boxes(session).shapes.map((each) => each.id);
  const at = ids.indexOf(session.selected.value ?? "");
  const start = by === 1 ? 0 : ids.length - 1;
  return ids[at < 0 ? start : at + by] ?? null;
}

type Reshape = (session: Session, dx: number, dy: number) => void;

const nudge: Reshape = (session, dx, dy) => {
  const shape = held(session);
  if (!shape) return;
  const { x, y } = moved(shape, dx, dy, size(session));
  const options = { selected: shape.id, merge: `nudge ${shape.id}` };
  session.change(session.field.value, changeBox(boxes(session), shape.id, { x, y }), options);
};

const grow: Reshape = (session, dx, dy) => {
  const shape = held(session);
  if (!shape) return;
  const { w, h } = grown(shape, dx, dy, size(session));
  const options = { selected: shape.id, merge: `grow ${shape.id}` };
  session.change(session.field.value, changeBox(boxes(session), shape.id, { w, h }), options);
};

const ARROWS = [
  ["ArrowLeft", -1, 0],
  ["ArrowRight", 1, 0],
  ["ArrowUp", 0, -1],
  ["ArrowDown", 0, 1],
] as const;

/** One entry a direction, shown in the help as one line. */
function arrows(id: string, prefix: string, label: () => string, by: number, run: Reshape): Action[] {
  return ARROWS.map(([key, dx, dy], at) => ({
    id: `${id}-${key}`,
    group: "shape",
    label,
    keys: [prefix + key],
    ...(at > 0 && { hidden: true }),
    ...(at === 0 && { shown: prefix ? `${prefix.replace("+", "")} ←↑↓→` : "←↑↓→" }),
    when: ({ session }) => held(session) !== undefined,
    run: ({ session }) => run(session, dx * by, dy * by),
  }));
}

export const BOX_ACTIONS: readonly Action[] = [
  {
    id: "box-next",
    group: "shape",
    label: () => t("Next box"),
    keys: ["Tab"],
    when: ({ session }) => neighbour(session, 1) !== null,
    run: ({ session }) => step(session, 1),
  },
  {
    id: "box-previous",
    group: "shape",
    label: () => t("Previous box"),
    keys: ["Shift+Tab"],
    when: ({ session }) => session.selected.value !== null && neighbour(session, -1) !== null,
    run: ({ session }) => step(session, -1),
  },
  {
    id: "box-remove",
    group: "shape",
    label: () => t("Remove the box"),
    keys: ["Delete", "Backspace"],
    when: ({ session }) => held(session) !== undefined,
    run: ({ session }) => removeHeld(session),
  },
  ...arrows("nudge", "", () => t("Nudge by 1 pixel"), 1, nudge),
  ...arrows("leap", "Shift+", () => t("Nudge by 10 pixels"), 10, nudge),
  ...arrows("grow", "Alt+", () => t("Widen or narrow by 1 pixel"), 1, grow),
];
