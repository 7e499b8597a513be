// @vitest-environment happy-dom
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { render } from "preact";
import { afterEach, describe, expect, test } from "vitest";
import { letterOf, shownOrder } from "../src/comparison/body";
import { getKind } from "../src/kinds";
import type { Answer } from "../src/kinds/kind";
import { allLevel, lastLevel, type Mode, moved, type Order, placeOf, pressed } from "../src/kinds/ranking/model";
import { allActions } from "../src/workbench/actions";
import type { Field, Item } from "../src/workbench/boot";
import { findConflicts } from "../src/workbench/keymap";
import { type Channel, TabGuard } from "../src/workbench/tabs";
import { App } from "../src/workbench/views/App";
import { bench, field, rulebook, task, until } from "./cast";

const presses = (parts: number, mode: Mode, answers: readonly number[]): Order =>
  answers.reduce<Order>((order, answer) => pressed(order, answer, parts, mode), []);

describe("a press on an answer", () => {
  test("puts it next, and the last one follows by itself", () => {
    expect(presses(2, "rank", [1])).toEqual([[1], [0]]);
    expect(presses(4, "rank", [2, 0])).toEqual([[2], [0]]);
    expect(presses(4, "rank", [2, 0, 3])).toEqual([[2], [0], [3], [1]]);
  });

  test("takes it out again while the order is not finished, and begins a new one once it is", () => {
    expect(presses(4, "rank", [2, 0, 2])).toEqual([[0]]);
    expect(presses(3, "rank", [2, 0, 1])).toEqual([[1]]);
    expect(presses(2, "rank", [0, 1])).toEqual([[1], [0]]);
  });

  test("shares the last place where it is to be level", () => {
    expect(pressed([[2]], 0, 4, "rank", true)).toEqual([[0, 2]]);
    expect(pressed([[2]], 0, 3, "rank", true)).toEqual([[0, 2], [1]]);
  });

  test("names the best alone, or a second best with it, and the same press takes it back", () => {
    expect(presses(4, "best", [2])).toEqual([[2], [0, 1, 3]]);
    expect(presses(4, "best", [2, 1])).toEqual([[1], [0, 2, 3]]);
    expect(presses(4, "best", [2, 2])).toEqual([]);
    expect(pressed([[2], [0, 1, 3]], 1, 4, "best", true)).toEqual([
      [1, 2],
      [0, 3],
    ]);
  });

  test("names the best and then the worst", () => {
    expect(presses(4, "best-worst", [2, 0])).toEqual([[2], [1, 3], [0]]);
    expect(presses(4, "best-worst", [2, 2])).toEqual([]);
    expect(presses(4, "best-worst", [2, 0, 1])).toEqual([[1]]);
    expect(presses(2, "best-worst", [1])).toEqual([[1], [0]]);
  });
});

describe("an order", () => {
  test("counts places as people do: after two that are first comes the third", () => {
    const order = [[0, 3], [1], [2]];
    expect([0, 3, 1, 2, 4].map((answer) => placeOf(order, answer))).toEqual([1, 1, 3, 4, null]);
  });

  test("is levelled from its end, or altogether", () => {
    expect(lastLevel([[2], [1], [0]])).toEqual([[2], [0, 1]]);
    expect(lastLevel([[2]])).toEqual([[2]]);
    expect(allLevel(3)).toEqual([[0, 1, 2]]);
  });

  test("is changed by dragging: between two places, onto one, behind the last", () => {
    const order = [[0], [1], [2]];
    expect(moved(order, 2, { at: 0, onto: false })).toEqual([[2], [0], [1]]);
    expect(moved(order, 0, { at: 3, onto: false })).toEqual([[1], [2], [0]]);
    expect(moved(order, 0, { at: 2, onto: true })).toEqual([[1], [0, 2]]);
    expect(moved([[0, 1], [2]], 1, { at: 1, onto: false })).toEqual([[0], [1], [2]]);
    expect(moved([], 3, { at: 0, onto: false })).toEqual([[3]]);
  });
});

describe("the order in which answers are shown", () => {
  interface Row {
    readonly item: number;
    readonly person: number;
    readonly order: number[];
  }
  const file = join(import.meta.dirname, "../../tests/kinds/shown_order.json");
  const rows = JSON.parse(readFileSync(file, "utf8")) as Row[];

  test.each(rows)("of item $item to person $person is the server's", ({ item, person, order }) => {
    expect(shownOrder(item, person, order.length)).toEqual(order);
  });

  test("puts each answer at each place equally often", () => {
    const first = Array.from({ length: 3000 }, (_, item) => shownOrder(item, 5, 3)[0]);
    for (const answer of [0, 1, 2]) expect(first.filter((one) => one === answer).length / 3000).toBeCloseTo(1 / 3, 1);
  });

  test("letters stay with the answer, wherever it stands", () => {
    expect([0, 25, 26].map(letterOf)).toEqual(["A", "Z", "27"]);
  });
});

let root: HTMLElement;
afterEach(() => root && render(null, root));

const ranks = (mode: Mode, ties: boolean, more: Partial<Field> = {}) =>
  field("better", "ranking", [], { options: { mode, ties }, ...more });

