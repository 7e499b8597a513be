import { describe, expect, test } from "vitest";
import { getKind } from "../src/kinds";
import { finish, PathTool } from "../src/kinds/path/tool";
import { polygon } from "../src/kinds/polygon";
import { type PolygonAnswer, RING } from "../src/kinds/polygon/model";
import { areaOf, cornerAt, crossesItself, encloses, movedRing, nearestOnSide } from "../src/kinds/shapes/rings";
import type { Bench } from "../src/workbench/bench";
import { chord } from "../src/workbench/keymap";
import { Session } from "../src/workbench/session";
import type { View } from "../src/workbench/surface";
import { bench, field, rulebook, task, until } from "./cast";

const SIZE = { width: 640, height: 400 };
const at = (...pairs: readonly (readonly [number, number])[]) => pairs.map(([x, y]) => ({ x, y }));
const SQUARE = at([10, 10], [110, 10], [110, 60], [10, 60]);
const PARTS = rulebook([field("parts", "polygon", ["leaf", "stem"])]);
const VIEW: View = { scale: 1, x: 0, y: 0 };

describe("rings", () => {
  test("the area is the same whichever way round", () => {
    expect(areaOf(SQUARE)).toBe(5000);
    expect(areaOf([...SQUARE].reverse())).toBe(5000);
  });

  test("a bow tie crosses itself; touching in a corner or going back the same way does not", () => {
    expect(crossesItself(at([10, 10], [90, 90], [90, 10], [10, 90]))).toBe(true);
    expect(crossesItself(at([10, 10], [50, 50], [90, 10], [90, 90], [50, 50], [10, 90]))).toBe(false);
    expect(crossesItself(at([10, 10], [50, 10], [50, 50], [50, 90], [50, 50], [10, 50]))).toBe(false);
  });

  test("the inside of a horseshoe is not the gap between its arms", () => {
    const horseshoe = at([0, 0], [90, 0], [90, 90], [60, 90], [60, 30], [30, 30], [30, 90], [0, 90]);
    expect(encloses(horseshoe, { x: 45, y: 60 })).toBe(false);
    expect(encloses(horseshoe, { x: 15, y: 60 })).toBe(true);
  });

  test("the side that closes the ring is a side like the others", () => {
    expect(nearestOnSide(SQUARE, { x: 8, y: 40 })).toMatchObject({ side: 3, at: { x: 10, y: 40 }, distance: 2 });
  });

  test("of two corners within reach the nearer one is taken", () => {
    expect(cornerAt(at([0, 0], [6, 0], [3, 9]), { x: 4, y: 0 }, 8)).toBe(1);
    expect(cornerAt(SQUARE, { x: 60, y: 35 }, 8)).toBe(-1);
  });

  test("a moved ring keeps its form at the edge", () => {
    expect(movedRing(SQUARE, 9999, -9999, SIZE)).toEqual(at([540, 0], [640, 0], [640, 50], [540, 50]));
  });
});

