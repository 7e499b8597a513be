/** What an inspector can do beside what an annotator can. */
import { t } from "../words";
import type { Action } from "../workbench/actions";
import type { Bench } from "../workbench/bench";
import type { Inspection } from "./inspection";

export function inspectionActs(bench: Inspection): Action[] {
  const judging = (on: Bench) => on.session.task.value !== null;
  const act = (id: string, label: () => string, keys: string[], run: () => void, when = judging): Action => {
    return { id, group: "item", label, keys, when, run };
  };
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
