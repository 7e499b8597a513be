import { describe, expect, test } from "vitest";
import type { BoxAnswer } from "../src/kinds/box/model";
import { allActions } from "../src/workbench/actions";
import type { Bench } from "../src/workbench/bench";
import type { Suggestion, Task } from "../src/workbench/boot";
import { isSuggested, sureness } from "../src/workbench/suggested";
import { type Answerer, bench, DEFECTS, field, MOOD, rulebook, task, until } from "./cast";

const SHAPES = [
  { id: "i1", label: "crack", x: 10, y: 10, w: 40, h: 20 },
  { id: "i2", label: "scratch", x: 100, y: 50, w: 30, h: 30 },
  { id: "i3", label: "crack", x: 200, y: 90, w: 30, h: 30 },
];
const OF_MODEL: Suggestion = {
  annotator: "steel-2",
  kind: "model",
  answers: { defects: { kind: "box", shapes: SHAPES } },
  confidence: 0.8,
  scores: { defects: { i1: 0.97, i2: 0.62, i3: 0.31 } },
};

/** A workbench with suggestions, and what was sent from it. */
async function suggesting(given: Partial<Task> = {}, rules = DEFECTS, suggestion: Suggestion | null = OF_MODEL) {
  const sent: Record<string, unknown>[] = [];
  const answerer: Answerer = (path, body) => {
    if (path === "lease") return [200, { tasks: [task(1, { suggestion, ...given })] }];
    if (path !== "submit") return [204, null];
    sent.push(body);
    return [200, { annotation: { id: 1, revision: 1 }, tasks: [] }];
  };
  const { bench: on } = bench(rules, answerer, crypto.randomUUID(), [], { suggests: true });
  await on.start();
  return { on, sent };
}

const shapes = (on: Bench) => (on.session.answer(on.session.field.value) as BoxAnswer).shapes;
const ids = (on: Bench) => shapes(on).map(({ id }) => id);
const own = (on: Bench) =>
  shapes(on)
    .filter((shape) => !isSuggested(shape))
    .map(({ id }) => id);
const run = (on: Bench, id: string) =>
  allActions(on)
    .find((act) => act.id === id)
    ?.run(on);

