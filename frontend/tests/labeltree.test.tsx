// @vitest-environment happy-dom
import { render } from "preact";
import { afterEach, describe, expect, test } from "vitest";
import type { Label } from "../src/workbench/boot";
import { LabelTree, MOST_FOUND, wantsTree } from "../src/workbench/labeltree";
import { type Channel, TabGuard } from "../src/workbench/tabs";
import { TreeHand } from "../src/workbench/treehand";
import { App } from "../src/workbench/views/App";
import { bench, field, label, rulebook, task, until } from "./cast";

const named = (id: string, zh: string, en: string, more: Partial<Label> = {}): Label => {
  return { ...label(id), name: { zh, en }, ...more };
};
const BANK: Label[] = [
  named("bank", "银行", "Banking", { sound: ["yh", "yinhang"] }),
  named("balance", "余额查询", "Check balance", { parent: "bank", sound: ["yecx", "yuechaxun"] }),
  named("transfer", "转账", "Transfer", { parent: "bank", sound: ["zz", "zhuanzhang"] }),
  named("home", "家居", "Home", { sound: ["jj", "jiaju"] }),
  named("lights", "开灯", "Lights on", { parent: "home", sound: ["kd", "kaideng"] }),
];
const byId = (labels: readonly Label[]) => new Map(labels.map((each) => [each.id, each]));
const leaves = field("intent", "choice", ["balance", "transfer", "lights"]);

function grown(...pressed: string[]) {
  return new TreeHand(new LabelTree(leaves, byId(BANK)), (id) => pressed.push(id));
}

describe("a tree of labels", () => {
  test("is what a field has whose labels stand under others, or are more than a list holds", () => {
    expect(wantsTree(leaves, byId(BANK))).toBe(true);
    expect(wantsTree(field("f", "choice", ["a", "b"]), byId([label("a"), label("b")]))).toBe(false);
    const many = Array.from({ length: 13 }, (_, at) => `l${at}`);
    expect(wantsTree(field("f", "choice", many), byId(many.map((id) => label(id))))).toBe(true);
  });

  test.each([
    ["余额", ["balance"]],
    ["yecx", ["balance"]],
    ["yuecha", ["balance"]],
    ["BALANCE", ["balance"]],
    ["lig", ["lights"]],
    ["zz", ["transfer"]],
    ["yinhang", ["balance", "transfer"]],
    ["bank trans", ["transfer"]],
    ["kd home", ["lights"]],
    ["nowhere", []],
    ["yecx nowhere", []],
  ])("%s finds %j", (words, found) => {
    expect(grown().labels.search(words)).toEqual(found);
  });

  test("the name itself comes before names that begin so, and those before names that hold it", () => {
    const ids = ["recard", "card lost", "card", "my card"];
    const tree = new LabelTree(field("f", "choice", ids), byId(ids.map((id) => label(id))));
    expect(tree.search("card")).toEqual(["card", "card lost", "my card", "recard"]);
  });

  test("a heading that is no label of the field opens, and is never chosen", () => {
    const hand = grown();
    expect(hand.rows.value.map((row) => [row.id, row.digit])).toEqual([
      ["bank", 1],
      ["home", 2],
    ]);
    expect(hand.pick()).toBe(false);
    expect(hand.rows.value.map((row) => [row.id, row.depth, row.digit])).toEqual([
      ["bank", 0, null],
      ["balance", 1, 1],
      ["transfer", 1, 2],
      ["home", 0, null],
    ]);
  });

  test("digits go down the tree and Backspace goes up again", () => {
    const pressed: string[] = [];
    const hand = new TreeHand(new LabelTree(leaves, byId(BANK)), (id) => pressed.push(id));
    hand.nth(2);
    hand.leave();
    hand.nth(1);
    hand.nth(2);
    hand.nth(9);
    expect(pressed).toEqual(["transfer"]);
  });

  test("a group that is a label itself opens first and is chosen by the second pick", () => {
    const pressed: string[] = [];
    const own = field("f", "choice", ["bank", "balance"]);
    const hand = new TreeHand(new LabelTree(own, byId(BANK)), (id) => pressed.push(id));
    expect([hand.pick(), hand.open.value]).toEqual([false, "bank"]);
    expect([hand.pick(), pressed]).toEqual([true, ["bank"]]);
  });

  test("what was chosen lately stands above the tree, the latest first, five at most", () => {
    const ids = Array.from({ length: 20 }, (_, at) => `l${at}`);
    const tree = new LabelTree(field("f", "choice", ids), byId(ids.map((id) => label(id))));
    const hand = new TreeHand(tree, () => {});
    for (const id of ["l1", "l2", "l3", "l1", "l4", "l5", "l6"]) hand.choose(id);
    expect(hand.rows.value.filter((row) => row.recent).map((row) => row.id)).toEqual(["l6", "l5", "l4", "l1", "l3"]);
  });

  test("no more is drawn of a search than can be looked through", () => {
    const ids = Array.from({ length: 300 }, (_, at) => `label ${at}`);
    const hand = new TreeHand(new LabelTree(field("f", "choice", ids), byId(ids.map((id) => label(id)))), () => {});
    hand.type("label");
    expect(hand.rows.value).toHaveLength(MOST_FOUND);
  });
});

