/** The last answer given again, the marks of the item before added, and both taken back in one step. */
import { expect, test } from "vitest";
import type { BoxAnswer } from "../src/kinds/box/model";
import { allActions } from "../src/workbench/actions";
import type { Bench } from "../src/workbench/bench";
import type { Item } from "../src/workbench/boot";
import { bench, DEFECTS, field, rulebook, task } from "./cast";

const MOODS = rulebook([field("mood", "choice", ["pos", "neg"]), field("why", "choice", ["a", "b"])]);

async function open(rules = MOODS, second: Partial<Item> = {}) {
  const tasks = [task(1), task(2, { item: { ...task(2).item, ...second } })];
  const { bench: on } = bench(rules, (path) => {
    if (path === "lease") return [200, { tasks: tasks.splice(0) }];
    return [200, { annotation: { id: 1, revision: 1 }, tasks: [] }];
  });
  await on.start();
  return on;
}

function run(on: Bench, id: string) {
  const act = allActions(on).find((each) => each.id === id);
  if (act?.when(on)) act.run(on);
  return act?.when(on);
}

function draw(on: Bench, ...ids: string[]) {
  const shapes = ids.map((id, n) => ({ id, label: "scratch", x: 10 * n, y: 5, w: 20, h: 20 }));
  on.session.change(on.session.getField("defects"), { kind: "box", shapes } as BoxAnswer);
}
const drawn = (on: Bench) => (on.session.answers.value.defects as BoxAnswer | undefined)?.shapes.map(({ id }) => id);

test("the last answer is given to every field, and one undo takes all of it back", async () => {
  const on = await open();
  on.press(on.session.getField("mood"), "neg");
  on.press(on.session.getField("why"), "b");
  on.submit();
  expect(on.session.answers.value).toEqual({});
  run(on, "repeat");
  expect(on.session.encoded()).toEqual({
    mood: { kind: "choice", labels: ["neg"] },
    why: { kind: "choice", labels: ["b"] },
  });
  on.session.undo();
  expect(on.session.answers.value).toEqual({});
  on.session.redo();
  expect(Object.keys(on.session.answers.value)).toEqual(["mood", "why"]);
});

test("before anything was submitted there is nothing to repeat", async () => {
  expect(run(await open(), "repeat")).toBe(false);
});

test("the boxes of the item before are added to what is here, under names of their own", async () => {
  const on = await open(DEFECTS);
  draw(on, "b1", "b2");
  on.submit();
  draw(on, "b1");
  run(on, "copy");
  expect(drawn(on)).toEqual(["b1", "b2", "b3"]);
  on.session.undo();
  expect(drawn(on)).toEqual(["b1"]);
});

test("boxes do not go to an image of another size, and the person is told", async () => {
  const on = await open(DEFECTS, { width: 100 });
  draw(on, "b1");
  on.submit();
  run(on, "repeat");
  expect(drawn(on)).toBeUndefined();
  expect(on.notice.value?.text).toContain("does not fit");
});

test("a citation is taken back and done again", async () => {
  const on = await open();
  on.session.cite("C-1");
  on.press(on.session.getField("mood"), "neg");
  on.session.undo();
  expect(on.session.cited.value).toEqual(["C-1"]);
  on.session.undo();
  expect(on.session.cited.value).toEqual([]);
  on.session.redo();
  expect(on.session.cited.value).toEqual(["C-1"]);
});
