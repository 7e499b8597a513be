import { t } from "../../words";
import type { Action } from "../../workbench/actions";
import type { Bench } from "../../workbench/bench";
import type { Kind } from "../kind";
import { busyWith, giverOf } from "./giver";
import { LazyDesk } from "./LazyDesk";
import { Line } from "./Line";
import {
  type ContributionAnswer,
  decodeContribution,
  encodeContribution,
  faultsOf,
  figures,
  MEASURES,
  NOTHING,
  wantedOf,
} from "./model";

export const contribution: Kind<ContributionAnswer> = {
  id: "contribution",
  icon: "⏺",
  emptyCounts: false,
  empty: () => NOTHING,
  isEmpty: ({ given }) => given.length === 0,
  decode: decodeContribution,
  encode: encodeContribution,
  summary: ({ given }) => given.map(figures).join(" | "),
  units({ given }) {
    return given.map((one) => {
      const measures = Object.fromEntries(MEASURES.map((name) => [name, one.measures[name] ?? 0]));
      return { shape: null, env: { ...measures, size: one.size, language: one.language, count: given.length } };
    });
  },
  press: () => null,
  lit: () => [],
  faults: faultsOf,
  finish: busyWith,
  actions: [],
  Labels: Line,
  Desk: LazyDesk,
};

/** The large key that does not submit begins and ends a recording; none where the item in hand is a sound itself. */
export function givingActions(bench: Bench): Action[] {
  const { session, settings } = bench;
  const field = session.rulebook.fields.find((one) => one.kind === "contribution" && wantedOf(one).mode === "sound");
  if (!field || session.task.value?.item.media === "audio") return [];
  const large = settings.submitKey.value === "Space" ? "Enter" : "Space";
  return [
    {
      id: "give",
      group: "item",
      label: () => t("Record, or stop recording"),
      keys: [large, "H"],
      when: (on) => on.session.task.value !== null && !on.lacks.has("submit"),
      run: (on) => void giverOf(on, field).toggle(),
    },
  ];
}
