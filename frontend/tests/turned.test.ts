/** Boxes that are turned: pointer and keys in, operations out. */
import { describe, expect, test } from "vitest";
import { getKind } from "../src/kinds";
import { BOX_ACTIONS } from "../src/kinds/box/acts";
import { BOX_FORM } from "../src/kinds/box/hits";
import type { BoxAnswer, BoxShape } from "../src/kinds/box/model";
import { handleOf } from "../src/kinds/box/paint";
import { BoxTool } from "../src/kinds/box/tool";
import {
  boundsOfBox,
  cornersOf,
  isInside,
  stretched,
  type Turned,
  tidyAngle,
  turnedTo,
} from "../src/kinds/box/turning";
import { Hits } from "../src/kinds/shapes/hits";
import type { Bench } from "../src/workbench/bench";
import { Session } from "../src/workbench/session";
import type { View } from "../src/workbench/surface";
import { field, rulebook, task } from "./cast";

const SIZE = { width: 640, height: 400 };
const VIEW: View = { scale: 1, x: 0, y: 0 };
const turned = (angle: number, more: Partial<BoxShape> = {}): BoxShape => {
  return { id: "b1", label: "crack", x: 200, y: 150, w: 200, h: 100, angle, ...more };
};

function hand(shape: BoxShape = turned(0), rotate = true) {
  const asked = field("defects", "box", ["crack", "pore"], { options: { rotate } });
  const session = new Session(rulebook([asked]), () => 0);
  session.open(task(1));
  const tool = new BoxTool(session, session.field.value);
  session.change(session.field.value, { kind: "box", shapes: [shape] } as BoxAnswer, { selected: shape.id });
  const drag = (from: { x: number; y: number }, to: { x: number; y: number }, force = false) => {
    tool.down({ at: from, force: false }, VIEW);
    tool.move({ at: { x: (from.x + to.x) / 2, y: (from.y + to.y) / 2 }, force }, VIEW);
    tool.move({ at: to, force }, VIEW);
    tool.up({ at: to, force }, VIEW);
  };
  const boxes = () => (session.answers.value["defects"] as BoxAnswer).shapes;
  const box = () => boxes()[0] as BoxShape;
  const press = (key: string) => {
    const act = BOX_ACTIONS.find((each) => each.keys.includes(key));
    if (!act?.when({ session } as Bench)) return false;
    act.run({ session } as Bench);
    return true;
  };
  return { session, tool, drag, box, boxes, press };
}

const CENTRE = { x: 300, y: 200 };

describe("the handle", () => {
  test("turns the held box about its centre, and leaves place and size", () => {
    const { drag, box } = hand();
    drag(handleOf(turned(0), VIEW), { x: 500, y: 200 });
    expect(box()).toEqual(turned(90));
  });

  test("turns by as much as the pointer goes round, wherever the handle was taken hold of", () => {
    const { drag, box } = hand();
    const { x, y } = handleOf(turned(0), VIEW);
    drag({ x: x + 5, y: y + 3 }, { x: CENTRE.x - (y + 3 - CENTRE.y), y: CENTRE.y + 5 });
    expect(box().angle).toBeCloseTo(90, 1);
  });

  test("goes in steps of 15 degrees with Shift, even where the stroke began without it", () => {
    const { drag, box } = hand();
    drag(handleOf(turned(0), VIEW), { x: 400, y: 110 }, true);
    expect(box().angle).toBe(45);
  });

  test("is below a box whose upper side is out of sight", () => {
    expect(handleOf(turned(0), { scale: 1, x: 0, y: -140 })).toEqual({ x: 300, y: 276 });
  });

  test("brought back to where it was leaves no angle and, let go at once, nothing to undo", () => {
    const { drag, box, session } = hand(turned(90));
    drag(handleOf(turned(90), VIEW), { x: 300, y: 50 });
    expect(box()).toEqual(turned(0, { angle: undefined }));
    expect(getKind("box").encode({ kind: "box", shapes: [box()] } as never)).toEqual({
      kind: "box",
      shapes: [{ id: "b1", label: "crack", x: 200, y: 150, w: 200, h: 100 }],
    });
    session.undo();
    expect(box().angle).toBe(90);
  });

  test("is not there where the field takes upright boxes: a press draws", () => {
    const { drag, boxes, press } = hand(turned(0), false);
    const at = handleOf(turned(0), VIEW);
    drag(at, { x: at.x + 60, y: at.y - 50 });
    expect(boxes()).toHaveLength(2);
    expect(press(".")).toBe(false);
  });
});

