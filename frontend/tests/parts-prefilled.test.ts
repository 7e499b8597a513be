/** Suggested answers about turns and about things that are marked: each is a suggestion by itself. */
import { describe, expect, test } from "vitest";
import { allActions } from "../src/workbench/actions";
import type { Bench } from "../src/workbench/bench";
import type { Suggestion, Task } from "../src/workbench/boot";
import { isSuggested, sureness } from "../src/workbench/suggested";
import { bench, field, rulebook, task, until } from "./cast";

const chosen = (label: string) => ({ kind: "choice", labels: [label] });
const TALK = {
  turns: ["还没到", "您好", "我要退款"].map((text, at) => ({ speaker: at === 1 ? "客服" : "客户", text })),
};
const INTENTS = rulebook([field("intent", "choice", ["ask", "refund"], { target: "turn", required: false })]);
const OF_TURNS: Suggestion = {
  annotator: "intent-1",
  kind: "model",
  answers: { intent: { kind: "each", of: "turn", answers: { "1": chosen("ask"), "3": chosen("refund") } } },
  confidence: 0.8,
  scores: { intent: { "1": 0.91, "3": 0.4 } },
};
const dialogue = {
  id: 1,
  media: "dialogue",
  name: "1",
  text: JSON.stringify(TALK),
  url: null,
  width: null,
  height: null,
};

const OCCLUDED = rulebook([
  field("defects", "box", ["scratch", "crack"]),
  field("occluded", "choice", ["yes", "no"], { target: "defects", required: false }),
]);
const box = (id: string, x: number) => ({ id, label: "crack", x, y: 10, w: 20, h: 20 });
const OF_BOXES: Suggestion = {
  annotator: "steel-2",
  kind: "model",
  answers: {
    defects: { kind: "box", shapes: [box("i1", 10), box("i2", 60)] },
    occluded: { kind: "each", of: "defects", answers: { i1: chosen("no"), i2: chosen("yes") } },
  },
  confidence: null,
  scores: { defects: { i1: 0.9, i2: 0.3 }, occluded: { i1: 0.7 } },
};

async function suggesting(rules: typeof INTENTS, suggestion: Suggestion, given: Partial<Task> = {}) {
  const sent: Record<string, unknown>[] = [];
  const { bench: on } = bench(
    rules,
    (path, body) => {
      if (path === "lease") return [200, { tasks: [task(1, { suggestion, ...given })] }];
      if (path === "submit") sent.push(body);
      return path === "submit" ? [200, { annotation: { id: 1, revision: 1 }, tasks: [] }] : [204, null];
    },
    crypto.randomUUID(),
    [],
    { suggests: true },
  );
  await on.start();
  return { on, sent };
}

const run = (on: Bench, id: string) =>
  allActions(on)
    .find((act) => act.id === id)
    ?.run(on);
const said = (on: Bench, id: string, part: string) => on.session.answerOf(on.session.getField(id), part);
const waiting = (on: Bench) =>
  on.prefill.pending.value.map(({ field, part, about }) => `${field.id} ${about ?? part?.id}`);

describe("turns", () => {
  const open = () => suggesting(INTENTS, OF_TURNS, { item: dialogue });

  test("come filled, look suggested with their own score, and one key accepts all and submits", async () => {
    const { on, sent } = await open();
    expect(waiting(on)).toEqual(["intent 1", "intent 3"]);
    expect([sureness(said(on, "intent", "1")), sureness(said(on, "intent", "3"))]).toEqual(["91%", "40%"]);
    on.submit();
    await until(() => sent.length === 1);
    expect(sent[0]).toMatchObject({ answers: OF_TURNS.answers, hidden_below: 0 });
  });

  test("accepting one takes the hand to the next turn that is only suggested; undo makes it a suggestion again", async () => {
    const { on } = await open();
    run(on, "accept-suggested");
    expect(waiting(on)).toEqual(["intent 3"]);
    expect(on.session.turn.value).toBe("3");
    expect(isSuggested(said(on, "intent", "1"))).toBe(false);
    on.session.undo();
    expect(waiting(on)).toEqual(["intent 1", "intent 3"]);
  });

  test("rejecting one leaves the turn without an answer, and a key that says otherwise makes it one's own", async () => {
    const { on } = await open();
    on.session.turn.value = "3";
    run(on, "reject-suggested");
    expect(said(on, "intent", "3")).toEqual({ kind: "choice", labels: [] });
    expect(waiting(on)).toEqual(["intent 1"]);
    on.session.turn.value = "1";
    on.press(on.session.getField("intent"), "refund");
    expect(waiting(on)).toEqual([]);
    expect(on.session.encoded()).toEqual({
      intent: { kind: "each", of: "turn", answers: { "1": chosen("refund") } },
    });
  });

  test("the threshold hides what is less sure and shows it again", async () => {
    const { on } = await open();
    on.prefill.hideBelow(0.5);
    expect([waiting(on), on.prefill.hidden.value]).toEqual([["intent 1"], 1]);
    on.prefill.hideBelow(0.2);
    expect(waiting(on)).toEqual(["intent 1", "intent 3"]);
  });

  test("stepping takes the hand from turn to turn", async () => {
    const { on } = await open();
    run(on, "next-suggested");
    expect(on.session.turn.value).toBe("3");
    run(on, "next-suggested");
    expect(on.session.turn.value).toBe("1");
  });

  test("a label that the rulebook does not have is not suggested", async () => {
    const answers = { intent: { kind: "each", of: "turn", answers: { "1": chosen("abolished"), "3": chosen("ask") } } };
    const { on } = await suggesting(INTENTS, { ...OF_TURNS, answers, scores: {} }, { item: dialogue });
    expect(waiting(on)).toEqual(["intent 3"]);
    expect(sureness(said(on, "intent", "3"))).toBe(null);
  });
});

describe("things that are marked", () => {
  test("what is suggested of a box waits beside the box, and goes with it", async () => {
    const { on } = await suggesting(OCCLUDED, OF_BOXES);
    expect(waiting(on)).toEqual(["defects i1", "defects i2", "occluded i1", "occluded i2"]);
    on.session.selected.value = "i2";
    run(on, "reject-suggested");
    expect(waiting(on)).toEqual(["defects i1", "occluded i1"]);
    on.session.undo();
    expect(waiting(on)).toEqual(["defects i1", "defects i2", "occluded i1", "occluded i2"]);
  });

  test("what is said of a box that is out of sight is out of sight too, and comes back with it", async () => {
    const { on } = await suggesting(OCCLUDED, OF_BOXES);
    on.prefill.hideBelow(0.5);
    expect(waiting(on)).toEqual(["defects i1", "occluded i1"]);
    on.prefill.hideBelow(0);
    expect(waiting(on)).toEqual(["defects i1", "defects i2", "occluded i1", "occluded i2"]);
  });

  test("everything that is suggested is rejected in one step, and one undo brings it back", async () => {
    const { on } = await suggesting(OCCLUDED, OF_BOXES);
    run(on, "accept-suggested");
    run(on, "reject-all");
    expect(on.session.encoded()).toEqual({ defects: { kind: "box", shapes: [box("i1", 10)] } });
    on.session.undo();
    expect(waiting(on)).toEqual(["defects i2", "occluded i1", "occluded i2"]);
  });
});
