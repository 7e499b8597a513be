/** Links between spans: keys and pointer in, operations out. */
import { beforeEach, describe, expect, test } from "vitest";
import { type Drawn, headOf, layArcs, MOST_LANES, pathOf } from "../src/kinds/relation/arcs";
import { readHeld, writeHeld } from "../src/kinds/relation/held";
import type { RelationAnswer } from "../src/kinds/relation/model";
import { LinkTool } from "../src/kinds/relation/tool";
import { removeSpan, type SpanAnswer } from "../src/kinds/span/model";
import { allActions } from "../src/workbench/actions";
import type { Bench } from "../src/workbench/bench";
import { findProblems } from "../src/workbench/checks";
import { bench, field, rulebook, task } from "./cast";

const TEXT = "aspirin helps against headache and fever";
const THINGS = field("things", "span", ["drug", "illness"]);
const ENDS = { treats: { from: ["drug"], to: ["illness"] }, same: { symmetric: true } };
const FACTS = field("facts", "relation", ["treats", "causes", "same"], { options: { of: "things", ends: ENDS } });
const SPANS = {
  kind: "span",
  spans: [
    { id: "s1", label: "drug", start: 0, end: 7 },
    { id: "s2", label: "illness", start: 22, end: 30 },
    { id: "s3", label: "illness", start: 35, end: 40 },
  ],
};

let on: Bench;
const press = (key: string) => {
  const act = allActions(on).find((each) => each.keys.includes(key) && each.when(on));
  if (!act) throw new Error(`nothing answers to ${key}`);
  act.run(on);
};
const links = () => (on.session.answer(FACTS) as RelationAnswer).links.map(({ label, from, to }) => [label, from, to]);
const held = () =>
  readHeld(on.session.answer(FACTS) as RelationAnswer, on.session.answers.value["things"], on.session.selected.value);
const open = (answers: Record<string, unknown> = { things: SPANS }) => {
  const item = { ...task(1).item, media: "text", text: TEXT };
  on.session.open({ ...task(1), item, answers });
};

beforeEach(() => {
  on = bench(rulebook([THINGS, FACTS]), () => [200, { tasks: [] }]).bench;
  open();
});

describe("keys", () => {
  test("from the span in hand: L, on to another, L", () => {
    on.session.selected.value = "s1";
    press("L");
    expect(on.session.fieldId.value).toBe("facts");
    press("Tab");
    press("L");
    expect(links()).toEqual([["treats", "s1", "s2"]]);
    expect(held().link?.label).toBe("treats");
  });

  test("the submit key ends the link before it submits anything", () => {
    on.session.selected.value = "s1";
    press("L");
    press("Tab");
    press("Tab");
    press("Enter");
    expect(links()).toEqual([["treats", "s1", "s3"]]);
    expect(on.session.task.value).not.toBeNull();
  });

  test("a label's key ends the link under that label", () => {
    on.session.selected.value = "s1";
    press("L");
    press("Tab");
    on.press(FACTS, "causes");
    expect(links()).toEqual([["causes", "s1", "s2"]]);
  });

  test("a label's key on a span begins a link under that label", () => {
    on.session.selected.value = "s2";
    on.press(FACTS, "same");
    press("Tab");
    press("L");
    expect(links()).toEqual([["same", "s2", "s3"]]);
  });

  test("of a link in hand a label's key changes the label", () => {
    on.session.selected.value = "s1";
    press("L");
    press("Tab");
    press("L");
    on.press(FACTS, "causes");
    expect(links()).toEqual([["causes", "s1", "s2"]]);
  });

  test("a link that can only go the other way is drawn that way", () => {
    on.session.selected.value = "s2";
    press("L");
    press("Shift+Tab");
    press("L");
    expect(links()).toEqual([["treats", "s1", "s2"]]);
  });

  test("what no label may join is said, and nothing is drawn", () => {
    on.session.selected.value = "s2";
    press("L");
    press("Tab");
    on.press(FACTS, "treats");
    expect(links()).toEqual([]);
    expect(on.notice.value?.text).toContain("may not go");
  });

  test("X turns a link round where its label allows it", () => {
    open({ things: SPANS, facts: { kind: "relation", links: [{ id: "r1", label: "causes", from: "s1", to: "s2" }] } });
    on.session.activate("facts");
    on.session.selected.value = "r1";
    press("X");
    expect(links()).toEqual([["causes", "s2", "s1"]]);
    on.press(FACTS, "treats");
    expect(links()).toEqual([["treats", "s1", "s2"]]);
    press("X");
    expect(links()).toEqual([["treats", "s1", "s2"]]);
    expect(on.notice.value?.text).toContain("may not go");
  });

  test("arrows go along the links, Delete removes one and stays at its beginning", () => {
    const wire = [
      { id: "r1", label: "treats", from: "s1", to: "s2" },
      { id: "r2", label: "treats", from: "s1", to: "s3" },
    ];
    open({ things: SPANS, facts: { kind: "relation", links: wire } });
    on.session.activate("facts");
    press("ArrowDown");
    press("ArrowDown");
    expect(on.session.selected.value).toBe("r2");
    press("Delete");
    expect(links()).toEqual([["treats", "s1", "s2"]]);
    expect(held().from?.id).toBe("s1");
    press("Z");
    expect(links()).toHaveLength(2);
  });

  test("the same link is not drawn twice, without a direction not even backwards", () => {
    for (const [from, to] of [
      ["s2", "s3"],
      ["s3", "s2"],
    ] as const) {
      on.session.activate("facts");
      on.session.selected.value = writeHeld(from, to);
      on.press(FACTS, "same");
    }
    expect(links()).toEqual([["same", "s2", "s3"]]);
  });

  test("without spans the key for links is not there", () => {
    open({});
    expect(() => press("L")).toThrow();
  });
});

