/** What the keyboard does with shapes of any form. */
import type { Action } from "../../workbench/actions";
import type { Session } from "../../workbench/session";
import { changeShape, findShape, removeShape, type Shaped, type Shapes } from "./model";

export const shapesOf = <S extends Shaped>(session: Session): Shapes<S> =>
  session.answer(session.field.value) as Shapes<S>;

export const heldShape = <S extends Shaped>(session: Session): S | undefined =>
  findShape(shapesOf<S>(session), session.selected.value);

export function removeHeld(session: Session): void {
  const shape = heldShape(session);
  if (shape) session.change(session.field.value, removeShape(shapesOf(session), shape.id), { selected: null });
}

/** Change the shape that is held; acts with the same `merge` in quick succession are one step of undo. */
export function changeHeld<S extends Shaped>(session: Session, shape: S, change: Partial<S>, merge?: string): void {
  const after = changeShape<S, Shapes<S>>(shapesOf<S>(session), shape.id, change);
  session.change(session.field.value, after, { selected: shape.id, ...(merge && { merge: `${merge} ${shape.id}` }) });
}

/** The next shape in the order of drawing (or the one before); null past the end. */
function neighbour(session: Session, by: 1 | -1): string | null {
  const ids = shapesOf(session).shapes.map((each) => each.id);
  const at = ids.indexOf(session.selected.value ?? "");
  const start = by === 1 ? 0 : ids.length - 1;
  return ids[at < 0 ? start : at + by] ?? null;
}

/** From shape to shape with Tab, and past the last one onwards. */
export function stepping(id: string, next: () => string, previous: () => string): Action[] {
  return [
    {
      id: `${id}-next`,
      group: "shape",
      label: next,
      keys: ["Tab"],
      when: ({ session }) => neighbour(session, 1) !== null,
      run: ({ session }) => {
        session.selected.value = neighbour(session, 1);
      },
    },
    {
      id: `${id}-previous`,
      group: "shape",
      label: previous,
      keys: ["Shift+Tab"],
      when: ({ session }) => session.selected.value !== null && neighbour(session, -1) !== null,
      run: ({ session }) => {
        session.selected.value = neighbour(session, -1);
      },
    },
  ];
}

export type Reshape = (session: Session, dx: number, dy: number) => void;

const ARROWS = [
  ["ArrowLeft", -1, 0],
  ["ArrowRight", 1, 0],
  ["ArrowUp", 0, -1],
  ["ArrowDown", 0, 1],
] as const;

/** One entry a direction, shown in the help as one line. */
export function arrows(id: string, prefix: string, label: () => string, by: number, run: Reshape): Action[] {
  return ARROWS.map(([key, dx, dy], at) => ({
    id: `${id}-${key}`,
    group: "shape",
    label,
    keys: [prefix + key],
    ...(at > 0 && { hidden: true }),
    ...(at === 0 && { shown: prefix ? `${prefix.replace("+", "")} ←↑↓→` : "←↑↓→" }),
    when: ({ session }) => heldShape(session) !== undefined,
    run: ({ session }) => run(session, dx * by, dy * by),
  }));
}
