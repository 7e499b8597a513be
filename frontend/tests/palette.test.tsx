// @vitest-environment happy-dom
/** Acts found by what they are called, done with Enter; keys of one's own given by pressing them. */
import { render } from "preact";
import { afterEach, expect, test } from "vitest";
import { setWords } from "../src/words";
import { allActions } from "../src/workbench/actions";
import { findActs } from "../src/workbench/palette";
import { type Channel, TabGuard } from "../src/workbench/tabs";
import { App } from "../src/workbench/views/App";
import { bench, MOOD, task, until } from "./cast";

let root: HTMLElement;
afterEach(() => {
  render(null, root);
  setWords("en", {});
});

const BOTH = { Undo: ["撤销", "cx", "chexiao"], "Ask the trainer": ["问训练师", "wxls", "wenxunlianshi"] };

async function open() {
  const { bench: on } = bench(MOOD, (path) => {
    if (path === "lease") return [200, { tasks: [task(1)] }];
    return path === "words" ? [200, BOTH] : [204, null];
  });
  Object.assign(on.parts.boot.urls, { words: "words" });
  const guard = new TabGuard({ postMessage() {}, onmessage: null } as Channel, "me");
  await guard.ask(() => Promise.resolve());
  root = document.body.appendChild(document.createElement("div"));
  render(<App bench={on} guard={guard} />, root);
  await on.start();
  return on;
}

const key = (name: string, target: EventTarget = document.body, more = {}) =>
  target.dispatchEvent(new KeyboardEvent("keydown", { key: name, bubbles: true, cancelable: true, ...more }));
const options = () => [...root.querySelectorAll("[role=option] .name")].map((each) => each.textContent);

async function type(text: string): Promise<HTMLInputElement> {
  await until(() => root.querySelector(".palette input") !== null);
  const field = root.querySelector(".palette input") as HTMLInputElement;
  field.value = text;
  field.dispatchEvent(new InputEvent("input", { bubbles: true }));
  return field;
}

test("Ctrl K finds an act by its words, and Enter does it", async () => {
  const on = await open();
  key("k", document.body, { ctrlKey: true });
  const field = await type("ask tr");
  await until(() => options().length === 1);
  key("Enter", field);
  await until(() => on.sheet.value === "question");
});

test("an act is found in the other language and by the initials of its pinyin", async () => {
  await open();
  key("k", document.body, { ctrlKey: true });
  await type("问");
  await until(() => options()[0] === "Ask the trainer");
  await type("wxls");
  await until(() => options()[0] === "Ask the trainer" && options().length === 1);
});

test("what cannot be done now is not found, and is once it can be", async () => {
  const on = await open();
  const ids = () => findActs(on, allActions(on), "undo", {}).map(({ id }) => id);
  expect(ids()).toEqual([]);
  on.press(on.session.getField("mood"), "pos");
  expect(ids()).toEqual(["undo"]);
});

test("a Chinese page finds acts by their English words too", async () => {
  const on = await open();
  setWords("zh-Hans", { "Ask the trainer": "问训练师" });
  expect(findActs(on, allActions(on), "ask trainer", {}).map((each) => each.label())).toEqual(["问训练师"]);
});

test("the arrows walk the list round, and the field says where", async () => {
  await open();
  key("k", document.body, { ctrlKey: true });
  const field = await type("");
  key("ArrowUp", field);
  await until(() => field.getAttribute("aria-activedescendant") === `palette-${options().length - 1}`);
});

test("a key is given by pressing it, refused where it is taken, and works at once", async () => {
  const on = await open();
  on.show("keys");
  const row = () =>
    [...root.querySelectorAll(".remap li")].find((each) => each.querySelector(".name")?.textContent === "Undo");
  const button = () => row()?.querySelector("button.key") as HTMLButtonElement;
  await until(() => row() !== undefined);
  button().click();
  await until(() => button().textContent?.includes("Press the new key") === true);
  key("q", button());
  await until(() => row()?.querySelector("[role=alert]")?.textContent?.includes("Ask the trainer") === true);
  button().click();
  await until(() => button().textContent?.includes("Press the new key") === true);
  key("u", button());
  await until(() => on.settings.keys.value.undo?.[0] === "U");
  on.sheet.value = null;
  await until(() => root.querySelector("dialog") === null);
  key("1");
  expect(on.session.answers.value).not.toEqual({});
  key("u");
  expect(on.session.answers.value).toEqual({});
});

test("for the left hand the panels change sides, and the keys on show are one's own", async () => {
  const on = await open();
  expect(root.querySelector(".bench.left")).toBeNull();
  on.settings.leftHanded.value = true;
  on.settings.keys.value = { submit: ["Shift+S"], "label-mood-pos": ["J"] };
  await until(() => root.querySelector(".bench.left") !== null);
  await until(() => root.querySelector(".foot kbd")?.textContent === "Shift S");
  expect(root.querySelector(".labels kbd")?.textContent).toBe("J");
});
