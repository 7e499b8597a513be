import { describe, expect, test } from "vitest";
import { allKinds } from "../src/kinds";
import { allActions } from "../src/workbench/actions";
import { chord, findConflicts, planLabelKeys } from "../src/workbench/keymap";
import { bench, field, label, rulebook } from "./cast";

const press = (key: string, more = {}) =>
  chord({ key, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...more });

const ALL = allKinds().map(({ id }) => id);
const COMBINATIONS: [string, readonly string[]][] = [
  ...ALL.flatMap((one, at) => ALL.slice(at).map((other): [string, string[]] => [`${one} and ${other}`, [one, other]])),
  ["all kinds", ALL],
];
const plain = (id: string) => ({ id, group: "item" as const, label: () => id, keys: [], when: () => true, run() {} });

describe("keys", () => {
  test.each([
    ["z", {}, "Z"],
    ["Z", { shiftKey: true }, "Shift+Z"],
    ["z", { metaKey: true }, "Ctrl+Z"],
    [" ", {}, "Space"],
    ["?", { shiftKey: true }, "?"],
    ["+", { shiftKey: true }, "+"],
    ["Tab", { shiftKey: true }, "Shift+Tab"],
    ["ArrowLeft", { altKey: true }, "Alt+ArrowLeft"],
  ])("%s %o is %s", (key, more, name) => {
    expect(press(key, more)).toBe(name);
  });

  test.each(COMBINATIONS)("no two acts that are alive together want one key: %s", (_, kinds) => {
    for (const labels of [2, 14]) {
      const ids = (n: number) => Array.from({ length: labels }, (_, at) => `l${n}-${at}`);
      const { bench: on } = bench(rulebook(kinds.map((kind, n) => field(`f${n}`, kind, ids(n)))), () => [200, {}]);
      for (const submitKey of ["Enter", "Space"] as const) {
        on.settings.submitKey.value = submitKey;
        expect(findConflicts(allActions(on))).toEqual([]);
      }
    }
  });

  test("acts of two kinds may have one key, since they are never alive together", () => {
    const act = (kind?: string) => ({ ...plain("a"), keys: ["X"], ...(kind && { kind }) });
    expect(findConflicts([act("box"), act("polygon")])).toEqual([]);
    expect(findConflicts([act("box"), act("polygon"), act()])).toHaveLength(1);
  });

  test("a conflict is found and names both acts", () => {
    const act = (id: string) => ({ ...plain(id), keys: ["X"] });
    expect(findConflicts([act("a"), act("b")])).toEqual([{ key: "X", actions: ["a", "b"] }]);
  });

  test("a label keeps the rulebook's key unless it is taken; the others get the next digits", () => {
    const labels = [label("a"), label("b", "1"), label("c", "q"), label("d", "s")];
    const planned = planLabelKeys(
      [field("f", "choice", ["a", "b", "c", "d"])],
      new Map(labels.map((each) => [each.id, each])),
      new Set(["Q"]),
    );
    expect(planned.map((each) => each.key)).toEqual(["2", "1", "3", "S"]);
  });

  test("the tenth label has no key rather than somebody else's", () => {
    const ids = Array.from({ length: 10 }, (_, at) => `l${at}`);
    const planned = planLabelKeys([field("f", "choice", ids)], new Map(), new Set());
    expect(planned.at(8)?.key).toBe("9");
    expect(planned.at(9)?.key).toBeNull();
  });
});
