/** Which way an arrow key goes in lines from the left, from the right, and in columns. */
import { beforeEach, describe, expect, test } from "vitest";
import { SPAN_ACTIONS } from "../src/kinds/span/acts";
import { directionAt, headingOf, settingOf } from "../src/kinds/span/direction";
import { laidOut } from "../src/kinds/span/lines";
import { readMarked } from "../src/kinds/span/marked";
import type { SpanAnswer } from "../src/kinds/span/model";
import type { Sheet } from "../src/kinds/span/sheet";
import type { Bench } from "../src/workbench/bench";
import { Session } from "../src/workbench/session";
import { field, rulebook, task } from "./cast";

const MIXED = "English 😀 line\n«שלום» and more\n123 مرحبا\n42";

describe("a paragraph is set by its first letter", () => {
  test.each([
    [3, "ltr"],
    [17, "rtl"],
    [34, "rtl"],
    [44, "ltr"],
  ] as const)("at %i: %s", (point, direction) => {
    expect(directionAt(MIXED, point, "auto")).toBe(direction);
  });

  test("what the field says goes before that", () => {
    expect(directionAt(MIXED, 17, "ltr")).toBe("ltr");
    expect(directionAt(MIXED, 3, "vertical")).toBe("vertical");
    expect(settingOf({ ...field("a", "span", []), options: { direction: "vertical" } })).toBe("vertical");
    expect(settingOf({ ...field("a", "span", []), options: { direction: "sideways" } })).toBe("auto");
  });
});

test.each([
  ["ArrowRight", "ltr", { across: false, by: 1 }],
  ["ArrowRight", "rtl", { across: false, by: -1 }],
  ["ArrowLeft", "rtl", { across: false, by: 1 }],
  ["ArrowDown", "rtl", { across: true, by: 1 }],
  ["ArrowDown", "vertical", { across: false, by: 1 }],
  ["ArrowUp", "vertical", { across: false, by: -1 }],
  ["ArrowLeft", "vertical", { across: true, by: 1 }],
  ["ArrowRight", "vertical", { across: true, by: -1 }],
] as const)("%s in a text set %s", (key, direction, heading) => {
  expect(headingOf(key, direction)).toEqual(heading);
});

describe("the caret", () => {
  let session: Session;
  const open = (text: string, direction = "auto") => {
    session = new Session(rulebook([{ ...field("names", "span", ["PER"]), options: { direction } }]), () => 0);
    const item = { id: 1, media: "text", name: "1", text, url: null, width: null, height: null };
    session.open(task(1, { item }));
  };
  const press = (...keys: string[]) => {
    for (const key of keys) SPAN_ACTIONS.find(({ id }) => id === `span-${key}`)?.run({ session } as Bench);
  };
  const marked = () => readMarked(session.answer(session.field.value) as SpanAnswer, session.selected.value);

  beforeEach(() => open("שלום 👨‍👩‍👧"));

  test("goes on to the left in Hebrew, a character as people count it, and selects that way", () => {
    press("caret-ArrowLeft", "caret-ArrowLeft");
    expect(marked()).toEqual({ anchor: 1, focus: 1 });
    press("extend-word-ArrowLeft", "extend-ArrowLeft", "extend-ArrowLeft", "extend-ArrowRight");
    expect(marked()).toEqual({ anchor: 1, focus: 5 });
  });

  test("goes down in a column, and to the left into the next one", () => {
    open("甲乙丙丁戊", "vertical");
    laidOut(session, { acrossFrom: (unit: number, by: number) => unit + 2 * by } as unknown as Sheet);
    press("caret-ArrowDown", "caret-ArrowDown", "extend-ArrowLeft");
    expect(marked()).toEqual({ anchor: 1, focus: 3 });
    press("extend-ArrowRight", "extend-ArrowUp");
    expect(marked()).toEqual({ anchor: 1, focus: 0 });
  });
});
