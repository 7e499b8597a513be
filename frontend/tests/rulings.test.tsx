// @vitest-environment happy-dom
import { render } from "preact";
import { afterEach, expect, test } from "vitest";
import type { Clause, Ruling } from "../src/workbench/boot";
import { Rule } from "../src/workbench/views/Rule";
import { bench, MOOD, until, words } from "./cast";

const clause = (id: string, labels: string[]): Clause => {
  return { id, title: words(id), html: words(`<p>about ${labels.join(" ")}</p>`), labels };
};
const RULES = { ...MOOD, clauses: [clause("C1", ["pos"]), clause("C2", ["neg"])] };
const ruling = (id: number, more: Partial<Ruling> = {}): Ruling => {
  return { id, text: `ruling ${id}`, clause: "C2", question: `question ${id}`, at: "2026-05-04T08:00:00Z", ...more };
};
let root: HTMLElement;

afterEach(() => {
  render(null, root);
  root.remove();
});

/** The rule panel beside no item, with these rulings, newest first as the server sends them. */
function open(rulings: Ruling[]) {
  const { bench: on } = bench(RULES, () => [200, { tasks: [] }], crypto.randomUUID(), rulings);
  root = document.body.appendChild(document.createElement("div"));
  render(<Rule bench={on} />, root);
  return on;
}

const listed = () => [...root.querySelectorAll(".rulings li p:last-child")].map((each) => each.textContent);
const button = (name: string) =>
  [...root.querySelectorAll<HTMLButtonElement>(".rulings button")].find((each) => each.textContent === name);

test("the newest rulings stand beside the rules, with clause, question and day", () => {
  open([ruling(9), ruling(8, { clause: null, question: null })]);
  expect(listed()).toEqual(["ruling 9", "ruling 8"]);
  const [first, second] = [...root.querySelectorAll(".rulings li")].map((each) => each.textContent);
  expect(first).toContain("C2");
  expect(first).toContain("question 9");
  expect(first).toContain("May 4");
  expect(second).not.toContain("C2");
});

test("without a ruling there is no list", () => {
  open([]);
  expect(root.querySelector(".rulings")).toBeNull();
});

test("five are shown, and the rest when they are wanted", async () => {
  open([7, 6, 5, 4, 3, 2, 1].map((id) => ruling(id)));
  expect(listed()).toHaveLength(5);
  button("Show all 7")?.click();
  await until(() => listed().length === 7);
  expect(button("Show all 7")).toBeUndefined();
});

test("the search finds rulings too, among all of them", async () => {
  open([7, 6, 5, 4, 3, 2, 1].map((id) => ruling(id)));
  const input = root.querySelector<HTMLInputElement>("input[type=search]");
  if (!input) throw new Error("no search");
  input.value = "QUESTION 1";
  input.dispatchEvent(new Event("input", { bubbles: true }));
  await until(() => listed().length === 1);
  expect(listed()).toEqual(["ruling 1"]);
});

test("the clause of a ruling is shown beside those of the label in focus, and can be cited at once", async () => {
  const on = open([ruling(1)]);
  on.session.pointed.value = "pos";
  await until(() => root.querySelectorAll(".clause").length === 1);
  button("C2")?.click();
  await until(() => root.querySelectorAll(".clause").length === 2);
  expect(root.querySelector(".clause.focused")?.textContent).toContain("C2");
});

test("a clause that this version of the rulebook lacks is named but leads nowhere", () => {
  open([ruling(1, { clause: "C9" })]);
  expect(button("C9")).toBeUndefined();
  expect(root.querySelector(".rulings")?.textContent).toContain("C9");
});
