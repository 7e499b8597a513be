import { t } from "../../words";
import type { Bench } from "../../workbench/bench";
import type { Kind } from "../kind";
import { beside, decodeRating, encodeRating, pointOf, type RatingAnswer, scaleOf, UNRATED } from "./model";
import { Points, rate } from "./Points";

export const rating: Kind<RatingAnswer> = {
  id: "rating",
  icon: "☆",
  emptyCounts: false,
  empty: () => UNRATED,
  isEmpty: (answer) => answer.value === null,
  decode: decodeRating,
  encode: encodeRating,
  summary: (answer) => (answer.value === null ? "" : String(answer.value)),
  units: (answer) => (answer.value === null ? [] : [{ shape: null, env: { value: answer.value } }]),
  press: () => null,
  digit(session, field, n) {
    const point = pointOf(field, n);
    if (point !== undefined) rate(session, field, point);
  },
  lit: () => [],
  actions: [
    {
      id: "rate-higher",
      group: "label",
      label: () => t("A step higher"),
      keys: ["]"],
      when: () => true,
      run: (bench) => step(bench, 1),
    },
    {
      id: "rate-lower",
      group: "label",
      label: () => t("A step lower"),
      keys: ["["],
      when: () => true,
      run: (bench) => step(bench, -1),
    },
  ],
  Labels: Points,
};

function step({ session }: Bench, by: 1 | -1): void {
  const field = session.active.value;
  if (field.kind !== "rating" || !session.isAsked(field)) return;
  const { value } = session.answer(field) as RatingAnswer;
  rate(session, field, beside(scaleOf(field), value, by));
}
