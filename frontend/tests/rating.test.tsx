// @vitest-environment happy-dom
import { render } from "preact";
import { afterEach, describe, expect, test } from "vitest";
import type { Scale } from "../src/kinds/rating/model";
import { beside, pointOf, pointsOf } from "../src/kinds/rating/model";
import type { Field } from "../src/workbench/boot";
import { type Channel, TabGuard } from "../src/workbench/tabs";
import { App } from "../src/workbench/views/App";
import { bench, field, rulebook, task, until } from "./cast";

const scale = (low: number, high: number, step = 1): Scale => {
  return { low, high, step, anchors: [{ at: high, zh: "很好", en: "very good" }] };
};
const rated = (id: string, of: Scale, more: Partial<Field> = {}) =>
  field(id, "rating", [], { options: { ...of }, ...more });

describe("a scale", () => {
  test("has a point at every step, tenths too", () => {
    expect(pointsOf(scale(1, 5))).toEqual([1, 2, 3, 4, 5]);
    expect(pointsOf(scale(-0.3, 0.3, 0.1))).toEqual([-0.3, -0.2, -0.1, 0, 0.1, 0.2, 0.3]);
  });

  test("a digit is the point that it names", () => {
    const five = rated("q", scale(1, 5));
    expect([1, 5, 6].map((digit) => pointOf(five, digit))).toEqual([1, 5, undefined]);
    expect(pointOf(rated("q", scale(0, 10)), 3)).toBe(3);
  });

  test("where digits name no point, a digit counts them from the lowest", () => {
    const percent = rated("q", scale(0, 100, 25));
    expect([1, 2, 5, 6].map((digit) => pointOf(percent, digit))).toEqual([0, 25, 100, undefined]);
  });

  test("a step stays on the scale and comes in from its end", () => {
    expect(beside(scale(1, 5), 5, 1)).toBe(5);
    expect(beside(scale(1, 5), 3, -1)).toBe(2);
    expect([beside(scale(1, 5), null, 1), beside(scale(1, 5), null, -1)]).toEqual([1, 5]);
  });
});

let root: HTMLElement;
afterEach(() => root && render(null, root));

async function open(fields: Field[]) {
  const tasks = [1, 2].map((slot) =>
    task(slot, { item: { ...task(slot).item, media: "text", text: `message ${slot}` } }),
  );
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
  await until(() => root.textContent?.includes("message 1") === true);
  return { on, sent, value: () => (on.session.answers.value.q as { value?: number } | undefined)?.value };
}

const press = (key: string) => document.body.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));

describe("a rating on the page", () => {
  test("digits, brackets and undo lead to a point, Enter submits it", async () => {
    const { sent, value } = await open([rated("q", scale(1, 5))]);
    press("3");
    press("]");
    expect(value()).toBe(4);
    press("z");
    expect(value()).toBe(3);
    press("[");
    press("9");
    expect(value()).toBe(2);
    press("Enter");
    await until(() => sent.length === 1);
    expect(sent[0]?.answers).toEqual({ q: { kind: "rating", value: 2 } });
  });

  test("a required scale without a point is not submitted", async () => {
    const { on, sent } = await open([rated("q", scale(1, 5))]);
    press("Enter");
    expect(on.notice.value?.tone).toBe("bad");
    expect(sent).toEqual([]);
  });

  test("a click on a point rates, and the point's words stand beside it", async () => {
    const { value } = await open([rated("q", scale(1, 5))]);
    const top = root.querySelector<HTMLButtonElement>(".points button");
    expect(top?.textContent).toContain("很好");
    top?.click();
    expect(value()).toBe(5);
    await until(() => top?.getAttribute("aria-pressed") === "true");
  });

  test("a digit is for the question in hand, be it a scale or labels", async () => {
    const { on, value } = await open([rated("q", scale(1, 5)), field("mood", "choice", ["pos", "neg"])]);
    press("2");
    press("f");
    press("2");
    expect(value()).toBe(2);
    expect(on.session.answers.value.mood).toEqual({ kind: "choice", labels: ["neg"] });
  });
});
