/** Spans in several pieces: pointer and keys in, pieces out. */
import { beforeEach, describe, expect, test } from "vitest";
import { span } from "../src/kinds/span";
import { SPAN_ACTIONS } from "../src/kinds/span/acts";
import { overlapping } from "../src/kinds/span/lanes";
import { readMarked } from "../src/kinds/span/marked";
import { joined, type SpanAnswer, type Stretch } from "../src/kinds/span/model";
import { SpanTool } from "../src/kinds/span/tool";
import { wordsOf } from "../src/kinds/span/words";
import type { Bench } from "../src/workbench/bench";
import { Session } from "../src/workbench/session";
import { field, rulebook, task } from "./cast";

const TEXT = "pain in left and right knee 😀 gone";
const at = (start: number, end: number): Stretch => ({ start, end });
const two = { id: "s1", label: "ADR", start: 0, end: 27, pieces: [at(0, 12), at(23, 27)] };

let session: Session;
let tool: SpanTool;
const book = (options = { pieces: true }) => rulebook([{ ...field("adr", "span", ["ADR", "DRUG"]), options }]);
const asked = () => session.field.value;
const answer = () => session.answer(asked()) as SpanAnswer;

function open(options?: { pieces: boolean }): void {
  session = new Session(book(options), () => 0);
  const item = { id: 1, media: "text", name: "1", text: TEXT, url: null, width: null, height: null };
  session.open(task(1, { item }));
  tool = new SpanTool(session, asked());
}

function drag(from: number, to: number, how = {}): void {
  tool.down(from, [], how);
  tool.move(to);
  tool.up();
}

const act = (id: string) => SPAN_ACTIONS.find((each) => each.id === id);
const press = (...ids: string[]) => {
  for (const id of ids) act(id)?.run({ session } as Bench);
};
const may = (id: string) => act(id)?.when({ session } as Bench);

beforeEach(() => open());

/** "pain in left" and "knee". */
function mark(): void {
  drag(0, 12);
  session.press(asked(), "ADR");
  drag(23, 27, { add: true });
}

describe("with the pointer", () => {
  test("a drag with Ctrl adds what it covers to the span that is held", () => {
    mark();
    expect(answer().spans).toEqual([two]);
    expect(session.selected.value).toBe("s1");
    session.undo();
    expect(answer().spans).toEqual([{ id: "s1", label: "ADR", ...at(0, 12) }]);
    session.redo();
    expect(answer().spans).toEqual([two]);
  });

  test("pieces that come to touch are one again, written as spans always were", () => {
    mark();
    drag(12, 23, { add: true });
    expect(answer().spans).toEqual([{ id: "s1", label: "ADR", ...at(0, 27) }]);
  });

  test("a stretch that the span has already changes nothing", () => {
    mark();
    drag(3, 8, { add: true });
    expect(answer().spans).toEqual([two]);
    expect(session.history.done.value).toHaveLength(2);
  });

  test("a click with Ctrl on a piece takes it away, and the last one stays", () => {
    mark();
    drag(24, 24, { add: true });
    expect(answer().spans).toEqual([{ id: "s1", label: "ADR", ...at(0, 12) }]);
    drag(5, 5, { add: true });
    expect(answer().spans).toHaveLength(1);
  });

  test("each piece has its own ends, and one that is drawn over another becomes one with it", () => {
    mark();
    tool.grip("end", 0);
    tool.move(16);
    expect(tool.drag?.pieces).toEqual([at(0, 16), at(23, 27)]);
    tool.up();
    expect(answer().spans[0]?.pieces).toEqual([at(0, 16), at(23, 27)]);
    tool.grip("start", 1);
    tool.move(10);
    tool.up();
    expect(answer().spans[0]).toEqual({ id: "s1", label: "ADR", ...at(0, 27) });
  });

  test("where the field wants each span in one piece, Ctrl adds nothing", () => {
    open({ pieces: false });
    mark();
    expect(answer().spans).toEqual([{ id: "s1", label: "ADR", ...at(0, 12) }]);
    session.selected.value = "s1";
    expect(may("span-piece")).toBe(false);
  });
});

describe("by keyboard", () => {
  beforeEach(() => {
    drag(0, 12);
    session.press(asked(), "ADR");
  });

  test("the key, a stretch selected, and the key again", () => {
    press("span-piece");
    expect(readMarked(answer(), session.selected.value)).toEqual({ anchor: 12, focus: 12, to: "s1" });
    press(...Array.from({ length: 2 }, () => "span-caret-word-ArrowRight"));
    const before = readMarked(answer(), session.selected.value)?.focus ?? 0;
    press("span-extend-ArrowRight", "span-extend-ArrowRight", "span-piece");
    expect(answer().spans[0]?.pieces).toEqual([at(0, 12), at(before, before + 2)]);
    expect(session.selected.value).toBe("s1");
  });

  test("the label's own key adds it too; another label's key begins another span", () => {
    press("span-piece");
    session.selected.value = "@23>27+s1";
    session.press(asked(), "ADR");
    expect(answer().spans).toEqual([two]);
    session.selected.value = "@13>16+s1";
    session.press(asked(), "DRUG");
    expect(answer().spans.map((each) => each.label)).toEqual(["ADR", "DRUG"]);
  });

  test("the key again without a stretch goes back to the span", () => {
    press("span-piece", "span-piece");
    expect(session.selected.value).toBe("s1");
    expect(session.history.done.value).toHaveLength(1);
  });

  test("a piece comes to hand; its ends move, and it is removed alone", () => {
    session.selected.value = "@23>27+s1";
    press("span-piece");
    press("span-extend-ArrowLeft");
    expect(answer().spans[0]?.pieces).toEqual([at(0, 12), at(23, 26)]);
    press("span-next-piece", "span-next-piece", "span-start-ArrowRight");
    expect(answer().spans[0]?.pieces).toEqual([at(1, 12), at(23, 26)]);
    press("span-remove");
    expect(answer().spans).toEqual([{ id: "s1", label: "ADR", ...at(23, 26) }]);
    press("span-remove");
    expect(answer().spans).toEqual([]);
  });

  test("without a piece in hand the first start and the last end move", () => {
    session.selected.value = "@23>27+s1";
    press("span-piece");
    session.outline.corner.value = null;
    press("span-extend-ArrowRight", "span-start-ArrowRight");
    expect(answer().spans[0]).toEqual({ ...two, start: 1, end: 28, pieces: [at(1, 12), at(23, 28)] });
  });
});

test("what lies in a gap does not overlap; what lies on a piece does, once", () => {
  const gap = { id: "g", label: "DRUG", ...at(13, 16) };
  const across = { id: "x", label: "DRUG", ...at(10, 24) };
  expect(overlapping([two, gap])).toEqual([]);
  expect(overlapping([two, across]).map(([a, b]) => a.id + b.id)).toEqual(["s1x"]);
});

test("checks read the characters that are marked, and how many pieces there are", () => {
  const item = { id: 1, media: "text", name: "1", text: TEXT, url: null, width: null, height: null };
  const [unit] = span.units({ kind: "span", spans: [two] } as SpanAnswer, item);
  expect(unit?.env).toEqual({ label: "ADR", start: 0, end: 27, length: 16, text_length: 34, pieces: 2 });
});

test("a span is read piece by piece", () => {
  expect(wordsOf(TEXT, two)).toBe("pain in left … knee");
});

test("joining leaves nothing that touches", () => {
  expect(joined([at(6, 8), at(2, 3), at(0, 2), at(7, 9)])).toEqual([at(0, 3), at(6, 9)]);
});