describe("the hand", () => {
  function hand() {
    const session = new Session(PARTS, () => 0);
    session.open(task(1));
    const tool = new PathTool(session, session.field.value, RING);
    const drag = (x1: number, y1: number, x2: number, y2: number, force = false) => {
      tool.down({ at: { x: x1, y: y1 }, force }, VIEW);
      tool.move({ at: { x: (x1 + x2) / 2, y: (y1 + y2) / 2 }, force }, VIEW);
      tool.move({ at: { x: x2, y: y2 }, force }, VIEW);
      tool.up({ at: { x: x2, y: y2 }, force }, VIEW);
    };
    const click = (x: number, y: number, force = false) => drag(x, y, x, y, force);
    const double = (x: number, y: number) => {
      click(x, y);
      click(x, y);
      tool.double({ x, y }, VIEW);
    };
    const square = () => {
      for (const { x, y } of SQUARE) click(x, y);
    };
    const shapes = () => (session.answers.value.parts as PolygonAnswer | undefined)?.shapes ?? [];
    const points = (n = 0) => shapes()[n]?.points;
    const press = (key: string, shiftKey = false) => {
      const name = chord({ key, shiftKey, ctrlKey: false, metaKey: false, altKey: false });
      const on = { session } as unknown as Bench;
      polygon.actions.find((each) => each.keys.includes(name) && each.when(on))?.run(on);
    };
    return { session, tool, drag, click, double, square, shapes, points, press };
  }

  test("puts point after point and closes on the first, with the label in hand", () => {
    const { session, click, square, shapes } = hand();
    session.press(session.field.value, "stem");
    square();
    expect(shapes()).toEqual([]);
    click(12, 11);
    expect(shapes()).toEqual([{ id: "p1", label: "stem", points: SQUARE }]);
    expect(session.selected.value).toBe("p1");
    expect(session.outline.points.value).toEqual([]);
  });

  test("closes by the submit key, and says what an outline of two points lacks", () => {
    const { session, click, square, shapes } = hand();
    const field = session.field.value;
    expect(finish(session, field, RING)).toBeUndefined();
    click(10, 10);
    click(110, 10);
    expect(finish(session, field, RING)).toContain("three points");
    expect(shapes()).toEqual([]);
    session.outline.clear();
    square();
    expect(finish(session, field, RING)).toBe("");
    expect(shapes()).toHaveLength(1);
  });

  test("closes by a double click, which puts no point twice", () => {
    const { click, double, points } = hand();
    click(10, 10);
    click(110, 10);
    double(110, 60);
    expect(points()).toEqual(at([10, 10], [110, 10], [110, 60]));
  });

  test("cuts points to the image, to two decimals", () => {
    const { session, click } = hand();
    click(-20, 30.456);
    click(900, 10);
    expect(session.outline.points.value).toEqual(at([0, 30.46], [640, 10]));
  });

  test("takes points back one by one, and puts them again", () => {
    const { session, square, press } = hand();
    square();
    press("Backspace");
    session.undo();
    expect(session.outline.points.value).toEqual(SQUARE.slice(0, 2));
    session.redo();
    expect(session.outline.points.value).toEqual(SQUARE.slice(0, 3));
    session.redo();
    expect(session.outline.points.value).toEqual(SQUARE);
    expect(session.canRedo.value).toBe(false);
  });

  test("undoes the closed polygon as one step, after the points of the next outline", () => {
    const { session, click, square, shapes } = hand();
    square();
    finish(session, session.field.value, RING);
    click(300, 300);
    session.undo();
    expect(shapes()).toHaveLength(1);
    session.undo();
    expect(shapes()).toEqual([]);
    session.redo();
    expect(shapes()).toHaveLength(1);
  });

  function drawn() {
    const on = hand();
    on.square();
    finish(on.session, on.session.field.value, RING);
    return on;
  }

  test("drags a corner, and the image's edge holds it", () => {
    const { drag, points } = drawn();
    drag(111, 61, 700, 90);
    expect(points()).toEqual(at([10, 10], [110, 10], [640, 90], [10, 60]));
  });

  test("drags the whole polygon from inside, and no further than the edge", () => {
    const { drag, points } = drawn();
    drag(60, 35, 65, 0);
    expect(points()).toEqual(at([15, 0], [115, 0], [115, 50], [15, 50]));
  });

  test("drags a polygon of a few pixels from inside, and its corner from outside", () => {
    const { session, click, drag, points } = hand();
    for (const { x, y } of at([10, 10], [22, 10], [22, 22], [10, 22])) click(x, y);
    finish(session, session.field.value, RING);
    drag(16, 16, 26, 26);
    expect(points()?.[0]).toEqual({ x: 20, y: 20 });
    drag(17, 17, 7, 7);
    expect(points()?.slice(0, 2)).toEqual(at([7, 7], [32, 20]));
  });

  test("puts a corner in by a double click on a side, and not on a corner", () => {
    const { double, points } = drawn();
    double(60, 11);
    expect(points()).toEqual(at([10, 10], [60, 10], [110, 10], [110, 60], [10, 60]));
    double(110, 10);
    expect(points()).toHaveLength(5);
  });

  test("selects by a click inside, and begins there only with Shift", () => {
    const { session, click } = drawn();
    session.selected.value = null;
    click(60, 35);
    expect(session.selected.value).toBe("p1");
    session.selected.value = null;
    click(60, 35, true);
    expect(session.selected.value).toBeNull();
    expect(session.outline.points.value).toEqual(at([60, 35]));
  });

  test("takes a corner out by its key, but never the third", () => {
    const { click, press, points } = drawn();
    click(110, 60);
    press("Delete");
    expect(points()).toEqual(SQUARE.filter((_, n) => n !== 2));
    press(".");
    press("Delete");
    expect(points()).toHaveLength(3);
  });

  test("removes the held polygon where no corner is in hand", () => {
    const { press, shapes } = drawn();
    press("Backspace");
    expect(shapes()).toEqual([]);
  });

  test("walks the corners and nudges the one in hand", () => {
    const { press, points } = drawn();
    press(",");
    press("ArrowRight");
    press("ArrowDown", true);
    expect(points()?.[3]).toEqual({ x: 11, y: 70 });
    expect(points()?.slice(0, 3)).toEqual(SQUARE.slice(0, 3));
  });

  test("puts a corner in by key, between the one in hand and the next", () => {
    const { session, press, points } = drawn();
    press(".");
    press(".");
    press("i");
    expect(points()?.[2]).toEqual({ x: 110, y: 35 });
    expect(session.outline.corner.value?.at).toBe(2);
  });

  test("gives the held polygon another label by its key", () => {
    const { session, shapes } = drawn();
    session.press(session.field.value, "stem");
    expect(shapes()[0]?.label).toBe("stem");
  });

  test("says at once that an outline crosses itself", () => {
    const { session, drag } = drawn();
    expect(session.problems.value).toEqual([]);
    drag(110, 10, 20, 100);
    expect(session.problems.value.map((each) => [each.shape, each.check?.id])).toEqual([["p1", "crosses-itself"]]);
  });

  test("letting go of the pointer's stroke keeps the points that were put", () => {
    const { session, tool, square } = hand();
    square();
    tool.down({ at: { x: 200, y: 200 }, force: false }, VIEW);
    tool.cancel();
    expect(session.outline.points.value).toEqual(SQUARE);
  });
});