let root: HTMLElement;
afterEach(() => root && render(null, root));

async function open(multiple = false) {
  const rules = { ...rulebook([{ ...leaves, options: { multiple } }]), labels: BANK };
  const tasks = [1, 2].map((slot) =>
    task(slot, { item: { ...task(slot).item, media: "text", text: `message ${slot}` } }),
  );
  const sent: Record<string, unknown>[] = [];
  const { bench: on } = bench(rules, (path, body) => {
    if (path === "lease") return [200, { tasks: body.want === 3 ? tasks : [] }];
    if (path === "submit") sent.push(body);
    return path === "submit" ? [200, { annotation: { id: 1, revision: 1 }, tasks: [] }] : [204, null];
  });
  const guard = new TabGuard({ postMessage() {}, onmessage: null } as Channel, "me");
  await guard.ask(() => Promise.resolve());
  root = document.body.appendChild(document.createElement("div"));
  render(<App bench={on} guard={guard} />, root);
  await on.start();
  await until(() => root.textContent?.includes("message 1") === true);
  const field = root.querySelector(".tree input") as HTMLInputElement;
  return { on, sent, field, answer: () => (on.session.answers.value.intent as { labels?: string[] })?.labels ?? [] };
}

const press = (key: string, target: EventTarget = document.body, more: KeyboardEventInit = {}) =>
  target.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...more }));

const write = (field: HTMLInputElement, words: string) => {
  field.value = words;
  field.dispatchEvent(new InputEvent("input", { bubbles: true }));
};

describe("the tree on the page", () => {
  test("/ takes the hand to the search, Enter picks what is found, Enter again submits", async () => {
    const { sent, field, answer } = await open();
    press("/");
    await until(() => document.activeElement === field);
    write(field, "yecx");
    press("Enter", field);
    expect(answer()).toEqual(["balance"]);
    expect(document.activeElement).not.toBe(field);
    press("Enter");
    await until(() => sent.length === 1);
    expect(sent[0]?.answers).toEqual({ intent: { kind: "choice", labels: ["balance"] } });
  });

  test("the Enter that ends a composition picks nothing", async () => {
    const { field, answer } = await open();
    write(field, "yecx");
    press("Enter", field, { isComposing: true });
    press("Enter", field, { keyCode: 229 });
    expect(answer()).toEqual([]);
  });

  test("with several labels to choose the hand stays in the search, and picks toggle", async () => {
    const { field, answer } = await open(true);
    for (const words of ["yecx", "zz", "yecx"]) {
      field.focus();
      write(field, words);
      press("Enter", field);
    }
    expect(answer()).toEqual(["transfer"]);
    expect(document.activeElement).toBe(field);
  });

  test("arrow keys walk into a group from the page, and the row in hand is told to a screen reader", async () => {
    const { field } = await open();
    press("ArrowUp");
    await until(() => document.activeElement === field);
    press("ArrowRight", field);
    await until(() => root.querySelectorAll('[role="treeitem"]').length === 3);
    const held = document.getElementById(field.getAttribute("aria-activedescendant") ?? "");
    expect(held?.textContent).toContain("开灯");
  });

  test("digits mean the open level, and an undo takes the choice back", async () => {
    const { on, answer } = await open();
    press("1");
    press("2");
    expect(answer()).toEqual(["transfer"]);
    press("z");
    expect(answer()).toEqual([]);
    expect(on.session.fieldId.value).toBe("intent");
  });
});