describe("keys", () => {
  test("turn by a degree, and by Shift to the next 15", () => {
    const { press, box } = hand();
    press(".");
    press(".");
    expect(box().angle).toBe(2);
    press(">");
    expect(box().angle).toBe(15);
    press("<");
    press(",");
    expect(box().angle).toBe(-1);
  });

  test("pass from half a turn on to the other side", () => {
    const { press, box } = hand(turned(179.5));
    press(".");
    expect(box().angle).toBe(-179.5);
  });

  test("move a turned box as far as its corners allow", () => {
    const { press, box } = hand(turned(90, { x: 0, y: 150 }));
    for (let n = 0; n < 8; n += 1) press("Shift+ArrowLeft");
    expect(boundsOfBox(box()).x).toBeCloseTo(0, 2);
    expect(box().angle).toBe(90);
  });

  test("widen a turned box along its own side, its left end staying", () => {
    const { press, box } = hand(turned(90));
    const before = cornersOf(box())[0];
    press("Alt+ArrowRight");
    expect(box().w).toBe(201);
    expect(cornersOf(box())[0]?.x).toBeCloseTo(before?.x ?? 0, 1);
    expect(cornersOf(box())[0]?.y).toBeCloseTo(before?.y ?? 0, 1);
  });
});

describe("grips", () => {
  test("resize in the box's own directions, the corner across staying where it is", () => {
    const { drag, box } = hand(turned(90));
    const [nw, , se] = cornersOf(turned(90));
    if (!nw || !se) throw new Error("a box has corners");
    drag(se, { x: se.x - 20, y: se.y + 30 });
    expect(box()).toMatchObject({ w: 230, h: 120, angle: 90 });
    expect(cornersOf(box())[0]?.x).toBeCloseTo(nw.x, 1);
    expect(cornersOf(box())[0]?.y).toBeCloseTo(nw.y, 1);
  });

  test("of a side change one measure alone", () => {
    const after = stretched(turned(30), "e", { x: 420, y: 300 }, SIZE);
    expect(after.h).toBe(100);
    expect(after.w).toBeGreaterThan(200);
  });

  test("dragged across the other side turn the box over, and its angle stays", () => {
    const box = turned(90);
    const [, , , sw] = cornersOf(box);
    const after = stretched(box, "n", { x: (sw?.x ?? 0) - 40, y: 200 }, SIZE);
    expect(after).toMatchObject({ angle: 90 });
    expect(after.h).toBeCloseTo(40, 6);
  });
});

describe("pointing", () => {
  test("takes a turned box by its own outline and not by what is around it", () => {
    const hits = new Hits(BOX_FORM).over([turned(45)]);
    const around = boundsOfBox(turned(45));
    expect(hits.inside({ x: around.x + 5, y: around.y + 5 })).toBeUndefined();
    expect(hits.inside(CENTRE)?.id).toBe("b1");
    const corner = cornersOf(turned(45))[0];
    expect(corner && hits.edge(corner, 3)?.id).toBe("b1");
  });

  test("zooms to all of a turned box", () => {
    const { tool } = hand(turned(90));
    expect(tool.bounds("b1")).toEqual({ x: 250, y: 100, w: 100, h: 200 });
  });

  test("snaps what is drawn to a turned box's corner", () => {
    const { session, drag, boxes } = hand(turned(45));
    session.snap.value = true;
    session.selected.value = null;
    const corner = cornersOf(turned(45))[0] ?? CENTRE;
    drag({ x: corner.x - 4, y: corner.y - 4 }, { x: corner.x - 100, y: corner.y - 40 });
    const drawn = boxes()[1];
    expect((drawn?.x ?? 0) + (drawn?.w ?? 0)).toBeCloseTo(corner.x, 1);
    expect((drawn?.y ?? 0) + (drawn?.h ?? 0)).toBeCloseTo(corner.y, 1);
  });
});

describe("the image's edge", () => {
  test("a box turned beside it is moved in", () => {
    const after = turnedTo(turned(0, { x: 0, y: 0, w: 200, h: 20 }), 90, SIZE);
    expect(boundsOfBox(after)).toEqual({ x: 90, y: 0, w: 20, h: 200 });
  });

  test("a box that is longer than the image is high turns as far as there is room", () => {
    const after = turnedTo(turned(0, { x: 10, y: 100, w: 600, h: 20 }), 90, SIZE);
    expect(isInside(after, SIZE)).toBe(true);
    expect(after.angle).toBeGreaterThan(30);
    expect(after.angle).toBeLessThan(42);
  });

  test("no stroke and no key puts a corner outside of it", () => {
    const at = (seed: number) => (seed * 7919) % 1000;
    for (let seed = 1; seed < 120; seed += 1) {
      const box: Turned = turnedTo(turned(0), at(seed) * 0.36, SIZE);
      const grip = (["nw", "n", "ne", "e", "se", "s", "sw", "w"] as const)[seed % 8] ?? "n";
      const after = stretched(box, grip, { x: at(seed + 1) - 100, y: at(seed + 2) - 200 }, SIZE);
      expect(isInside(after, SIZE)).toBe(true);
    }
  });
});

test("an angle is read and written in one way", () => {
  expect([270, -180, -179.999, 720.004, -0.001, 90].map(tidyAngle)).toEqual([-90, 180, 180, 0, 0, 90]);
});

test("what a check asks of a box is its angle too, and nought of an upright one", () => {
  const units = getKind("box").units({ kind: "box", shapes: [turned(30), turned(0)] } as never, task(1).item);
  expect(units.map(({ env }) => env["angle"])).toEqual([30, 0]);
});
