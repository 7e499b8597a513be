import { describe, expect, test } from "vitest";
import type { ChoiceAnswer } from "../src/kinds/choice/model";
import { Session } from "../src/workbench/session";
import { DEFECTS, field, MOOD, rulebook, task } from "./cast";

const labels = (session: Session, id: string) => (session.answers.value[id] as ChoiceAnswer | undefined)?.labels;

describe("a session", () => {
  test("a single choice replaces, a multiple one adds and takes away", () => {
    const topics = field("topics", "choice", ["a", "b"], { options: { multiple: true } });
    const session = new Session(rulebook([field("mood", "choice", ["pos", "neg"]), topics]));
    session.open(task(1));
    session.press(session.getField("mood"), "pos");
    session.press(session.getField("mood"), "neg");
    for (const label of ["a", "b", "a"]) session.press(topics, label);
    expect(labels(session, "mood")).toEqual(["neg"]);
    expect(labels(session, "topics")).toEqual(["b"]);
    expect(session.fieldId.value).toBe("topics");
  });

  test("undo goes back through both fields and redo forth again; a new act forgets what was undone", () => {
    const session = new Session(rulebook([field("a", "choice", ["x", "y"]), field("b", "choice", ["z"])]));
    session.open(task(1));
    session.press(session.getField("a"), "x");
    session.press(session.getField("b"), "z");
    session.undo();
    expect(session.answers.value).not.toHaveProperty("b");
    session.undo();
    expect(session.answers.value).toEqual({});
    session.redo();
    expect(labels(session, "a")).toEqual(["x"]);
    session.press(session.getField("a"), "y");
    session.redo();
    expect(session.answers.value).not.toHaveProperty("b");
  });

  test("nudges in quick succession are one change, later ones another", () => {
    let now = 0;
    const session = new Session(DEFECTS, () => now);
    session.open(task(1));
    const boxes = (x: number) => ({
      kind: "box" as const,
      shapes: [{ id: "b1", label: "crack", x, y: 0, w: 9, h: 9 }],
    });
    for (const [at, x] of [
      [0, 1],
      [100, 2],
      [200, 3],
      [5_000, 4],
    ] as const) {
      now = at;
      session.change(session.field.value, boxes(x), { merge: "nudge b1" });
    }
    expect(session.history.done.value).toHaveLength(2);
    session.undo();
    expect(session.answers.value.defects).toEqual(boxes(3));
  });

  test("the next item starts with a clean sheet", () => {
    const session = new Session(MOOD);
    session.open(task(1));
    session.press(session.field.value, "pos");
    session.cite("C1");
    session.open(task(2));
    expect(session.answers.value).toEqual({});
    expect(session.cited.value).toEqual([]);
    session.undo();
    expect(session.answers.value).toEqual({});
  });

  test("a draft is taken up, and what cannot be read of it is left out", () => {
    const session = new Session(rulebook([field("mood", "choice", ["pos"]), field("topic", "choice", ["a"])]));
    session.open(task(1, { answers: { mood: { kind: "choice", labels: ["pos"] }, topic: { kind: "span" }, old: 3 } }));
    expect(session.answers.value).toEqual({ mood: { kind: "choice", labels: ["pos"] } });
  });

  test("an image without a defect says so, an unanswered choice says nothing", () => {
    const session = new Session(rulebook([field("defects", "box", ["a"]), field("mood", "choice", ["b"])]));
    session.open(task(1));
    expect(session.encoded()).toEqual({ defects: { kind: "box", shapes: [] } });
  });

  test("a check that fails names its shape, and is gone when the shape is right", () => {
    const session = new Session(DEFECTS);
    const shape = { id: "b1", label: "crack", x: 0, y: 0, w: 4, h: 20 };
    session.open(task(1, { answers: { defects: { kind: "box", shapes: [shape] } } }));
    expect(session.problems.value.map(({ check, shape: id }) => [check?.id, id])).toEqual([["min-size", "b1"]]);
    session.change(session.field.value, { kind: "box", shapes: [{ ...shape, w: 8 }] } as never);
    expect(session.problems.value).toEqual([]);
  });
});
