import type { Kind } from "../kind";
import { pressShown, RANKING_ACTIONS, summaryOf, unfinished } from "./hands";
import { decodeRanking, isComplete, type RankingAnswer, UNRANKED } from "./model";
import { Places } from "./Places";

export const ranking: Kind<RankingAnswer> = {
  id: "ranking",
  icon: "≻",
  emptyCounts: false,
  empty: () => UNRANKED,
  isEmpty: (answer) => answer.order.length === 0,
  decode: decodeRanking,
  encode: ({ kind, order }) => ({ kind, order }),
  summary: (answer) => summaryOf(answer.order),
  units({ order }, item) {
    // What is only begun is not judged yet: the checks look at whole orders, as the server does.
    if (order.length === 0 || !isComplete(order, item.parts ?? 0)) return [];
    const tied = order.filter((group) => group.length > 1).flat().length;
    return [{ shape: null, env: { answers: item.parts ?? 0, places: order.length, tied } }];
  },
  press: () => null,
  digit: (session, field, n) => pressShown(session, field, n),
  lit: () => [],
  finish: unfinished,
  carried: () => null,
  actions: RANKING_ACTIONS,
  Labels: Places,
};
