/** Polylines and figures of keypoints: pointer and keys in, operations out. */
import { describe, expect, test } from "vitest";
import { getKind } from "../src/kinds";
import { type KeypointAnswer, NO_FIGURES } from "../src/kinds/keypoint/model";
import { lengthOf } from "../src/kinds/shapes/rings";
import type { Action } from "../src/workbench/actions";
import type { Bench } from "../src/workbench/bench";
import { Session } from "../src/workbench/session";
import type { ImageTool, View } from "../src/workbench/surface";
import { field, rulebook, task } from "./cast";

const VIEW: View = { scale: 1, x: 0, y: 0 };
const BODY = {
  points: ["head", "hip", "foot"].map((id) => ({ id, zh: id, en: id })),
  skeleton: [
    ["head", "hip"],
    ["hip", "foot"],
  ],
};

function hand(kind: string, options: Record<string, unknown> = {}) {
  const session = new Session(rulebook([field("it", kind, ["a", "b"], { options })]), () => 0);
  session.open(task(1));
  const tool = getKind(kind).tool?.(session, session.field.value) as ImageTool;
  const drag = (x1: number, y1: number, x2 = x1, y2 = y1, force = false) => {
    tool.down({ at: { x: x1, y: y1 }, force }, VIEW);
    tool.move({ at: { x: x2, y: y2 }, force }, VIEW);
    tool.up({ at: { x: x2, y: y2 }, force }, VIEW);
  };
  const bench = { session } as unknown as Bench;
  const key = (key: string) => {
    const act = getKind(kind).actions.find((each: Action) => each.keys.includes(key) && each.when(bench));
    if (!act) throw new Error(`nothing is on ${key}`);
    act.run(bench);
  };
  const wire = () => getKind(kind).encode(session.answer(session.field.value)) as { shapes: { points: number[][] }[] };
  const points = (of = 0) => wire().shapes[of]?.points;
  const end = () => getKind(kind).finish?.(session, session.field.value);
  return { session, tool, drag, click: drag, key, wire, points, end };
}

describe("a line", () => {
  test("is put point after point and ended by a click on its last", () => {
    const { drag, click, points } = hand("polyline");
    click(10, 10);
    click(50, 60);
    drag(90, 20);
    click(90, 21);
    expect(points()).toEqual([
      [10, 10],
      [50, 60],
      [90, 20],
    ]);
  });

  test("is ended by a double click where the second click lies, with no point too many", () => {
    const { click, tool, points } = hand("polyline");
    click(10, 10);
    click(90, 20);
    click(90, 20);
    tool.double?.({ x: 90, y: 20 }, VIEW);
    expect(points()).toEqual([
      [10, 10],
      [90, 20],
    ]);
  });

  test("is ended by the submit key, and needs two points for that", () => {
    const { click, end, wire } = hand("polyline");
    click(10, 10);
    expect(end()).toBe("A line needs two points; Esc drops it.");
    click(90, 20);
    expect(end()).toBe("");
    expect(wire().shapes).toHaveLength(1);
  });

  test("does not close: its end is no way to its beginning", () => {
    const { click, end, key, points } = hand("polyline");
    for (const [x, y] of [
      [0, 0],
      [100, 0],
      [100, 100],
    ] as const)
      click(x, y);
    end();
    key(",");
    key("I");
    expect(points()).toEqual([
      [0, 0],
      [100, 0],
      [100, 50],
      [100, 100],
    ]);
  });

  test("is taken where it passes, not where it only goes around", () => {
    const { click, end, session } = hand("polyline");
    click(0, 0);
    click(100, 0);
    click(100, 100);
    end();
    session.selected.value = null;
    click(60, 40);
    expect([session.selected.value, session.outline.points.value.length]).toEqual([null, 1]);
    session.outline.clear();
    click(60, 2);
    expect(session.selected.value).toBe("l1");
  });

  test("its corners are dragged, nudged and taken out down to two", () => {
    const { click, drag, end, key, points, wire } = hand("polyline");
    click(10, 10);
    click(50, 50);
    click(90, 10);
    end();
    drag(90, 10, 120, 30);
    key("ArrowDown");
    key(",");
    key("Delete");
    expect(points()).toEqual([
      [10, 10],
      [120, 31],
    ]);
    expect(
      lengthOf([
        { x: 0, y: 0 },
        { x: 3, y: 4 },
      ]),
    ).toBe(5);
    expect(wire().shapes).toHaveLength(1);
  });
});

