/** Where points go that are put near something, and what is seen of the others. */
import { describe, expect, test } from "vitest";
import type { BoxAnswer } from "../src/kinds/box/model";
import { BoxTool } from "../src/kinds/box/tool";
import { PathTool } from "../src/kinds/path/tool";
import { RING as OUTLINE } from "../src/kinds/polygon/model";
import { snapped } from "../src/kinds/shapes/snap";
import { Session } from "../src/workbench/session";
import { Viewport } from "../src/workbench/viewport";
import { DEFECTS, field, rulebook, task } from "./cast";

const SIZE = { width: 640, height: 400 };
const RING = [
  { x: 100, y: 100 },
  { x: 200, y: 100 },
  { x: 200, y: 200 },
];
const VIEW = { scale: 1, x: 0, y: 0 };

describe("a point", () => {
  test.each([
    ["a corner", { x: 103, y: 98 }, { x: 100, y: 100 }],
    ["a side", { x: 150, y: 104 }, { x: 150, y: 100 }],
    ["the closing side", { x: 148, y: 152 }, { x: 150, y: 150 }],
    ["the left border", { x: 4, y: 300 }, { x: 0, y: 300 }],
    ["the image's corner", { x: 637, y: 396 }, { x: 640, y: 400 }],
    ["nothing", { x: 300, y: 300 }, { x: 300, y: 300 }],
  ])("near %s goes there", (_, at, to) => {
    expect(snapped(at, 7, [{ points: RING }], SIZE)).toEqual(to);
  });

  test("does not go to the closing side of a line, which has none", () => {
    expect(snapped({ x: 148, y: 152 }, 7, [{ points: RING, open: true }], SIZE)).toEqual({ x: 148, y: 152 });
  });
});

function boxes(snap: boolean) {
  const session = new Session(DEFECTS);
  session.open(task(1));
  session.snap.value = snap;
  const tool = new BoxTool(session, session.field.value);
  const drag = (from: [number, number], to: [number, number], force = false) => {
    const at = ([x, y]: [number, number]) => ({ at: { x, y }, force });
    tool.down(at(from), VIEW);
    tool.move(at(to), VIEW);
    tool.up(at(to), VIEW);
  };
  const last = () => (session.answers.value.defects as BoxAnswer).shapes.at(-1);
  return { session, tool, drag, last };
}

describe("a box", () => {
  test("that is drawn beside another shares its corner and side, and ends at the border", () => {
    const { drag, last } = boxes(true);
    drag([100, 100], [200, 200]);
    drag([203, 97], [400, 397], true);
    expect(last()).toMatchObject({ x: 200, y: 100, w: 200, h: 300 });
  });

  test("goes where it is put while snapping is off", () => {
    const { drag, last } = boxes(false);
    drag([100, 100], [200, 200]);
    drag([203, 97], [400, 397], true);
    expect(last()).toMatchObject({ x: 203, y: 97, w: 197, h: 300 });
  });

  test("does not snap to itself while it is resized", () => {
    const { drag, last } = boxes(true);
    drag([100, 100], [200, 200]);
    drag([200, 150], [205, 150]);
    expect(last()).toMatchObject({ x: 100, w: 105 });
  });

  test("under another is out of reach while the others are hidden", () => {
    const { session, drag, tool } = boxes(false);
    drag([10, 10], [60, 60]);
    drag([100, 100], [200, 200]);
    session.alone.value = true;
    drag([30, 10], [30, 10]);
    expect(session.selected.value).toBeNull();
    drag([30, 10], [30, 10]);
    expect(session.selected.value).toBe("b1");
    expect(tool.bounds("b1")).toMatchObject({ x: 10, y: 10, w: 50, h: 50 });
  });
});

test("a polygon's points snap to the corners of its neighbour", () => {
  const session = new Session(rulebook([field("a", "polygon", ["x"])]));
  session.open(task(1));
  session.snap.value = true;
  const tool = new PathTool(session, session.field.value, OUTLINE);
  const click = (x: number, y: number) => {
    tool.down({ at: { x, y }, force: true }, VIEW);
    tool.up({ at: { x, y }, force: true }, VIEW);
  };
  for (const [x, y] of [
    [100, 100],
    [200, 100],
    [200, 200],
    [100, 100],
  ] as const)
    click(x, y);
  for (const [x, y] of [
    [203, 102],
    [300, 100],
  ] as const)
    click(x, y);
  expect(session.outline.points.value).toEqual([
    { x: 200, y: 100 },
    { x: 300, y: 100 },
  ]);
});

test("zooming to a shape puts it in the middle, with room around it", () => {
  const port = new Viewport();
  port.stage.value = { width: 1000, height: 600 };
  port.show({ x: 100, y: 100, w: 50, h: 60 });
  const { scale, x, y } = port.view.value;
  expect([125 * scale + x, 130 * scale + y]).toEqual([500, 300]);
  expect(60 * scale).toBeCloseTo(360);
  expect(port.fits.value).toBe(false);
});
