// @vitest-environment happy-dom
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { render } from "preact";
import { afterEach, describe, expect, test } from "vitest";
import { inFull } from "../src/kinds";
import type { Answer } from "../src/kinds/kind";
import { text as kind } from "../src/kinds/text";
import { splitChange } from "../src/kinds/text/change";
import { countOf, encodeText, hasForm, type TextAnswer, tidied } from "../src/kinds/text/model";
import type { Field } from "../src/workbench/boot";
import { type Channel, TabGuard } from "../src/workbench/tabs";
import { App } from "../src/workbench/views/App";
import { bench, field, rulebook, task, until } from "./cast";

interface Shared {
  readonly tidied: readonly { name: string; written: string; stored: string; characters: number }[];
  readonly forms: readonly { form: string; text: string; fits: boolean }[];
}
const file = join(import.meta.dirname, "../../tests/kinds/written.json");
const shared = JSON.parse(readFileSync(file, "utf8")) as Shared;

describe("the form in which a text is stored", () => {
  test.each(shared.tidied)("$name", ({ written, stored, characters }) => {
    expect(tidied(written)).toBe(stored);
    expect(countOf(stored)).toBe(characters);
    expect(encodeText({ kind: "text", text: written })).toEqual({ kind: "text", text: stored });
  });

  test.each(shared.forms)("$form: $text", ({ form, text, fits }) => {
    expect(hasForm(text, form)).toBe(fits);
  });

  test("half a character, which the server could not read, is replaced", () => {
    expect(tidied("a\ud83d")).toBe("a\ufffd");
    expect(tidied("😀")).toBe("😀");
  });

  test("checks see what is stored", () => {
    const item = task(1).item;
    const [unit] = kind.units({ kind: "text", text: " a\r\n😀 " }, item);
    expect(unit?.env).toEqual({ text: "a\n😀", length: 3, lines: 2 });
    expect(kind.units({ kind: "text", text: " \n" }, item)).toEqual([]);
  });
});

describe("a text beside another", () => {
  const long = `${"a".repeat(80)} one`;

  test("is there in full, however long, and for each part that it is asked of", () => {
    const asked = field("t", "text", []);
    const answer = (said: string) => ({ kind: "text", text: said }) as TextAnswer;
    expect(inFull(asked, answer(long), new Map())).toBe(long);
    expect(kind.summary(answer(long), new Map())).toHaveLength(60);
    const turns = { kind: "each", of: "turn", answers: { 1: answer(long), 2: answer("two") } } as Answer;
    expect(inFull({ ...asked, target: "turn" }, turns, new Map())).toBe(`1: ${long}\n2: two`);
  });

  test.each([
    [long, `${"a".repeat(80)} two`, { head: `${"a".repeat(80)} `, was: "one", is: "two", tail: "" }],
    ["on way", "on its way", { head: "on ", was: "", is: "its ", tail: "way" }],
    ["aa", "a", { head: "a", was: "a", is: "", tail: "" }],
    ["好😀", "好😁", { head: "好", was: "😀", is: "😁", tail: "" }],
    ["same", "same", { head: "same", was: "", is: "", tail: "" }],
    ["", "new", { head: "", was: "", is: "new", tail: "" }],
  ])("%s → %s is told by what was rewritten", (before, after, change) => {
    expect(splitChange(before, after)).toEqual(change);
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
  await until(() => root.querySelector(".writing") !== null);
  const box = () => root.querySelector<HTMLTextAreaElement>(".writing :is(textarea, input)") as HTMLTextAreaElement;
  const written = () => (on.session.answers.value.t as TextAnswer | undefined)?.text;
  return { on, sent, box, written };
}

const written = (more: Partial<Field> = {}) => field("t", "text", [], more);
const mood = field("mood", "choice", ["pos", "neg"]);

function press(on: Element, key: string, more: KeyboardEventInit = {}) {
  on.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, ...more }));
}

