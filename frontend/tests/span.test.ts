import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, test } from "vitest";
import { span } from "../src/kinds/span";
import { SPAN_ACTIONS } from "../src/kinds/span/acts";
import { layLanes, overlapping } from "../src/kinds/span/lanes";
import { readMarked } from "../src/kinds/span/marked";
import { NO_SPANS, type SpanAnswer } from "../src/kinds/span/model";
import { Points } from "../src/kinds/span/points";
import { piecesOf } from "../src/kinds/span/sheet";
import { byCharacter, byWord, snapped, wordAt } from "../src/kinds/span/steps";
import { SpanTool } from "../src/kinds/span/tool";
import { Session } from "../src/workbench/session";
import { bench, field, rulebook, task } from "./cast";

interface Measured {
  readonly text: string;
  readonly length: number;
  readonly pieces: readonly { start: number; end: number; piece: string; utf16: number }[];
}
const measured = JSON.parse(
  readFileSync(join(import.meta.dirname, "../../tests/kinds/code_points.json"), "utf8"),
) as Measured[];

describe("code points, as Python counted them", () => {
  test.each(measured)("$text", ({ text, length, pieces }) => {
    const points = new Points(text);
    expect(points.length).toBe(length);
    for (const { start, end, piece, utf16 } of pieces) {
      expect(points.slice(start, end)).toBe(piece);
      expect(points.toUnit(start)).toBe(utf16);
      expect(points.toPoint(utf16)).toBe(start);
    }
  });

  test("the middle of a pair belongs to its character", () => {
    expect(new Points("a😀b").toPoint(2)).toBe(1);
    expect(new Points("a😀b").toPoint(3)).toBe(2);
  });

  test("half a pair counts one, as in Python", () => {
    expect(new Points("\ud83d x \ude00").length).toBe(5);
  });
});

describe("steps", () => {
  test.each([
    ["👨‍👩‍👧!", 5],
    ["e\u0301x", 2],
    ["\r\nx", 2],
    ["🇨🇳🇯🇵", 2],
    ["好x", 1],
  ])("%j: one character on is as far as people count it", (text, to) => {
    expect(byCharacter(text, 0, 1)).toBe(to);
    expect(byCharacter(text, to, -1)).toBe(0);
  });

  test("nothing lies beyond either end", () => {
    expect(byCharacter("ab", 2, 1)).toBe(2);
    expect(byCharacter("ab", 0, -1)).toBe(0);
    expect(byWord("ab", 2, 1)).toBe(2);
    expect(byWord("ab", 0, -1)).toBe(0);
  });

  test("a word on is to its end, blanks and signs are passed over", () => {
    expect(byWord("We met, in Zürich.", 2, 1)).toBe(6);
    expect(byWord("We met, in Zürich.", 8, -1)).toBe(3);
  });

  test("Chinese has words too", () => {
    const [start, end] = wordAt("我们在北京工作", 3);
    expect("我们在北京工作".slice(start, end)).toBe("北京");
  });

  test("a place within a character is moved to its beginning", () => {
    expect(snapped("a👨‍👩‍👧b", 3)).toBe(1);
    expect(snapped("ab", 99)).toBe(2);
  });
});

const s = (id: string, start: number, end: number, label = "PER") => ({ id, label, start, end });

describe("lanes", () => {
  test("what lies inside is underlined closest to the text", () => {
    const { of, depth } = layLanes([s("out", 0, 9), s("in", 2, 4), s("alone", 20, 22)]);
    expect([of.get("in"), of.get("out"), of.get("alone"), depth]).toEqual([0, 1, 0, 2]);
  });

  test("no two on one lane overlap", () => {
    const spans = Array.from({ length: 60 }, (_, n) => s(`s${n}`, (n * 7) % 40, ((n * 7) % 40) + 1 + (n % 9)));
    spans.sort((a, b) => a.start - b.start || b.end - a.end);
    const { of } = layLanes(spans);
    for (const a of spans)
      for (const b of spans)
        if (a !== b && of.get(a.id) === of.get(b.id)) expect(a.end <= b.start || b.end <= a.start).toBe(true);
  });

  test("spans that lie across one another are found with the one they lie across", () => {
    const found = overlapping([s("a", 0, 9), s("b", 1, 3), s("c", 4, 6), s("d", 9, 12)]);
    expect(found.map(([one, other]) => one.id + other.id)).toEqual(["ab", "ac"]);
  });
});

