/** The hand on parts: boxes with attributes, turns of a dialogue; what goes with a part, what comes back. */
import { describe, expect, test } from "vitest";
import type { EachAnswer } from "../src/kinds/each";
import type { Answer } from "../src/kinds/kind";
import { allActions } from "../src/workbench/actions";
import type { Field, Item } from "../src/workbench/boot";
import { findConflicts } from "../src/workbench/keymap";
import { nextGap } from "../src/workbench/partwork";
import { Session } from "../src/workbench/session";
import { bench, field, rulebook, task } from "./cast";

const told = { told: "text" as const, told_of_part: "text" as const };
const DEFECTS = field("defects", "box", ["scratch", "crack"], { told: "texts" });
const OCCLUDED = field("occluded", "choice", ["yes", "no"], { target: "defects", ...told, told: "texts" as never });
const DEPTH = field("depth", "choice", ["deep", "flat"], {
  target: "defects",
  when: ["==", ["var", "label"], ["str", "scratch"]],
  ...told,
});
const INTENT = field("intent", "choice", ["ask", "complain"], {
  target: "turn",
  when: ["==", ["var", "speaker"], ["str", "a"]],
  ...told,
});
const ANGER = field("anger", "choice", ["mild", "wild"], {
  target: "turn",
  when: ["==", ["var", "intent"], ["str", "complain"]],
  ...told,
});

const shape = (id: string, label: string, x = 0) => ({ id, label, x, y: 0, w: 9, h: 9 });
const boxes = (...shapes: unknown[]) => ({ kind: "box", shapes }) as unknown as Answer;

function atWork(...fields: Field[]) {
  const session = new Session(rulebook(fields));
  session.open(task(1));
  return session;
}

function drawn() {
  const session = atWork(DEFECTS, OCCLUDED, DEPTH);
  session.change(DEFECTS, boxes(shape("b1", "scratch"), shape("b2", "crack", 50)), { selected: "b1" });
  return session;
}

const talk = (n: number): Item => {
  const turns = Array.from({ length: n }, (_, at) => ({ speaker: at % 2 ? "b" : "a", text: `t${at}` }));
  const text = JSON.stringify({ turns });
  return { id: 1, media: "dialogue", name: "d", text, url: null, width: null, height: null };
};

const said = (session: Session, of: Field) => (session.answers.value[of.id] as EachAnswer | undefined)?.answers;

describe("boxes with attributes", () => {
  test("a label's key answers for the box in hand, which stays in hand", () => {
    const session = drawn();
    session.press(OCCLUDED, "yes");
    expect(said(session, OCCLUDED)).toEqual({ b1: { kind: "choice", labels: ["yes"] } });
    expect(session.selected.value).toBe("b1");
    expect(session.field.value.id).toBe("defects");
    session.selected.value = "b2";
    expect(session.answer(OCCLUDED)).toEqual({ kind: "choice", labels: [] });
  });

  test("a condition on the box's own label asks of some boxes only", () => {
    const session = drawn();
    expect(session.isAsked(DEPTH)).toBe(true);
    session.selected.value = "b2";
    expect(session.isAsked(DEPTH)).toBe(false);
    expect(session.problems.value.map(({ field: id, shape: part }) => `${id} ${part}`)).toEqual([
      "occluded b1",
      "occluded b2",
      "depth b1",
    ]);
  });

  test("a box that goes takes its answers along, and one undo brings both back", () => {
    const session = drawn();
    session.press(OCCLUDED, "yes");
    const before = session.answers.value;
    session.change(DEFECTS, boxes(shape("b2", "crack", 50)), { selected: null });
    expect(said(session, OCCLUDED)).toEqual({});
    expect(session.encoded()).not.toHaveProperty("occluded");
    session.undo();
    expect(session.answers.value).toEqual(before);
    session.redo();
    expect(said(session, OCCLUDED)).toEqual({});
    // A new box under the old name begins without answers.
    session.change(DEFECTS, boxes(shape("b2", "crack", 50), shape("b1", "crack")), { selected: "b1" });
    expect(said(session, OCCLUDED)).toEqual({});
  });

  test("relabelling puts an answer away that is no longer asked, and back again", () => {
    const session = drawn();
    session.press(DEPTH, "deep");
    session.press(DEFECTS, "crack");
    expect(session.encoded()).not.toHaveProperty("depth");
    session.undo();
    expect(session.encoded().depth).toEqual({
      kind: "each",
      of: "defects",
      answers: { b1: { kind: "choice", labels: ["deep"] } },
    });
  });
});

