/** Keys of one's own: they are taken, refused in words, kept, and give way where they would meet another act's. */
import { describe, expect, test } from "vitest";
import { allActions } from "../src/workbench/actions";
import type { Bench } from "../src/workbench/bench";
import { findConflicts } from "../src/workbench/keymap";
import { isKey, whyNot } from "../src/workbench/remap";
import { Settings } from "../src/workbench/settings";
import { bench, DEFECTS, MOOD } from "./cast";

const made = (rules = MOOD) => bench(rules, () => [200, { tasks: [] }]).bench;
const act = (on: Bench, id: string) => {
  const found = allActions(on).find((each) => each.id === id);
  if (!found) throw new Error(`no act ${id}`);
  return found;
};
const keys = (on: Bench, id: string) => act(on, id).keys;

describe("keys of one's own", () => {
  test("an act has the key that was chosen, and its own again after a reset", () => {
    const on = made();
    on.settings.choose("undo", ["U"]);
    expect(keys(on, "undo")).toEqual(["U"]);
    on.settings.choose("undo", undefined);
    expect(keys(on, "undo")).toEqual(["Z", "Ctrl+Z"]);
  });

  test("a label has the key that was chosen, and the other labels keep theirs", () => {
    const on = made();
    on.settings.choose("label-mood-neg", ["J"]);
    expect(keys(on, "label-mood-neg")).toEqual(["J"]);
    expect(keys(on, "label-mood-pos")).toEqual(["1"]);
  });

  test("a label whose key was taken away has none", () => {
    const on = made();
    on.settings.choose("label-mood-pos", []);
    expect(keys(on, "label-mood-pos")).toEqual([]);
    expect(keys(on, "label-mood-neg")).toEqual(["1"]);
  });

  test("another act's key is refused, with the act's name", () => {
    const on = made();
    expect(whyNot(allActions(on), act(on, "undo"), "Q")).toContain("Ask the trainer");
    expect(whyNot(allActions(on), act(on, "undo"), "1")).toContain("pos");
    expect(whyNot(allActions(on), act(on, "undo"), "U")).toBeNull();
    expect(whyNot(allActions(on), act(on, "undo"), "Z")).toBeNull();
  });

  test("what the browser keeps for itself is refused", () => {
    const on = made();
    expect(whyNot(allActions(on), act(on, "undo"), "Ctrl+W")).toContain("browser");
  });

  test("a choice that meets another act's key in this workbench rests here, and nothing conflicts", () => {
    const elsewhere = made(MOOD);
    elsewhere.settings.choose("undo", ["Tab"]);
    expect(keys(elsewhere, "undo")).toEqual(["Tab"]);
    const here = made(DEFECTS);
    here.settings.choose("undo", ["Tab"]);
    expect(keys(here, "undo")).toEqual(["Z", "Ctrl+Z"]);
    expect(findConflicts(allActions(here))).toEqual([]);
  });

  test("two acts can change places", () => {
    const on = made();
    on.settings.keys.value = { undo: ["Q"], question: ["Z"] };
    expect([keys(on, "undo"), keys(on, "question")]).toEqual([["Q"], ["Z"]]);
  });

  test("whatever is stored, no two acts want one key", () => {
    const on = made(DEFECTS);
    const ids = allActions(on).map(({ id }) => id);
    on.settings.keys.value = Object.fromEntries(ids.map((id) => [id, ["X"]]));
    expect(findConflicts(allActions(on))).toEqual([]);
  });

  test("arrows that one line spoke for speak for themselves once one is changed", () => {
    const on = made(DEFECTS);
    expect(act(on, "nudge-ArrowUp").hidden).toBe(true);
    on.settings.choose("nudge-ArrowUp", ["W"]);
    expect(act(on, "nudge-ArrowUp").hidden).toBeUndefined();
    expect(act(on, "nudge-ArrowLeft").shown).toBeUndefined();
  });

  test.each(["Shift+Shift", "Ctrl+Control", "Alt+Alt"])("%s is no key yet", (name) => {
    expect(isKey(name)).toBe(false);
  });

  test.each(["A", "+", "Ctrl++", "F2", "Shift+Tab"])("%s is a key", (name) => {
    expect(isKey(name)).toBe(true);
  });
});

describe("what is kept", () => {
  const shelf = () => {
    const kept = new Map<string, string>();
    const getItem = (name: string) => kept.get(name) ?? null;
    return { kept, getItem, setItem: (name: string, value: string) => void kept.set(name, value) };
  };

  test("is there again after a reload, for that person alone", () => {
    const store = shelf();
    const mine = new Settings(store, 7);
    mine.choose("undo", ["U"]);
    mine.submitKey.value = "Space";
    mine.leftHanded.value = true;
    const again = new Settings(store, 7);
    expect([again.keys.value, again.submitKey.value, again.leftHanded.value]).toEqual([{ undo: ["U"] }, "Space", true]);
    expect(new Settings(store, 8).keys.value).toEqual({});
  });

  test.each(["{", "[]", '{"undo":"Z"}', '{"undo":[1]}', '{"undo":[""]}'])("%s in the store is nothing", (text) => {
    const store = shelf();
    store.kept.set("guiju.keys.7", text);
    expect(new Settings(store, 7).keys.value).toEqual({});
  });
});