describe("suggestions in the hand", () => {
  test("are there from the start, look suggested with their score, and one key accepts all and submits", async () => {
    const { on, sent } = await suggesting();
    expect(ids(on)).toEqual(["i1", "i2", "i3"]);
    expect(own(on)).toEqual([]);
    expect(shapes(on).map(sureness)).toEqual(["97%", "62%", "31%"]);
    on.submit();
    await until(() => sent.length === 1);
    expect(sent[0]).toMatchObject({ answers: OF_MODEL.answers, hidden_below: 0 });
  });

  test("accepting one makes it one's own and looks at the next; undo makes it a suggestion again", async () => {
    const { on } = await suggesting();
    run(on, "accept-suggested");
    expect(own(on)).toEqual(["i1"]);
    expect(on.session.selected.value).toBe("i2");
    on.session.undo();
    expect(own(on)).toEqual([]);
  });

  test("rejecting one takes it away, and undo brings it back as a suggestion", async () => {
    const { on } = await suggesting();
    run(on, "next-suggested");
    run(on, "next-suggested");
    expect(on.session.selected.value).toBe("i2");
    run(on, "reject-suggested");
    expect(ids(on)).toEqual(["i1", "i3"]);
    expect(on.session.selected.value).toBe("i3");
    on.session.undo();
    expect(ids(on)).toEqual(["i1", "i2", "i3"]);
    expect(own(on)).toEqual([]);
  });

  test("a shape that is changed is one's own; one undo gives all rejected ones back", async () => {
    const { on } = await suggesting();
    on.session.selected.value = "i3";
    on.press(on.session.field.value, "scratch");
    expect(own(on)).toEqual(["i3"]);
    run(on, "reject-all");
    expect(ids(on)).toEqual(["i3"]);
    expect(on.prefill.pending.value).toEqual([]);
    on.session.undo();
    expect(ids(on)).toEqual(["i1", "i2", "i3"]);
  });

  test("stepping goes round, forwards and back", async () => {
    const { on } = await suggesting();
    for (const [act, at] of [
      ["last-suggested", "i3"],
      ["next-suggested", "i1"],
      ["last-suggested", "i3"],
    ] as const) {
      run(on, act);
      expect(on.session.selected.value).toBe(at);
    }
  });

  test("the threshold hides what is less sure and shows it again, but never what was rejected", async () => {
    const { on, sent } = await suggesting();
    on.session.selected.value = "i1";
    run(on, "reject-suggested");
    on.prefill.hideBelow(0.7);
    expect(ids(on)).toEqual([]);
    expect(on.prefill.hidden.value).toBe(2);
    on.prefill.hideBelow(0.5);
    expect(ids(on)).toEqual(["i2"]);
    expect(own(on)).toEqual([]);
    on.submit();
    await until(() => sent.length === 1);
    expect(sent[0]).toMatchObject({ hidden_below: 0.5 });
    on.session.open(null);
  });

  test("the threshold is remembered for the next item", async () => {
    const { on } = await suggesting();
    on.settings.hideBelow.value = 0.9;
    on.session.open(null);
    on.queue.giveBack(task(2, { suggestion: OF_MODEL }));
    on.next();
    expect(ids(on)).toEqual(["i1"]);
  });

  test("a draft goes before the suggestion, and what is in it as suggested still looks so", async () => {
    const kept = { defects: { kind: "box", shapes: [SHAPES[1], { ...SHAPES[2], x: 222 }] } };
    const { on } = await suggesting({ answers: kept });
    expect(ids(on)).toEqual(["i2", "i3"]);
    expect(own(on)).toEqual(["i3"]);
  });

  test("labels that the rulebook no longer has are left out", async () => {
    const odd = [{ ...SHAPES[0], label: "abolished" }, SHAPES[1]];
    const { on } = await suggesting({}, DEFECTS, {
      ...OF_MODEL,
      answers: { defects: { kind: "box", shapes: odd }, other: { kind: "choice", labels: ["x"] } },
    });
    expect(ids(on)).toEqual(["i2"]);
  });

  test("a suggestion of nothing is accepted by one key", async () => {
    const nothing = { ...OF_MODEL, answers: { defects: { kind: "box", shapes: [] } }, scores: {} };
    const { on, sent } = await suggesting({}, DEFECTS, nothing);
    on.submit();
    await until(() => sent.length === 1);
  });

  test("a choice is suggested as a whole", async () => {
    const mood = { ...OF_MODEL, answers: { mood: { kind: "choice", labels: ["pos"] } }, scores: {} };
    const { on, sent } = await suggesting({}, MOOD, mood);
    const answer = () => on.session.answer(on.session.field.value);
    expect(sureness(answer())).toBe("80%");
    run(on, "reject-suggested");
    expect(on.session.encoded()).toEqual({});
    on.session.undo();
    expect(isSuggested(answer())).toBe(true);
    on.press(on.session.field.value, "neg");
    expect(isSuggested(answer())).toBe(false);
    on.submit();
    await until(() => sent.length === 1);
    expect(sent[0]).toMatchObject({ answers: { mood: { kind: "choice", labels: ["neg"] } } });
  });

  test("acts on suggestions reach every field", async () => {
    const rules = rulebook([field("defects", "box", ["scratch", "crack"]), field("mood", "choice", ["pos", "neg"])]);
    const both = { ...OF_MODEL, answers: { ...OF_MODEL.answers, mood: { kind: "choice", labels: ["pos"] } } };
    const { on } = await suggesting({}, rules, both);
    expect(on.prefill.pending.value).toHaveLength(4);
    run(on, "reject-all");
    expect(on.session.encoded()).toEqual({ defects: { kind: "box", shapes: [] } });
    on.session.undo();
    expect(on.prefill.pending.value).toHaveLength(4);
  });

  test("a blind round knows none of this: its labels keep their keys, and nothing is sent beside the answer", async () => {
    const sent: Record<string, unknown>[] = [];
    const { bench: on } = bench(MOOD, (path, body) => {
      if (path === "submit") sent.push(body);
      return [200, { tasks: path === "lease" ? [task(1)] : [], annotation: { id: 1, revision: 1 } }];
    });
    await on.start();
    expect(allActions(on).filter(({ id }) => id.includes("suggested"))).toEqual([]);
    on.press(on.session.field.value, "pos");
    on.submit();
    await until(() => sent.length === 1);
    expect(sent[0]).not.toHaveProperty("hidden_below");
  });
});
