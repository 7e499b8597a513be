import { pick } from "../../words";
import { takesSeveral } from "../../workbench/boot";
import type { Kind } from "../kind";
import { type ChoiceAnswer, choose, decodeChoice, NOTHING } from "./model";

export const choice: Kind<ChoiceAnswer> = {
  id: "choice",
  icon: "◉",
  emptyCounts: false,
  empty: () => NOTHING,
  isEmpty: (answer) => answer.labels.length === 0,
  decode: decodeChoice,
  encode: ({ kind, labels }) => ({ kind, labels }),
  summary(answer, labels) {
    return answer.labels.map((id) => pick(labels.get(id)?.name ?? { zh: id, en: id })).join(" · ");
  },
  units: (answer) => [{ shape: null, env: { count: answer.labels.length } }],
  press: (answer, label, field) => ({ answer: choose(answer, label, takesSeveral(field)), selected: null }),
  lit: (answer) => answer.labels,
  actions: [],
};