function type(box: HTMLTextAreaElement, value: string, more: InputEventInit = {}) {
  box.value = value;
  box.dispatchEvent(new InputEvent("input", { bubbles: true, ...more }));
}

describe("writing", () => {
  test("the first question of an item is written at once, and Ctrl+Enter submits it as it is stored", async () => {
    const { sent, box } = await open([written()]);
    expect(document.activeElement).toBe(box());
    type(box(), " On its way. \n");
    press(box(), "Enter");
    expect(sent).toEqual([]);
    press(box(), "Enter", { ctrlKey: true });
    await until(() => sent.length === 1);
    expect(sent[0]?.answers).toEqual({ t: { kind: "text", text: "On its way." } });
    await until(() => box().value === "" && document.activeElement === box());
  });

  test("no key of the workbench is heard while a text is written; after Escape they are", async () => {
    const { on, box, written: text } = await open([mood, written()]);
    press(document.body, "f");
    await until(() => document.activeElement === box());
    press(box(), "1");
    press(box(), "q");
    expect(on.session.answers.value.mood).toBeUndefined();
    expect(on.sheet.value).toBeNull();
    type(box(), "no");
    press(box(), "Escape");
    expect(document.activeElement).not.toBe(box());
    press(document.body, "1");
    expect(on.session.answers.value.mood).toEqual({ kind: "choice", labels: ["pos"] });
    expect(text()).toBe("no");
  });

  test("undo outside of the field takes a text back and does not move into it", async () => {
    const { box, written: text } = await open([mood, written()]);
    press(document.body, "f");
    await until(() => document.activeElement === box());
    type(box(), "yes");
    press(box(), "Escape");
    press(document.body, "z");
    expect(text()).toBeUndefined();
    await until(() => box().value === "");
    expect(document.activeElement).not.toBe(box());
    press(document.body, "Z", { shiftKey: true });
    await until(() => box().value === "yes");
  });

  test("what an input method composes counts once it is chosen, and is never written over", async () => {
    const { on, box, sent, written: text } = await open([written()]);
    box().dispatchEvent(new CompositionEvent("compositionstart", { bubbles: true }));
    type(box(), "ni'hao", { isComposing: true });
    on.say("warn", "something else is drawn meanwhile");
    on.session.pointed.value = "x";
    await new Promise((resolve) => setTimeout(resolve, 10));
    expect(box().value).toBe("ni'hao");
    expect(text()).toBeUndefined();
    press(box(), "Enter", { isComposing: true, ctrlKey: true });
    box().value = "你好";
    box().dispatchEvent(new CompositionEvent("compositionend", { bubbles: true }));
    expect(text()).toBe("你好");
    expect(sent).toEqual([]);
  });

  test("a single line is submitted by Enter, and what is too long stays and says so", async () => {
    const { on, sent, box } = await open([written({ options: { max: 3, multiline: false } })]);
    type(box(), "four");
    press(box(), "Enter");
    expect(on.notice.value?.tone).toBe("bad");
    expect(sent).toEqual([]);
    await until(() => root.querySelector(".writing p")?.textContent?.includes("at most 3") === true);
    type(box(), "😀😀😀");
    press(box(), "Enter");
    await until(() => sent.length === 1);
  });

  test("an empty text is asked for where it is required, and the field is gone to", async () => {
    const { on, sent, box } = await open([mood, written()]);
    press(document.body, "1");
    press(document.body, "Enter");
    expect(on.notice.value?.tone).toBe("bad");
    await until(() => document.activeElement === box());
    expect(sent).toEqual([]);
  });

  test("a text that may be left out is left out", async () => {
    const { sent, box } = await open([mood, written({ required: false })]);
    type(box(), " \n");
    press(box(), "Escape");
    press(document.body, "1");
    press(document.body, "Enter");
    await until(() => sent.length === 1);
    expect(sent[0]?.answers).toEqual({ mood: { kind: "choice", labels: ["pos"] } });
  });
});