describe("turns of a dialogue", () => {
  function talking(n = 5) {
    const { bench: made } = bench(rulebook([INTENT, ANGER]), () => [200, { tasks: [], left: 0 }]);
    made.session.open(task(1, { item: talk(n) }));
    return made;
  }

  test("one key a turn: an answer goes on to the next turn that is asked about", () => {
    const on = talking();
    for (const label of ["ask", "ask", "ask"]) on.press(INTENT, label);
    expect(Object.keys(said(on.session, INTENT) ?? {})).toEqual(["1", "3", "5"]);
    expect(on.session.problems.value).toEqual([]);
  });

  test("an answer that asks for another one stays on its turn until that is given", () => {
    const on = talking();
    on.press(INTENT, "complain");
    expect(on.session.turn.value).toBe("1");
    expect(on.session.active.value.id).toBe("anger");
    on.press(ANGER, "wild");
    expect(on.session.turn.value).toBe("3");
  });

  test("a correction of an answered turn keeps the hand where it is", () => {
    const on = talking();
    on.press(INTENT, "ask");
    on.session.turn.value = "1";
    on.press(INTENT, "complain");
    expect(on.session.turn.value).toBe("1");
  });

  test("a turn of somebody who is not asked about is not answered, and says so", () => {
    const on = talking();
    on.session.turn.value = "2";
    on.press(INTENT, "ask");
    expect(said(on.session, INTENT)).toBeUndefined();
    expect(on.notice.value?.tone).toBe("warn");
  });

  test("the next gap is found from where the hand is, and then from the beginning", () => {
    const on = talking();
    on.press(INTENT, "ask");
    expect(nextGap(on.session, 3)).toBe("5");
    expect(nextGap(on.session, 5)).toBe("3");
  });

  test("answers that were begun open on the first turn that lacks one", () => {
    const session = atWork(INTENT);
    const answers = { intent: { kind: "each", of: "turn", answers: { "1": { kind: "choice", labels: ["ask"] } } } };
    session.open(task(2, { item: talk(5), answers }));
    expect(session.turn.value).toBe("3");
  });
});

test("the keys of turns meet no other act's", () => {
  for (const fields of [
    [INTENT, ANGER],
    [INTENT, field("mood", "rating", [], { options: { low: 1, high: 5 } })],
  ]) {
    const { bench: made } = bench(rulebook(fields), () => [200, { tasks: [], left: 0 }]);
    expect(findConflicts(allActions(made))).toEqual([]);
    expect(allActions(made).find((act) => act.id === "turn-next")?.keys).toContain("J");
  }
});

describe("texts and scales of marked things", () => {
  const NOTE = field("note", "text", [], { target: "defects", required: false, options: { min: 0, max: 90 } });
  const SIZE = field("size", "rating", [], { target: "defects", options: { low: 1, high: 5, step: 1, anchors: [] } });

  test("what is written belongs to the box in hand, and each box has its own step of undo", () => {
    const session = atWork(DEFECTS, NOTE);
    session.change(DEFECTS, boxes(shape("b1", "scratch"), shape("b2", "crack", 50)), { selected: "b1" });
    session.change(NOTE, { kind: "text", text: "long" } as Answer, { merge: "write" });
    session.selected.value = "b2";
    session.change(NOTE, { kind: "text", text: "short" } as Answer, { merge: "write" });
    expect(session.answerOf(NOTE, "b1")).toEqual({ kind: "text", text: "long" });
    session.undo();
    expect(Object.keys(said(session, NOTE) ?? {})).toEqual(["b1"]);
  });

  test("the digits are for the question in hand, which keeps the box in hand", () => {
    const { bench: made } = bench(rulebook([DEFECTS, SIZE]), () => [200, { tasks: [], left: 0 }]);
    made.session.open(task(1));
    made.session.change(DEFECTS, boxes(shape("b1", "scratch")), { selected: "b1" });
    made.nextField();
    expect(made.session.selected.value).toBe("b1");
    made.digit(4, false);
    expect(said(made.session, SIZE)).toEqual({ b1: { kind: "rating", value: 4 } });
    allActions(made)
      .find((act) => act.id === "rate-higher")
      ?.run(made);
    expect(said(made.session, SIZE)).toEqual({ b1: { kind: "rating", value: 5 } });
  });
});
