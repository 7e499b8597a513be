import { describe, expect, test } from "vitest";
import type { BoxAnswer } from "../src/kinds/box/model";
import { handOf } from "../src/kinds/mask/hand";
import { type MaskAnswer, read } from "../src/kinds/mask/model";
import type { PolygonAnswer } from "../src/kinds/polygon/model";
import { allActions } from "../src/workbench/actions";
import type { Field } from "../src/workbench/boot";
import { type Answerer, bench, field, rulebook, task, until } from "./cast";

const SQUARE = [
  [10, 10],
  [50, 10],
  [50, 40],
  [10, 40],
];
/** One column of 640 × 400, ten pixels down from the third. */
const COUNTS = "3:coi7";

function desk(fields: Field[], answerer: Answerer = found) {
  const asked: { path: string; body: Record<string, unknown> }[] = [];
  const { bench: on } = bench(rulebook(fields), (path, body) => {
    if (path.endsWith("/outline")) asked.push({ path, body });
    return path.endsWith("/outline") ? answerer(path, body) : [200, { tasks: [] }];
  });
  on.session.open(task(7));
  const press = () => {
    const act = allActions(on).find((each) => each.keys.includes("O") && each.when(on));
    act?.run(on);
    return act !== undefined;
  };
  const polygons = () => (on.session.answers.value.outlines as PolygonAnswer | undefined)?.shapes ?? [];
  const masks = () => (on.session.answers.value.pixels as MaskAnswer | undefined)?.shapes ?? [];
  return { on, session: on.session, asked, press, polygons, masks };
}

function found(_: string, { form }: Record<string, unknown>): [number, unknown] {
  if (form === "polygon") return [200, { outliner: "grabcut", points: SQUARE }];
  return [200, { outliner: "grabcut", size: [400, 640], counts: COUNTS }];
}

const BOXES = field("things", "box", ["leaf", "stem"]);
const OUTLINES = field("outlines", "polygon", ["stem", "leaf"]);
const PIXELS = field("pixels", "mask", ["stem", "leaf"]);
const BOX: BoxAnswer = { kind: "box", shapes: [{ id: "b1", label: "leaf", x: 5, y: 6, w: 50, h: 40 }] };

describe("one key turns a rough box into an outline", () => {
  test("a box becomes a polygon with its label, as one act of the outliner's that is undone at once", async () => {
    const { session, asked, press, polygons } = desk([BOXES, OUTLINES]);
    session.change(BOXES, BOX, { selected: "b1" });
    press();
    await until(() => polygons().length > 0);
    expect(asked).toEqual([{ path: "/api/v1/items/7/outline", body: { box: [5, 6, 50, 40], form: "polygon" } }]);
    expect(polygons()).toEqual([{ id: "p1", label: "leaf", points: SQUARE.map(([x, y]) => ({ x, y })) }]);
    expect([session.fieldId.value, session.selected.value]).toEqual(["outlines", "p1"]);
    expect(session.history.done.value.map(({ by }) => by)).toEqual([undefined, "grabcut"]);
    session.undo();
    expect(polygons()).toEqual([]);
    expect(session.answers.value.things).toEqual(BOX);
  });

  test("two points in a polygon field are a rough box, and a held polygon is drawn anew", async () => {
    const { session, asked, press, polygons } = desk([OUTLINES]);
    session.outline.add({ x: 60, y: 50 });
    session.outline.add({ x: 8, y: 9 });
    press();
    await until(() => polygons().length > 0);
    expect(asked[0]?.body.box).toEqual([8, 9, 52, 41]);
    expect(session.outline.points.value).toEqual([]);
    press();
    await until(() => session.history.done.value.length > 1);
    expect(asked[1]?.body.box).toEqual([10, 10, 40, 30]);
    expect(polygons()).toHaveLength(1);
  });

  test("the limits of a mask field are one too, and what is found is painted", async () => {
    const { session, asked, press, masks } = desk([PIXELS]);
    handOf(session).limit = { x: 1, y: 2, w: 30, h: 40 };
    press();
    await until(() => masks().length > 0);
    expect(asked[0]?.body).toEqual({ box: [1, 2, 30, 40], form: "mask" });
    expect(masks().map(({ id, label }) => [id, label])).toEqual([["m1", "stem"]]);
    expect(read(masks()[0] as never).bounds).toEqual({ x: 0, y: 3, w: 1, h: 10 });
  });

  test("a hand that went on meanwhile keeps what it holds", async () => {
    const { session, press, polygons } = desk([BOXES, OUTLINES]);
    session.change(BOXES, BOX, { selected: "b1" });
    press();
    const two = { ...BOX, shapes: [...BOX.shapes, { id: "b2", label: "stem", x: 90, y: 90, w: 9, h: 9 }] };
    session.change(BOXES, two, { selected: "b2" });
    await until(() => polygons().length > 0);
    expect([session.fieldId.value, session.selected.value]).toEqual(["things", "b2"]);
    expect(session.answers.value.things).toEqual(two);
  });

  test("an outline that comes when the next item is in hand is nobody's", async () => {
    let answered = false;
    const { session, press, polygons } = desk([BOXES, OUTLINES], (path, body) => {
      answered = true;
      return found(path, body);
    });
    session.change(BOXES, BOX, { selected: "b1" });
    press();
    session.open(task(8));
    await until(() => answered);
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(polygons()).toEqual([]);
  });

  test("a refusal is said in the server's words, and the key works again", async () => {
    const refusal = { code: "nothing-stands-out", message: "Nothing stands out.", next: "Draw it by hand." };
    const { on, session, asked, press } = desk([OUTLINES], () => [422, refusal]);
    session.outline.add({ x: 8, y: 9 });
    session.outline.add({ x: 60, y: 50 });
    press();
    await until(() => on.notice.value?.tone === "warn");
    expect(on.notice.value?.text).toBe("Nothing stands out. Draw it by hand.");
    expect(session.outline.points.value).toHaveLength(2);
    press();
    expect(asked).toHaveLength(2);
  });

  test("without a rough box the key says what to do, and without a field for outlines there is no such act", () => {
    const { on, press, asked } = desk([BOXES, OUTLINES]);
    press();
    expect(on.notice.value?.text).toContain("rough box");
    expect(asked).toEqual([]);
    expect(desk([BOXES]).press()).toBe(false);
  });
});