describe("the pointer", () => {
  const tool = () => new LinkTool(on.session, FACTS);
  const at = { x: 0, y: 0 };

  test("a drag from span to span draws a link with the label in hand", () => {
    on.session.activate("facts");
    on.session.inHand.value = { facts: "causes" };
    const hand = tool();
    expect(hand.down(at, ["s1"], null)).toBe(true);
    hand.move(at, []);
    hand.move(at, ["s3"]);
    expect(hand.up()).toBeNull();
    expect(links()).toEqual([["causes", "s1", "s3"]]);
  });

  test("a click takes a span, the next one under it at the second click", () => {
    on.session.activate("facts");
    const hand = tool();
    for (const wanted of ["s1", "s2", "s1"]) {
      hand.down(at, ["s1", "s2"], null);
      hand.up();
      expect(held().from?.id).toBe(wanted);
    }
  });

  test("once a link was begun a click on another span ends it", () => {
    on.session.selected.value = "s1";
    press("L");
    const hand = tool();
    hand.down(at, ["s3"], null);
    hand.up();
    expect(links()).toEqual([["treats", "s1", "s3"]]);
  });

  test("a stroke beside every span is not this tool's", () => {
    expect(tool().down(at, [], null)).toBe(false);
  });

  test("a drag that was broken off draws nothing", () => {
    const hand = tool();
    hand.down(at, ["s1"], null);
    hand.move(at, ["s2"]);
    hand.cancel();
    hand.up();
    expect(links()).toEqual([]);
  });
});