test("the pieces of a long text are the text, and no character is cut", () => {
  for (const text of ["👨‍👩‍👧".repeat(2000), "word ".repeat(5000), `${"线".repeat(4000)}\n`.repeat(3), ""]) {
    const pieces = piecesOf(text);
    expect(pieces.join("")).toBe(text);
    expect(Math.max(0, ...pieces.map((each) => each.length))).toBeLessThan(3200);
    for (const piece of pieces) expect(snapped(piece, 0)).toBe(0);
  }
});

const NAMES = rulebook([field("names", "span", ["PER", "LOC"])]);
const TEXT = "李雷 met 韩梅梅 in 北京 😀 today";

describe("gestures", () => {
  let session: Session;
  let tool: SpanTool;
  const names = NAMES.fields[0] ?? field("", "span", []);
  const answer = () => session.answer(names) as SpanAnswer;
  const marked = () => readMarked(answer(), session.selected.value);
  const drag = (from: number, to: number) => {
    tool.down(from);
    tool.move(to);
    tool.up();
  };

  beforeEach(() => {
    session = new Session(NAMES, () => 0);
    const item = { id: 1, media: "text", name: "1", text: TEXT, url: null, width: null, height: null };
    session.open(task(1, { item }));
    tool = new SpanTool(session, names);
  });

  test("a drag and a label's key make a span, whichever way it was dragged", () => {
    drag(2, 0);
    expect(answer()).toEqual(NO_SPANS);
    session.press(names, "PER");
    expect(answer().spans).toEqual([s("s1", 0, 2)]);
    expect(session.selected.value).toBe("s1");
  });

  test("undo takes the span back and the selection returns; redo brings it again", () => {
    drag(0, 2);
    session.press(names, "PER");
    session.undo();
    expect(answer()).toEqual(NO_SPANS);
    expect(marked()).toEqual({ anchor: 0, focus: 2 });
    session.redo();
    expect(answer().spans).toEqual([s("s1", 0, 2)]);
  });

  test("a second key on the held span says another label; the same place may have both", () => {
    drag(0, 2);
    session.press(names, "PER");
    session.press(names, "LOC");
    expect(answer().spans).toEqual([s("s1", 0, 2, "LOC")]);
    drag(0, 2);
    session.press(names, "PER");
    expect(answer().spans.map((each) => each.label)).toEqual(["LOC", "PER"]);
  });

  test("the same span is not made twice", () => {
    for (let n = 0; n < 2; n += 1) {
      drag(0, 2);
      session.press(names, "PER");
    }
    expect(answer().spans).toHaveLength(1);
  });

  test("clicks go from the smallest span outwards and round again; beside all of them is a caret", () => {
    tool.down(1, ["small", "big"]);
    tool.up();
    expect(session.selected.value).toBe("small");
    tool.down(1, ["small", "big"]);
    tool.up();
    expect(session.selected.value).toBe("big");
    tool.down(1, ["small", "big"]);
    tool.up();
    expect(session.selected.value).toBe("small");
    tool.down(3);
    tool.up();
    expect(marked()).toEqual({ anchor: 3, focus: 3 });
  });

  test("an end is dragged, across the other one too, and one character always stays", () => {
    drag(7, 10);
    session.press(names, "PER");
    tool.grip("end");
    tool.move(12);
    expect(tool.drag).toEqual({ id: "s1", start: 7, end: 12 });
    tool.up();
    expect(answer().spans).toEqual([s("s1", 7, 12)]);
    tool.grip("end");
    tool.move(3);
    tool.up();
    expect(answer().spans).toEqual([s("s1", 3, 7)]);
    tool.grip("start");
    tool.move(7);
    tool.up();
    expect(answer().spans).toEqual([s("s1", 7, 8)]);
  });

  test("letting go in the middle of a drag changes nothing", () => {
    tool.down(0);
    tool.move(4);
    tool.cancel();
    tool.up();
    expect(session.selected.value).toBe(null);
  });

  test("a double click takes the word, Shift and a click go on from the caret", () => {
    tool.word(4);
    expect(marked()).toEqual({ anchor: 3, focus: 6 });
    tool.down(3);
    tool.up();
    tool.down(10, [], { extend: true });
    tool.up();
    expect(marked()).toEqual({ anchor: 3, focus: 10 });
  });

  test("with one label only, the drag itself marks", () => {
    const one = rulebook([field("names", "span", ["PER"])]);
    const alone = new Session(one, () => 0);
    alone.open(session.task.value);
    const only = one.fields[0] ?? names;
    const hand = new SpanTool(alone, only);
    hand.down(0);
    hand.move(2);
    hand.up();
    expect((alone.answer(only) as SpanAnswer).spans).toEqual([s("s1", 0, 2)]);
  });

  test("by keyboard alone: caret, selection, label, ends, next, removal", () => {
    const { bench: on } = bench(NAMES, () => "no network");
    on.session.open(session.task.value);
    const press = (...keys: string[]) => {
      for (const key of keys) {
        const act = SPAN_ACTIONS.find((each) => each.keys.includes(key) && each.when(on));
        expect(act, key).toBeDefined();
        act?.run(on);
      }
    };
    const now = () => on.session.answer(names) as SpanAnswer;
    press("ArrowRight", "Shift+ArrowRight", "Shift+ArrowRight");
    on.session.press(names, "PER");
    expect(now().spans).toEqual([s("s1", 0, 2)]);
    press("ArrowRight", "Ctrl+ArrowRight", "ArrowRight", "Ctrl+Shift+ArrowRight");
    on.session.press(names, "LOC");
    const [, second] = now().spans;
    expect(second?.start).toBe(7);
    press("Shift+ArrowRight", "Shift+ArrowRight", "Shift+ArrowLeft", "Alt+ArrowRight");
    expect(now().spans[1]).toEqual({ ...second, start: 8, end: (second?.end ?? 0) + 1 });
    press("Shift+Tab");
    expect(on.session.selected.value).toBe("s1");
    press("Tab", "Delete");
    expect(now().spans).toEqual([s("s1", 0, 2)]);
  });

  test("a check may ask for label, place and length in characters", () => {
    const item = { ...task(1).item, media: "text", text: "a😀b" };
    const [unit] = span.units({ kind: "span", spans: [s("s1", 1, 3)] }, item);
    expect(unit).toEqual({
      shape: "s1",
      env: { label: "PER", start: 1, end: 3, length: 2, text_length: 3, pieces: 1 },
    });
  });

  test("a nudge stops before the span has no character, and a run of nudges is one step of undo", () => {
    drag(3, 6);
    session.press(names, "PER");
    const { bench: on } = bench(NAMES, () => "no network");
    on.session.open(session.task.value);
    on.session.change(names, answer(), { selected: "s1" });
    const back = SPAN_ACTIONS.find((each) => each.keys.includes("Shift+ArrowLeft"));
    for (let n = 0; n < 9; n += 1) back?.run(on);
    expect((on.session.answer(names) as SpanAnswer).spans).toEqual([s("s1", 3, 4)]);
    on.session.undo();
    expect((on.session.answer(names) as SpanAnswer).spans).toEqual([s("s1", 3, 6)]);
  });
});