describe("the bench", () => {
  test("the submit key finishes the outline first, and only then submits", async () => {
    const sent: unknown[] = [];
    const { bench: on } = bench(PARTS, (path, body) => {
      if (path === "submit") sent.push(body.answers);
      return [200, { tasks: path === "lease" && sent.length === 0 ? [task(1)] : [], left: 1, annotation: { id: 1 } }];
    });
    await on.start();
    for (const point of SQUARE) on.session.outline.add(point);
    on.submit();
    expect(on.session.answer(on.session.field.value)).toMatchObject({ shapes: [{ points: SQUARE }] });
    expect(on.session.task.value?.slot).toBe(1);
    on.submit();
    await until(() => sent.length > 0);
    const points = SQUARE.map(({ x, y }) => [x, y]);
    expect(sent).toEqual([{ parts: { kind: "polygon", shapes: [{ id: "p1", label: "leaf", points }] } }]);
  });

  test("letting go drops what is being drawn", () => {
    const { bench: on } = bench(PARTS, () => [200, { tasks: [] }]);
    on.session.outline.add({ x: 1, y: 1 });
    on.letGo();
    expect(on.session.canUndo.value).toBe(false);
  });

  test("checks may ask for label, points, area and sides", () => {
    const shapes = [{ id: "p1", label: "leaf", points: SQUARE }];
    const [unit] = getKind("polygon").units({ kind: "polygon", shapes } as never, task(1).item);
    const env = { label: "leaf", points: 4, x: 10, y: 10, width: 100, height: 50, area: 5000 };
    expect(unit).toEqual({ shape: "p1", env: { ...env, image_width: 640, image_height: 400 } });
  });
});
