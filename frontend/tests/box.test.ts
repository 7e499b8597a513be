import { describe, expect, test } from "vitest";
import { gripAt, grown, moved, onEdge, resized, spanned } from "../src/kinds/box/geometry";
import { BOX_FORM } from "../src/kinds/box/hits";
import { type BoxAnswer, freshId } from "../src/kinds/box/model";
import { BoxTool } from "../src/kinds/box/tool";
import { Hits } from "../src/kinds/shapes/hits";
import { Session } from "../src/workbench/session";
import { fitted, toItem, type View, zoomed } from "../src/workbench/surface";
import { DEFECTS, task } from "./cast";

const SIZE = { width: 640, height: 400 };
const RECT = { x: 10, y: 20, w: 100, h: 50 };

describe("geometry", () => {
  test("a box drawn backwards and over the edge is cut to the image", () => {
    expect(spanned({ x: 50, y: 60 }, { x: -5, y: 900 }, SIZE)).toEqual({ x: 0, y: 60, w: 50, h: 340 });
  });

  test("a moved box keeps its size at the edge", () => {
    expect(moved(RECT, 9999, -9999, SIZE)).toEqual({ x: 540, y: 0, w: 100, h: 50 });
  });

  test("dragging a grip across the other side turns the box over", () => {
    expect(resized(RECT, "e", { x: 0, y: 0 }, SIZE)).toEqual({ x: 0, y: 20, w: 10, h: 50 });
  });

  test("an edge grip changes one side only", () => {
    expect(resized(RECT, "n", { x: 400, y: 0 }, SIZE)).toEqual({ x: 10, y: 0, w: 100, h: 70 });
  });

  test("a box shrinks to one pixel and no further", () => {
    expect(grown(RECT, -500, -500, SIZE)).toEqual({ ...RECT, w: 1, h: 1 });
  });

  test("a corner wins over an edge", () => {
    expect(gripAt({ x: 0, y: 0, w: 8, h: 8 }, { x: 1, y: 1 }, 5)).toBe("nw");
  });

  test("the inside of a box is not its edge", () => {
    expect(onEdge(RECT, { x: 60, y: 45 }, 4)).toBe(false);
    expect(onEdge(RECT, { x: 12, y: 45 }, 4)).toBe(true);
  });

  test("of nested boxes the smallest is hit", () => {
    const shapes = [
      { id: "big", label: "a", x: 0, y: 0, w: 300, h: 300 },
      { id: "small", label: "a", x: 50, y: 50, w: 20, h: 20 },
    ];
    expect(new Hits(BOX_FORM).over(shapes).inside({ x: 60, y: 60 })?.id).toBe("small");
    expect(new Hits(BOX_FORM).over(shapes).inside({ x: 200, y: 60 })?.id).toBe("big");
  });

  test("zooming leaves the point under the pointer where it is", () => {
    const view = fitted(SIZE, { width: 900, height: 700 });
    const at = { x: 123, y: 456 };
    const before = toItem(view, at);
    const after = toItem(zoomed(view, 3, at), at);
    expect(after.x).toBeCloseTo(before.x, 9);
    expect(after.y).toBeCloseTo(before.y, 9);
  });

  test("a new id is none that is there", () => {
    const shapes = ["b1", "b3"].map((id) => ({ id, label: "a", x: 0, y: 0, w: 1, h: 1 }));
    expect(freshId({ kind: "box", shapes })).toBe("b4");
  });
});

describe("the hand", () => {
  const VIEW: View = { scale: 1, x: 0, y: 0 };

  function hand() {
    const session = new Session(DEFECTS, () => 0);
    session.open(task(1));
    const tool = new BoxTool(session, session.field.value);
    const drag = (x1: number, y1: number, x2: number, y2: number, force = false) => {
      tool.down({ at: { x: x1, y: y1 }, force }, VIEW);
      tool.move({ at: { x: (x1 + x2) / 2, y: (y1 + y2) / 2 }, force }, VIEW);
      tool.move({ at: { x: x2, y: y2 }, force }, VIEW);
      tool.up({ at: { x: x2, y: y2 }, force }, VIEW);
    };
    const boxes = () => (session.answers.value.defects as BoxAnswer | undefined)?.shapes ?? [];
    return { session, tool, drag, boxes };
  }

  test("draws a box with the label in hand, and holds it", () => {
    const { session, drag, boxes } = hand();
    session.press(session.field.value, "crack");
    drag(10, 10, 110.006, 60);
    expect(boxes()).toEqual([{ id: "b1", label: "crack", x: 10, y: 10, w: 100.01, h: 50 }]);
    expect(session.selected.value).toBe("b1");
  });

  test("leaves nothing behind after an accidental click", () => {
    const { session, drag, boxes } = hand();
    drag(10, 10, 12, 11);
    expect(boxes()).toEqual([]);
    expect(session.history.done.value).toEqual([]);
  });

  test("moves the held box, and takes one step back at a time", () => {
    const { session, drag, boxes } = hand();
    drag(10, 10, 110, 60);
    drag(50, 30, 60, 50);
    expect(boxes()[0]).toMatchObject({ x: 20, y: 30, w: 100, h: 50 });
    session.undo();
    expect(boxes()[0]).toMatchObject({ x: 10, y: 10 });
    session.undo();
    expect(boxes()).toEqual([]);
    session.redo();
    expect(boxes()).toHaveLength(1);
  });

  test("draws inside a held box only with Shift", () => {
    const { drag, boxes } = hand();
    drag(10, 10, 210, 210);
    drag(50, 50, 90, 90, true);
    expect(boxes()).toHaveLength(2);
  });

  test("draws inside a box that is not held", () => {
    const { session, drag, boxes } = hand();
    drag(10, 10, 210, 210);
    session.selected.value = null;
    drag(50, 50, 90, 90);
    expect(boxes()).toHaveLength(2);
  });

  test("resizes by a corner", () => {
    const { drag, boxes } = hand();
    drag(10, 10, 110, 60);
    drag(110, 60, 150, 90);
    expect(boxes()[0]).toMatchObject({ x: 10, y: 10, w: 140, h: 80 });
  });

  test("gives the held box another label by its key", () => {
    const { session, drag, boxes } = hand();
    drag(10, 10, 110, 60);
    session.press(session.field.value, "crack");
    expect(boxes()[0]?.label).toBe("crack");
  });
});
