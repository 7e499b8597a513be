/** What inspectors and adjudicators can do beside what annotators can. */
import { t } from "../words";
import type { Action } from "../workbench/actions";
import type { Bench } from "../workbench/bench";
import type { Adjudication } from "./adjudication";
import type { Inspection } from "./inspection";

const judging = (on: Bench): boolean => on.session.task.value !== null;

function act(id: string, label: () => string, keys: string[], run: () => void, when = judging): Action {
  return { id, group: "item", label, keys, when, run };
}

export function inspectionActs(bench: Inspection): Action[] {
  const corrected = () => bench.differences.value.length > 0;
  return [
    act(
      "pass",
      () => t("Pass, next item"),
      ["P"],
      () => bench.pass(),
    ),
    act(
      "defect",
      () => t("Defect, next item"),
      ["D"],
      () => bench.defect(),
    ),
    act(
      "give",
      () => t("Give the verdict that was said"),
      [bench.settings.submitKey.value],
      () => bench.submit(),
    ),
    act(
      "state",
      () => t("Say what is wrong"),
      ["W"],
      () => bench.stating.value++,
    ),
    act(
      "go-back",
      () => t("Back to the one judged last"),
      ["B"],
      () => bench.goBack(),
      () => bench.canGoBack.value,
    ),
    act(
      "take-back",
      () => t("Back to what was judged"),
      ["R"],
      () => bench.takeBack(),
      corrected,
    ),
    act(
      "show-judged",
      () => t("Show or hide what was judged"),
      ["X"],
      () => {
        bench.showsJudged.value = !bench.showsJudged.value;
      },
      corrected,
    ),
  ];
}

const DIGITS = [1, 2, 3, 4, 5, 6, 7, 8, 9];

export function adjudicationActs(bench: Adjudication): Action[] {
  const there = (n: number) => () => bench.voices.value.length >= n;
  const picks = DIGITS.map((n): Action => {
    const label = () => t("Take this annotator's answer");
    const pick = act(`pick-${n}`, label, [String(n)], () => bench.pick(n - 1), there(n));
    return { ...pick, shown: "1 … 9", hidden: n > 1 };
  });
  return [
    ...picks,
    act(
      "look-next",
      () => t("Look at the next answer alone"),
      ["Tab"],
      () => bench.look(1),
    ),
    act(
      "look-back",
      () => t("Look at the answer before alone"),
      ["Shift+Tab"],
      () => bench.look(-1),
    ),
    act(
      "rule",
      () => t("Rule, next item"),
      [bench.settings.submitKey.value],
      () => bench.submit(),
    ),
    act(
      "reason",
      () => t("Write the reason"),
      ["W"],
      () => bench.reasoning.value++,
    ),
    act(
      "later",
      () => t("Leave it for later"),
      ["L"],
      () => bench.later(),
    ),
  ];
}
