import { describe, expect, test } from "vitest";
import { allActions } from "../src/workbench/actions";
import { chord, findConflicts, planLabelKeys } from "../src/workbench/keymap";
import { bench, field, label, rulebook } from "./cast";

const press = (key: string, more = {}) =>
  chord({ key, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...more });

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

  test.each(["Enter", "Space"] as const)("no two acts of all kinds want one key when %s submits", (submitKey) => {
    const rules = rulebook([field("a", "box", ["x", "y"]), field("b", "choice", ["z", "w"])]);
    const { bench: on } = bench(rules, () => [200, { tasks: [] }]);
    on.settings.submitKey.value = submitKey;
    expect(findConflicts(allActions(on))).toEqual([]);
  });

  test("a conflict is found and names both acts", () => {
    const act = (id: string) => ({
      id,
      group: "item" as const,
      label: () => id,
      keys: ["X"],
      when: () => true,
      run() {},
    });
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
