/** A ranking: the answers of a comparison in groups, the best first; what is tied shares a group. */
import type { Field } from "../../workbench/boot";
import { CodecError, members } from "../kind";

export type Order = readonly (readonly number[])[];
export interface RankingAnswer {
  readonly kind: "ranking";
  readonly order: Order;
}
export type Mode = "rank" | "best" | "best-worst";

export const UNRANKED: RankingAnswer = { kind: "ranking", order: [] };

export const modeOf = (field: Field): Mode => (field.options.mode as Mode | undefined) ?? "rank";
export const allowsTies = (field: Field): boolean => field.options.ties === true;

export function decodeRanking(wire: unknown): RankingAnswer {
  const { kind, order } = members(wire, ["kind", "order"]);
  if (kind !== "ranking") throw new CodecError("not a ranking");
  const groups = Array.isArray(order) ? order : [null];
  if (!groups.every((group) => Array.isArray(group) && group.every(Number.isInteger))) {
    throw new CodecError("an order is a list of lists of whole numbers");
  }
  return { kind, order: groups as Order };
}

export const ranked = (order: Order): RankingAnswer => ({ kind: "ranking", order: tidy(order) });

/** Groups in the order of numbers, none empty: equal meaning, equal bytes. */
export function tidy(order: Order): Order {
  return order.filter((group) => group.length > 0).map((group) => [...group].sort((a, b) => a - b));
}

export const isComplete = (order: Order, parts: number): boolean => order.flat().length === parts;

/** The answers that have no place yet. */
export function unplaced(order: Order, parts: number): number[] {
  const placed = new Set(order.flat());
  return Array.from({ length: parts }, (_, one) => one).filter((one) => !placed.has(one));
}

/** The group that an answer is in, counted from the best; -1 for none. */
export const groupOf = (order: Order, answer: number): number => order.findIndex((group) => group.includes(answer));

/** An answer's place as people count: after two that share the first comes the third. */
export function placeOf(order: Order, answer: number): number | null {
  const group = groupOf(order, answer);
  return group < 0 ? null : order.slice(0, group).flat().length + 1;
}

/**
 * What a press on an answer makes of an order: it is put next, or taken out again; the last one left follows by itself,
 * and on a finished order a press begins a new one. With `level` it shares the place of the one before.
 */
export function pressed(order: Order, answer: number, parts: number, mode: Mode, level = false): Order {
  if (mode === "best") return best(order, answer, parts, level);
  if (mode === "best-worst") return bestAndWorst(order, answer, parts);
  if (isComplete(order, parts)) return followed([[answer]], parts);
  if (groupOf(order, answer) >= 0) return tidy(order.map((group) => group.filter((one) => one !== answer)));
  const joined = level && order.length > 0;
  const next = joined ? [...order.slice(0, -1), [...(order.at(-1) ?? []), answer]] : [...order, [answer]];
  return followed(next, parts);
}

function followed(order: Order, parts: number): Order {
  const left = unplaced(order, parts);
  return tidy(left.length === 1 ? [...order, left] : order);
}

function best(order: Order, answer: number, parts: number, level: boolean): Order {
  const first = order.length > 1 ? (order[0] ?? []) : [];
  const held = first.includes(answer);
  if (held && first.length === 1) return [];
  const chosen = held ? first.filter((one) => one !== answer) : level ? [...first, answer] : [answer];
  return tidy([chosen, unplaced([chosen], parts)]);
}

function bestAndWorst(order: Order, answer: number, parts: number): Order {
  const first = order[0]?.[0];
  if (first === undefined || isComplete(order, parts)) return parts === 2 ? followed([[answer]], parts) : [[answer]];
  if (first === answer) return [];
  return tidy([[first], unplaced([[first], [answer]], parts), [answer]]);
}

/** All as good as one another. */
export const allLevel = (parts: number): Order => [Array.from({ length: parts }, (_, one) => one)];

/** The last two places become one. */
export function lastLevel(order: Order): Order {
  return order.length < 2 ? order : tidy([...order.slice(0, -2), order.slice(-2).flat()]);
}

/** Where a dragged answer is let go: before the group `at` (or behind the last), or onto it. */
export interface Spot {
  readonly at: number;
  readonly onto: boolean;
}

export function moved(order: Order, answer: number, { at, onto }: Spot): Order {
  const without = order.map((group) => group.filter((one) => one !== answer));
  if (onto) return tidy(without.map((group, place) => (place === at ? [...group, answer] : group)));
  return tidy([...without.slice(0, at), [answer], ...without.slice(at)]);
}
