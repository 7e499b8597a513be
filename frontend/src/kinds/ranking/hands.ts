/** What keys, clicks and drags do to the ranking of the item in hand. */
import { letterOf, partsOf, shownOrder } from "../../comparison/body";
import { t } from "../../words";
import type { Action } from "../../workbench/actions";
import type { Bench } from "../../workbench/bench";
import type { Field, Item } from "../../workbench/boot";
import type { Session } from "../../workbench/session";
import {
  allLevel,
  allowsTies,
  isComplete,
  lastLevel,
  modeOf,
  moved,
  type Order,
  pressed,
  type RankingAnswer,
  ranked,
  type Spot,
} from "./model";

/** What `selected` holds while the next answer is to share the place of the one before. */
export const LEVEL = "level";

export const orderOf = (session: Session, field: Field): Order => (session.answer(field) as RankingAnswer).order;

/** The item's answers as this person is shown them. */
export function shownTo(session: Session, item: Item | undefined = session.task.value?.item): number[] {
  return item ? shownOrder(item.id, session.person, partsOf(item)) : [];
}

export function press(session: Session, field: Field, answer: number): void {
  session.activate(field.id);
  const parts = partsOf(session.task.value?.item);
  const together = session.selected.value === LEVEL && allowsTies(field);
  const order = pressed(orderOf(session, field), answer, parts, modeOf(field), together);
  session.change(field, ranked(order), { selected: null });
}

/** The answer at the n-th place from the left. */
export function pressShown(session: Session, field: Field, n: number): void {
  const answer = shownTo(session)[n - 1];
  if (answer !== undefined) press(session, field, answer);
}

export function put(session: Session, field: Field, answer: number, spot: Spot): void {
  session.change(field, ranked(moved(orderOf(session, field), answer, spot)), { selected: null });
}

/** As good as one another: all of a pair, the last two of an order, or the next with the one before. */
export function level(bench: Bench): void {
  const { session } = bench;
  const field = session.field.value;
  const parts = partsOf(session.task.value?.item);
  const order = orderOf(session, field);
  if (!allowsTies(field)) {
    bench.say("warn", t("This question allows no ties: decide which is better."));
  } else if (parts === 2 || order.length === 0 || modeOf(field) === "best-worst") {
    session.change(field, ranked(allLevel(parts)), { selected: null });
  } else if (modeOf(field) === "rank" && isComplete(order, parts)) {
    session.change(field, ranked(lastLevel(order)), { selected: null });
  } else {
    session.selected.value = session.selected.value === LEVEL ? null : LEVEL;
  }
}

/** What is missing, where a ranking was begun and not finished. */
export function unfinished(session: Session, field: Field): string | undefined {
  const parts = partsOf(session.task.value?.item);
  const order = orderOf(session, field);
  if (order.length === 0 || isComplete(order, parts)) return undefined;
  return modeOf(field) === "best-worst"
    ? t("Now the worst answer, then submit again.")
    : t("Give every answer a place, then submit again.");
}

export const summaryOf = (order: Order): string => order.map((group) => group.map(letterOf).join(" = ")).join(" > ");

const isPair = ({ session }: Bench) => partsOf(session.task.value?.item) === 2;
const side = (n: number) => (bench: Bench) => pressShown(bench.session, bench.session.field.value, n);

export const RANKING_ACTIONS: readonly Action[] = [
  {
    id: "rank-left",
    group: "label",
    label: () => t("The left one, the right one is better"),
    keys: ["ArrowLeft"],
    shown: "← →",
    when: isPair,
    run: side(1),
  },
  {
    id: "rank-right",
    group: "label",
    label: () => t("The right one is better"),
    keys: ["ArrowRight"],
    hidden: true,
    when: isPair,
    run: side(2),
  },
  {
    id: "rank-level",
    group: "label",
    label: () => t("As good as one another"),
    keys: ["E", "ArrowDown"],
    when: () => true,
    run: (bench) => level(bench),
  },
  {
    id: "rank-again",
    group: "label",
    label: () => t("Rank anew"),
    keys: ["Backspace"],
    when: ({ session }) => orderOf(session, session.field.value).length > 0,
    run: ({ session }) => session.change(session.field.value, ranked([]), { selected: null }),
  },
];
