import { pick } from "../../words";
import type { Kind } from "../kind";
import { byShare, decodeSoft, encodeSoft, give, NONE, percent, type SoftAnswer, settled, shareOf } from "./model";
import { less, more, Shares } from "./Shares";

const used = (answer: SoftAnswer): string[] => byShare(answer, Object.keys(answer.weights).sort());

export const soft: Kind<SoftAnswer> = {
  id: "soft",
  icon: "◔",
  emptyCounts: false,
  empty: () => NONE,
  isEmpty: (answer) => used(answer).length === 0,
  decode: decodeSoft,
  encode: encodeSoft,
  summary(answer, labels) {
    const named = (id: string) => pick(labels.get(id)?.name ?? { zh: id, en: id });
    return used(answer)
      .map((id) => `${named(id)} ${percent(shareOf(answer, id))}`)
      .join(" · ");
  },
  units(answer) {
    const given = used(answer);
    return given.map((label) => {
      return { shape: null, env: { label, share: shareOf(answer, label), labels_used: given.length } };
    });
  },
  press: (answer, label, field) => ({ answer: give(answer, label, field), selected: null }),
  digit(session, field, n, takes) {
    const label = field.labels[n - 1];
    if (label !== undefined) (takes ? less : more)(session, field, label);
  },
  takesAway: true,
  settle: settled,
  lit(answer, _, inHand) {
    if (inHand === null) return [];
    return shareOf(answer, inHand) > 0 ? [inHand] : used(answer).slice(0, 1);
  },
  actions: [],
  Labels: Shares,
};
