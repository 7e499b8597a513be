// @vitest-environment happy-dom
import { beforeEach, expect, test } from "vitest";
import { listenForRows } from "../src/site/rows";

const press = (key: string, target: Element = document.body) =>
  target.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
let opened: string[];

beforeEach(() => {
  opened = [];
  document.body.innerHTML = `<input data-find><table data-rows><tbody>${[1, 2, 3]
    .map((n) => `<tr><td><input type="checkbox"></td><td><a href="#${n}">q${n}</a></td></tr>`)
    .join("")}</tbody></table>`;
  for (const link of document.querySelectorAll("a"))
    link.addEventListener("click", () => opened.push(link.textContent ?? ""));
});

test("rows are gone through, ticked and opened by keys, and the search is one key away", () => {
  listenForRows();
  press("Enter");
  expect(opened).toEqual([]);
  for (const key of ["j", "j", "j", "j", "k", "x", "Enter"]) press(key);
  expect([...document.querySelectorAll("tr")].map((row) => row.classList.contains("on"))).toEqual([false, true, false]);
  expect([...document.querySelectorAll<HTMLInputElement>("[type=checkbox]")].map((each) => each.checked)).toEqual([
    false,
    true,
    false,
  ]);
  expect(opened).toEqual(["q2"]);
  press("/");
  const find = document.querySelector<HTMLInputElement>("[data-find]");
  expect(document.activeElement).toBe(find);
  if (find) press("j", find);
  expect(document.querySelectorAll("tr")[1]?.classList.contains("on")).toBe(true);
});