describe("a figure", () => {
  test("is put in the order of its points; the hand is free afterwards", () => {
    const { click, points, session, end } = hand("keypoint", BODY);
    click(10, 10);
    click(20, 60);
    click(15, 110);
    expect(points()).toEqual([
      [10, 10, 2],
      [20, 60, 2],
      [15, 110, 2],
    ]);
    expect([session.outline.corner.value, end()]).toEqual([null, undefined]);
  });

  test("X leaves a point out, O says that the one in hand is hidden", () => {
    const { click, key, points } = hand("keypoint", BODY);
    click(10, 10);
    key("X");
    click(15, 110);
    key(",");
    key("O");
    expect(points()).toEqual([
      [10, 10, 2],
      [0, 0, 0],
      [15, 110, 1],
    ]);
    key("O");
    expect(points()?.[2]).toEqual([15, 110, 2]);
  });

  test("undo takes one point back and the hand with it; redo puts both again", () => {
    const { click, points, session } = hand("keypoint", BODY);
    click(10, 10);
    click(20, 60);
    session.undo();
    expect(session.outline.corner.value).toEqual({ shape: "k1", at: 1 });
    click(30, 70);
    expect(points()?.[1]).toEqual([30, 70, 2]);
    session.undo();
    session.redo();
    click(15, 110);
    expect(points()).toEqual([
      [10, 10, 2],
      [30, 70, 2],
      [15, 110, 2],
    ]);
    session.undo();
    session.undo();
    session.undo();
    expect(session.answer(session.field.value)).toEqual(NO_FIGURES);
  });

  test("the submit key ends a figure whose points still wait, and submits only then", () => {
    const { click, end, points } = hand("keypoint", BODY);
    click(10, 10);
    expect(end()).toBe("");
    expect(end()).toBeUndefined();
    expect(points()).toEqual([
      [10, 10, 2],
      [0, 0, 0],
      [0, 0, 0],
    ]);
  });

  test("a point is dragged alone, a limb takes the whole figure to the edge and no further", () => {
    const { click, drag, points } = hand("keypoint", BODY);
    click(10, 10);
    click(20, 60);
    click(15, 110);
    drag(20, 60, 40, 64);
    drag(25, 37, -200, 37);
    expect(points()).toEqual([
      [0, 10, 2],
      [30, 64, 2],
      [5, 110, 2],
    ]);
  });

  test("a click after a whole figure begins another, of the label in hand", () => {
    const { click, session, wire } = hand("keypoint", BODY);
    session.press(session.field.value, "b");
    for (const y of [10, 60, 110]) click(10, y);
    click(200, 10);
    const shapes = (session.answer(session.field.value) as KeypointAnswer).shapes;
    expect(shapes.map(({ id, label }) => [id, label])).toEqual([
      ["k1", "b"],
      ["k2", "b"],
    ]);
    expect(wire().shapes).toHaveLength(2);
  });

  test("Delete takes the point in hand out while another stays, then the figure", () => {
    const { click, key, points, wire } = hand("keypoint", BODY);
    click(10, 10);
    click(20, 60);
    key(",");
    key("Delete");
    expect(points()?.map(([, , flag]) => flag)).toEqual([2, 0, 0]);
    key(",");
    key("Delete");
    expect(wire().shapes).toHaveLength(0);
  });
});