describe("spans and their links", () => {
  const LINKED = {
    things: SPANS,
    facts: {
      kind: "relation",
      links: [
        { id: "r1", label: "treats", from: "s1", to: "s2" },
        { id: "r2", label: "treats", from: "s1", to: "s3" },
      ],
    },
  };

  test("a span takes its links with it, and one undo brings all back", () => {
    open(LINKED);
    on.session.selected.value = "s2";
    press("Delete");
    expect(links()).toEqual([["treats", "s1", "s3"]]);
    expect(on.session.fieldId.value).toBe("things");
    on.session.undo();
    expect(links()).toHaveLength(2);
    expect((on.session.answer(THINGS) as SpanAnswer).spans).toHaveLength(3);
    expect([on.session.fieldId.value, on.session.selected.value]).toEqual(["things", "s2"]);
    on.session.redo();
    expect(links()).toHaveLength(1);
    expect(on.session.history.undone.value).toEqual([]);
  });

  test("a span that changes its label shows what its links may no longer be", () => {
    open(LINKED);
    on.session.selected.value = "s1";
    on.press(THINGS, "illness");
    expect(on.session.problems.value.map(({ field: id, shape }) => [id, shape])).toEqual([
      ["facts", "r1"],
      ["facts", "r2"],
    ]);
  });

  test("checks read the ends as they are now", () => {
    const check = { id: "near", field: "facts", when: null, message: { zh: "x", en: "x" }, clause: null };
    const near = { ...check, expect: ["<", ["var", "distance"], ["num", 20]] } as never;
    const rules = { ...on.session.rulebook, checks: [near] };
    open(LINKED);
    const found = () =>
      findProblems(
        rules,
        on.session.answers.value,
        task(1, { item: { ...task(1).item, text: TEXT } }).item.text ? { ...task(1).item, text: TEXT } : task(1).item,
      );
    expect(found().map(({ shape }) => shape)).toEqual(["r2"]);
    on.session.change(THINGS, removeSpan(on.session.answer(THINGS) as SpanAnswer, "s3"));
    expect(found()).toEqual([]);
  });

  test("the last answer goes to the same text, links and spans together", () => {
    open(LINKED);
    on.last.value = { item: { ...task(1).item, media: "text", text: TEXT }, answers: on.session.answers.value };
    open({});
    press("R");
    expect(links()).toHaveLength(2);
    on.session.undo();
    expect(links()).toEqual([]);
    open();
    press("Shift+R");
    expect(links()).toEqual([]);
  });

  test("what is in hand survives odd ids", () => {
    const odd = { kind: "span", spans: [{ id: "a>b @c", label: "drug", start: 0, end: 2 }] };
    open({ things: odd });
    on.session.selected.value = writeHeld("a>b @c", null);
    expect([held().from?.id, held().aims]).toEqual(["a>b @c", true]);
  });
});

describe("suggested links", () => {
  const suggestion = (scores: Record<string, Record<string, number>>) => ({
    annotator: "m",
    kind: "model",
    confidence: null,
    scores,
    answers: {
      things: SPANS,
      facts: {
        kind: "relation",
        links: [
          { id: "r1", label: "treats", from: "s1", to: "s2" },
          { id: "r2", label: "treats", from: "s1", to: "s3" },
        ],
      },
    },
  });
  const take = (scores: Record<string, Record<string, number>> = {}) => {
    const item = { ...task(1).item, media: "text", text: TEXT };
    const filled = on.prefill.filled({ ...task(1), item, suggestion: suggestion(scores) });
    on.session.open(filled);
  };

  test("all are there, and only suggested", () => {
    take();
    expect(on.prefill.pending.value.map(({ part }) => part?.id)).toEqual(["s1", "s2", "s3", "r1", "r2"]);
  });

  test("a link is hidden with a span that is not sure enough, and comes back with it", () => {
    on.settings.hideBelow.value = 0.5;
    take({ things: { s2: 0.3 } });
    expect(links()).toEqual([["treats", "s1", "s3"]]);
    on.prefill.hideBelow(0.2);
    expect(links()).toHaveLength(2);
    on.prefill.hideBelow(0.5);
    expect(links()).toEqual([["treats", "s1", "s3"]]);
  });

  test("who rejects a span rejects its links", () => {
    take();
    on.session.selected.value = "s2";
    on.prefill.reject();
    expect(links()).toEqual([["treats", "s1", "s3"]]);
  });
});

