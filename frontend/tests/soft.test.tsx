// @vitest-environment happy-dom
import { render } from "preact";
import { afterEach, describe, expect, test } from "vitest";
import { soft as kind } from "../src/kinds/soft";
import { encodeSoft, give, NONE, restOf, type SoftAnswer, settled, take } from "../src/kinds/soft/model";
import { allActions } from "../src/workbench/actions";
import type { Field, Label } from "../src/workbench/boot";
import { chords, findConflicts } from "../src/workbench/keymap";
import { type Channel, TabGuard } from "../src/workbench/tabs";
import { App } from "../src/workbench/views/App";
import { bench, field, label, rulebook, task, until } from "./cast";

const asked = (options: Record<string, unknown> = {}) => field("mood", "soft", ["joy", "fear", "anger"], { options });
const given = (weights: Record<string, number>): SoftAnswer => ({ kind: "soft", weights });

describe("points", () => {
  test("a step goes to the label from what is left, and comes back to it", () => {
    const once = give(NONE, "joy", asked());
    expect(once).toEqual(given({ joy: 0.1 }));
    expect(restOf(once)).toBe(0.9);
    expect(take(once, "joy", asked())).toEqual(NONE);
    expect(take(once, "fear", asked())).toBe(once);
  });

  test("ten tenths are one, however often they were rounded", () => {
    let answer = NONE;
    for (let n = 0; n < 10; n += 1) answer = give(answer, n < 7 ? "joy" : "fear", asked());
    expect(answer).toEqual(given({ joy: 0.7, fear: 0.3 }));
    expect(restOf(answer)).toBe(0);
  });

  test("where nothing is left a step comes from the label that has the most beside it", () => {
    const full = given({ anger: 0.2, fear: 0.3, joy: 0.5 });
    expect(give(full, "anger", asked())).toEqual(given({ anger: 0.3, fear: 0.3, joy: 0.4 }));
    expect(give(full, "joy", asked())).toEqual(given({ anger: 0.2, fear: 0.2, joy: 0.6 }));
    expect(give(given({ joy: 1 }), "joy", asked())).toEqual(given({ joy: 1 }));
  });

  test("the last step is as large as what is left", () => {
    const hundred = asked({ points: 100, step: 30 });
    const answer = [1, 2, 3, 4].reduce((now) => give(now, "joy", hundred), NONE);
    expect(answer).toEqual(given({ joy: 1 }));
  });
});

describe("what is left when it is submitted", () => {
  test.each([
    [{ joy: 0.1 }, { joy: 1 }],
    [
      { fear: 0.1, joy: 0.2 },
      { fear: 0.3, joy: 0.7 },
    ],
    [
      { anger: 0.1, fear: 0.1, joy: 0.1 },
      { anger: 0.3, fear: 0.3, joy: 0.4 },
    ],
    [
      { fear: 0.3, joy: 0.6 },
      { fear: 0.3, joy: 0.7 },
    ],
    [
      { fear: 0.5, joy: 0.5 },
      { fear: 0.5, joy: 0.5 },
    ],
  ])("%j is meant as %j", (begun, meant) => {
    expect(settled(given(begun), asked())).toEqual(given(meant));
  });

  test("it is given out once: settling twice changes nothing, and nothing stays nothing", () => {
    const done = settled(given({ fear: 0.1, joy: 0.2 }), asked());
    expect(settled(done, asked())).toBe(done);
    expect(settled(NONE, asked())).toBe(NONE);
  });

  test("shares that are no whole points, as a mean of several answers has them, are left alone", () => {
    const mean = given({ fear: 0.333333, joy: 0.666667 });
    expect(settled(mean, asked())).toBe(mean);
    expect(encodeSoft(mean)).toEqual(mean);
  });
});

test("checks see each label with its share", () => {
  const units = kind.units(given({ fear: 0.4, joy: 0.6 }), task(1).item);
  expect(units.map((unit) => unit.env)).toEqual([
    { label: "joy", share: 0.6, labels_used: 2 },
    { label: "fear", share: 0.4, labels_used: 2 },
  ]);
});

test("Shift and a digit are known by the key's place, whatever sign the layout makes of them", () => {
  const none = { ctrlKey: false, metaKey: false, altKey: false };
  expect(chords({ key: "!", code: "Digit1", shiftKey: true, ...none })).toEqual(["!", "Shift+1"]);
  expect(chords({ key: "/", code: "Digit7", shiftKey: true, ...none })).toEqual(["/", "Shift+7"]);
  expect(chords({ key: "1", code: "Digit1", shiftKey: false, ...none })).toEqual(["1"]);
  expect(chords({ key: "Z", code: "KeyZ", shiftKey: true, ...none })).toEqual(["Shift+Z"]);
});

let root: HTMLElement;
afterEach(() => root && render(null, root));

async function open(fields: Field[], labels?: Label[]) {
  const tasks = [1, 2].map((slot) => task(slot, { item: { ...task(slot).item, media: "text", text: `news ${slot}` } }));
  const sent: Record<string, unknown>[] = [];
  const rules = { ...rulebook(fields), ...(labels && { labels }) };
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
  await until(() => root.textContent?.includes("news 1") === true);
  return { on, sent, weights: () => (on.session.answers.value.mood as SoftAnswer | undefined)?.weights };
}

function press(key: string, more: KeyboardEventInit = {}) {
  document.body.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, ...more }));
}

describe("shares on the page", () => {
  test("digits give, Shift and digits take, undo takes back, and submit gives out what is left", async () => {
    const { on, sent, weights } = await open([asked()]);
    for (const key of ["1", "1", "2", "2"]) press(key);
    expect(weights()).toEqual({ joy: 0.2, fear: 0.2 });
    press("@", { code: "Digit2", shiftKey: true });
    expect(weights()).toEqual({ joy: 0.2, fear: 0.1 });
    press("z");
    expect(weights()).toEqual({ joy: 0.2, fear: 0.2 });
    press("Z", { shiftKey: true });
    await until(() => root.querySelector(".rest")?.textContent === "7 of 10 left to give");
    press("Enter");
    await until(() => sent.length === 1);
    expect(sent[0]?.answers).toEqual({ mood: { kind: "soft", weights: { fear: 0.3, joy: 0.7 } } });
    expect(on.session.task.value?.slot).toBe(2);
  });

  test("a draft keeps what is left as it is", async () => {
    const { on } = await open([asked()]);
    press("1");
    expect(on.session.encoded()).toEqual({ mood: { kind: "soft", weights: { joy: 0.1 } } });
  });

  test("nothing given is not submitted where something is asked", async () => {
    const { on, sent } = await open([asked()]);
    press("Enter");
    expect(on.notice.value?.tone).toBe("bad");
    expect(sent).toEqual([]);
  });

  test("labels with letters of their own are given and taken by them", async () => {
    const { on, weights } = await open([asked()], [label("joy", "j"), label("fear"), label("anger", "z")]);
    press("j");
    press("j");
    press("J", { shiftKey: true });
    expect(weights()).toEqual({ joy: 0.1 });
    expect(findConflicts(allActions(on))).toEqual([]);
  });

  test("the bars and their buttons say the shares, and the label with the most stands out", async () => {
    const { weights } = await open([asked()]);
    press("2");
    await until(() => root.querySelector(".shares li.on .name")?.textContent === "fear");
    const fear = root.querySelectorAll<HTMLButtonElement>(".shares li button");
    expect(fear[2]?.textContent).toContain("10%");
    fear[3]?.click();
    expect(weights()).toEqual({});
  });
});