async function open(fields: Field[], texts: string[] = ["好的。", "**不行**，因为……"]) {
  const text = JSON.stringify({ prompt: "怎么退款？", answers: texts.map((one) => ({ text: one, name: "model-x" })) });
  const tasks = [1, 2].map((slot) => {
    const item = { ...task(slot).item, media: "comparison", text, parts: texts.length };
    return task(slot, { item });
  });
  const sent: Record<string, unknown>[] = [];
  const { bench: on } = bench(rulebook(fields), (path, body) => {
    if (path === "lease") return [200, { tasks: body.want === 3 ? tasks : [] }];
    if (path === "submit") sent.push(body);
    return path === "submit" ? [200, { annotation: { id: 1, revision: 1 }, tasks: [] }] : [204, null];
  });
  const guard = new TabGuard({ postMessage() {}, onmessage: null } as Channel, "me");
  await guard.ask(() => Promise.resolve());
  root = document.body.appendChild(document.createElement("div"));
  render(<App bench={on} guard={guard} />, root);
  await on.start();
  await until(() => root.querySelectorAll(".answer").length === texts.length);
  const shown = shownOrder(1, 7, texts.length);
  const order = () => (on.session.answers.value.better as { order?: Order } | undefined)?.order;
  return { on, sent, shown, order };
}

const press = (key: string) => document.body.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));

describe("a comparison on the page", () => {
  test("answers stand in this person's order under their own letters, and nobody reads who wrote them", async () => {
    const { shown } = await open([ranks("rank", true)], ["甲", "乙", "丙"]);
    const letters = [...root.querySelectorAll(".answer .name b")].map((one) => one.textContent);
    expect(letters).toEqual(shown.map(letterOf));
    expect(root.textContent).not.toContain("model-x");
    expect(root.querySelector(".prompt")?.textContent).toBe("怎么退款？");
  });

  test("the arrows prefer a side of a pair, down is level, undo takes it back, Enter submits", async () => {
    const { sent, shown, order } = await open([ranks("rank", true)]);
    press("ArrowRight");
    expect(order()).toEqual([[shown[1]], [shown[0]]]);
    press("ArrowDown");
    expect(order()).toEqual([[0, 1]]);
    press("z");
    press("ArrowLeft");
    expect(order()).toEqual([[shown[0]], [shown[1]]]);
    press("Enter");
    await until(() => sent.length === 1);
    expect(sent[0]?.answers).toEqual({ better: { kind: "ranking", order: [[shown[0]], [shown[1]]] } });
  });

  test("digits put the answers in order by their place on the page", async () => {
    const { shown, order } = await open([ranks("rank", false)], ["1", "2", "3", "4"]);
    for (const key of ["3", "1", "4"]) press(key);
    expect(order()).toEqual([[shown[2]], [shown[0]], [shown[3]], [shown[1]]]);
    press("Backspace");
    expect(order()).toEqual([]);
    press("9");
    expect(order()).toEqual([]);
  });

  test("E makes the next one share the place, and the last two of a finished order", async () => {
    const { on, shown, order } = await open([ranks("rank", true)], ["1", "2", "3"]);
    const [a = 0, b = 0, c = 0] = shown;
    for (const key of ["1", "e", "2"]) press(key);
    expect(order()).toEqual([[a, b].sort(), [c]]);
    press("e");
    expect(order()).toEqual([[0, 1, 2]]);
    expect(on.session.selected.value).toBeNull();
  });

  test("where ties are not allowed, E says so", async () => {
    const { on, order } = await open([ranks("rank", false)]);
    press("e");
    expect(order()).toBeUndefined();
    expect(on.notice.value?.tone).toBe("warn");
  });

  test("a half-made order is not submitted", async () => {
    const { on, sent } = await open([ranks("rank", false)], ["1", "2", "3"]);
    press("1");
    press("Enter");
    expect(on.notice.value?.tone).toBe("warn");
    expect(sent).toEqual([]);
  });

  test("checks look at whole orders, not at one that is only begun", async () => {
    const { on } = await open([ranks("rank", true)], ["1", "2", "3"]);
    const { units } = getKind("ranking");
    const item = on.session.task.value?.item as Item;
    const said = () => units(on.session.answers.value.better as Answer, item).map((unit) => unit.env);
    press("1");
    expect(said()).toEqual([]);
    press("2");
    press("e");
    expect(said()).toEqual([{ answers: 3, places: 2, tied: 2 }]);
  });

  test("a click on an answer's head prefers it, and its place stands there", async () => {
    const { shown, order } = await open([ranks("rank", false)]);
    const [, right] = root.querySelectorAll<HTMLButtonElement>(".answer .name");
    right?.click();
    expect(order()).toEqual([[shown[1]], [shown[0]]]);
    await until(() => right?.getAttribute("aria-pressed") === "true");
    expect(root.querySelector(".answer.first b")?.textContent).toBe(letterOf(shown[1] ?? 0));
  });

  test("criteria are questions of their own: F goes on, and the digits are for the one in hand", async () => {
    const { on, shown, order } = await open([ranks("rank", false), ranks("best", false, { id: "honest" })]);
    press("1");
    press("f");
    press("2");
    expect(order()?.[0]).toEqual([shown[0]]);
    expect(on.session.answers.value.honest).toEqual({ kind: "ranking", order: [[shown[1]], [shown[0]]] });
  });

  test("no two acts want one key", async () => {
    const { on } = await open([ranks("rank", true), field("mood", "choice", ["pos", "neg"])]);
    expect(findConflicts(allActions(on))).toEqual([]);
  });
});
