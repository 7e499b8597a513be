// @vitest-environment happy-dom
import { render } from "preact";
import { afterEach, describe, expect, test } from "vitest";
import { type Channel, TabGuard } from "../src/workbench/tabs";
import { App } from "../src/workbench/views/App";
import { bench, MOOD, task, until } from "./cast";

const text = task(1).item;
const tasks = [1, 2].map((slot) => task(slot, { item: { ...text, media: "text", text: `message ${slot}` } }));
let root: HTMLElement;

afterEach(() => render(null, root));

async function open() {
  const sent: Record<string, unknown>[] = [];
  const { bench: on } = bench(MOOD, (path, body) => {
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
  return { on, sent, guard };
}

const press = (key: string, target: EventTarget = document.body) =>
  target.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));

describe("the page", () => {
  test("takes a label's digit and Enter, and shows the next item", async () => {
    const { sent } = await open();
    press("2");
    press("Enter");
    await until(() => root.textContent?.includes("message 2") === true);
    await until(() => sent.length === 1);
    expect(sent[0]?.answers).toEqual({ mood: { kind: "choice", labels: ["neg"] } });
  });

  test("leaves keys to who is writing, and Enter to a button in focus", async () => {
    const { on } = await open();
    press("1", root.querySelector("input[type=search]") ?? document.body);
    expect(on.session.answers.value).toEqual({});
    press("1");
    press("Enter", root.querySelector(".labels button") ?? document.body);
    expect(on.session.task.value?.slot).toBe(1);
  });

  test("says in words that the round is open elsewhere, and takes no keys then", async () => {
    const { on, guard } = await open();
    guard.state.value = "elsewhere";
    await until(() => root.textContent?.includes("another tab") === true);
    press("1");
    expect(on.session.answers.value).toEqual({});
  });

  test("shows the key of every act it offers", async () => {
    await open();
    const keys = [...root.querySelectorAll(".foot kbd")].map((each) => each.textContent);
    expect(keys).toEqual(["Enter", "Z", "Q", "C", "B", "Ctrl K", "?"]);
  });
});
