// @vitest-environment happy-dom
import { beforeAll, beforeEach, expect, test } from "vitest";
import { listenForKeys } from "../src/site/keys";

const pressed: string[] = [];

beforeAll(listenForKeys);

beforeEach(() => {
  pressed.length = 0;
  document.body.innerHTML = `
    <button id="pass" data-key="p"></button>
    <input type="radio" name="right" id="one" data-key="1" checked>
    <input type="radio" name="right" id="two" data-key="2">
    <textarea id="note"></textarea>`;
  for (const each of document.querySelectorAll("button, input")) {
    each.addEventListener("click", () => pressed.push(each.id));
  }
});

const press = (key: string, on: Element = document.activeElement ?? document.body) =>
  on.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));

const radio = (id: string) => document.getElementById(id) as HTMLInputElement;

test("a key presses the button that names it, in either case", () => {
  press("p");
  press("P");
  expect(pressed).toEqual(["pass", "pass"]);
});

test("a key chooses the radio that names it, and the keys go on from there", () => {
  press("2");
  expect([radio("one").checked, radio("two").checked]).toEqual([false, true]);
  expect(document.activeElement?.id).toBe("two");
  press("p");
  expect(pressed).toEqual(["two", "pass"]);
});

test("who writes a note writes, and presses nothing", () => {
  radio("note").focus();
  press("2");
  press("p");
  expect(pressed).toEqual([]);
});