describe("arcs", () => {
  const PAPER = { width: 600, leftwards: false, vertical: false };
  const word = (x: number, line: number, w = 40) => ({ x, y: line * 60, w, h: 20 });
  const drawn = (id: string, from: ReturnType<typeof word>, to: ReturnType<typeof word>): Drawn => ({
    id,
    from: [from],
    to: [to],
    name: 20,
  });
  const heights = (links: readonly Drawn[]) =>
    Object.fromEntries(layArcs(links, PAPER).arcs.map((arc) => [arc.id, arc.points[1]?.y ?? 0]));

  test("a short one lies below a long one that spans it", () => {
    const found = heights([drawn("long", word(0, 1), word(400, 1)), drawn("short", word(100, 1), word(200, 1))]);
    expect(found["long"]).toBeLessThan(found["short"] ?? 0);
  });

  test("those beside one another lie at one height", () => {
    const found = heights([drawn("a", word(0, 1), word(100, 1)), drawn("b", word(300, 1), word(400, 1))]);
    expect(found["a"]).toBe(found["b"]);
  });

  test("it ends above the span that it goes to", () => {
    const [arc] = layArcs([drawn("a", word(0, 1), word(100, 1))], PAPER).arcs;
    expect(arc?.points.at(0)).toEqual({ x: 20, y: 59 });
    expect(arc?.points.at(-1)).toEqual({ x: 120, y: 59 });
    expect(headOf(arc?.points ?? [])).toMatch(/^M120 59L/);
  });

  test("to another line it goes beside the text, which no letter is in the way of", () => {
    const [arc] = layArcs([drawn("a", word(300, 1), word(100, 3))], PAPER).arcs;
    expect(Math.min(...(arc?.points ?? []).map(({ x }) => x))).toBeLessThan(0);
    expect(arc?.points).toHaveLength(6);
  });

  test("in a text that runs leftwards it goes beside its other side", () => {
    const [arc] = layArcs([drawn("a", word(300, 1), word(100, 3))], { ...PAPER, leftwards: true }).arcs;
    expect(Math.max(...(arc?.points ?? []).map(({ x }) => x))).toBeGreaterThan(600);
    expect(Math.min(...(arc?.points ?? []).map(({ x }) => x))).toBeGreaterThan(0);
  });

  test("in upright lines it runs beside the column", () => {
    const column = (y: number) => ({ x: 500, y, w: 20, h: 40 });
    const [arc] = layArcs([drawn("a", column(0), column(200))], { width: 400, leftwards: false, vertical: true }).arcs;
    expect(arc?.points.map(({ x }) => x > 520)).toEqual([true, true, true, true]);
    expect([arc?.points[0]?.y, arc?.points.at(-1)?.y]).toEqual([20, 220]);
  });

  test("several at one span stand side by side on it and do not cross", () => {
    const from = word(0, 1, 80);
    const found = layArcs([drawn("near", from, word(200, 1)), drawn("far", from, word(400, 1))], PAPER).arcs;
    const [near, far] = ["near", "far"].map((id) => found.find((arc) => arc.id === id));
    expect(far?.points[0]?.x).toBeLessThan(near?.points[0]?.x ?? 0);
    expect(far?.points[1]?.y).toBeLessThan(near?.points[1]?.y ?? 0);
  });

  test("a hundred above one line share the room of ten", () => {
    const many = Array.from({ length: 100 }, (_, n) => drawn(`${n}`, word(0, 1), word(100 + n, 1)));
    const found = layArcs(many, PAPER);
    expect(found.lanes).toBe(100);
    expect(found.step).toBeLessThan(14);
    expect(MOST_LANES).toBe(10);
  });

  test("of a span over two lines the part that is nearest is joined", () => {
    const wrapped: Drawn = { id: "a", from: [word(560, 0), word(0, 1)], to: [word(100, 1)], name: 20 };
    expect(layArcs([wrapped], PAPER).arcs[0]?.points).toHaveLength(4);
  });

  test("a thousand links over two hundred lines are laid in a moment", () => {
    const many = Array.from({ length: 1000 }, (_, n) =>
      drawn(`${n}`, word((n * 37) % 500, n % 200), word((n * 91) % 500, (n + (n % 3)) % 200)),
    );
    const start = performance.now();
    layArcs(many, PAPER);
    expect(performance.now() - start).toBeLessThan(400);
  });

  test("corners are round", () => {
    expect(
      pathOf([
        { x: 0, y: 10 },
        { x: 0, y: 0 },
        { x: 50, y: 0 },
        { x: 50, y: 10 },
      ]),
    ).toContain("Q0 0 5 0");
  });
});
