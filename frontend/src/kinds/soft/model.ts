/** Soft labels: shares of one, given out in points of which the field says how many there are. */
import type { Field } from "../../workbench/boot";
import { CodecError, members } from "../kind";

export interface SoftAnswer {
  readonly kind: "soft";
  readonly weights: Readonly<Record<string, number>>;
}

export const NONE: SoftAnswer = { kind: "soft", weights: {} };
const NEAR = 1e-6;

export const pointsOf = (field: Field): number => Number(field.options.points ?? 10);
const stepOf = (field: Field): number => Number(field.options.step ?? 1) / pointsOf(field);

export function decodeSoft(wire: unknown): SoftAnswer {
  const { kind, weights } = members(wire, ["kind", "weights"]);
  if (kind !== "soft") throw new CodecError("not soft labels");
  if (typeof weights !== "object" || weights === null || Array.isArray(weights)) {
    throw new CodecError("weights must be an object");
  }
  if (Object.values(weights).some((share) => typeof share !== "number")) throw new CodecError("a share is a number");
  return { kind: "soft", weights: weights as SoftAnswer["weights"] };
}

export const encodeSoft = ({ kind, weights }: SoftAnswer) => ({ kind, weights: tidied(weights) });

/** Six decimals and no noughts, by the labels' ids, as the server stores them. */
function tidied(weights: SoftAnswer["weights"]): Record<string, number> {
  const kept = Object.entries(weights).map(([label, share]) => [label, rounded(share)] as const);
  return Object.fromEntries(kept.filter(([, share]) => share !== 0).sort(([a], [b]) => (a < b ? -1 : 1)));
}

const rounded = (share: number): number => Math.round(share * 1e6) / 1e6;

export const shareOf = ({ weights }: SoftAnswer, label: string): number => weights[label] ?? 0;

/** What is not given out yet. */
export function restOf({ weights }: SoftAnswer): number {
  const rest = rounded(1 - Object.values(weights).reduce((sum, share) => sum + share, 0));
  return Math.abs(rest) <= NEAR ? 0 : rest;
}

/** The labels that have a share, the largest first; of equal ones in the rulebook's order. */
export function byShare(answer: SoftAnswer, order: readonly string[]): string[] {
  const given = order.filter((label) => shareOf(answer, label) > 0);
  return given.sort((a, b) => shareOf(answer, b) - shareOf(answer, a));
}

/** A step more for `label`: of what is left, and where nothing is left from the label that has the most beside it. */
export function give(answer: SoftAnswer, label: string, field: Field): SoftAnswer {
  const step = stepOf(field);
  const rest = restOf(answer);
  if (rest > 0) return changed(answer, { [label]: shareOf(answer, label) + Math.min(step, rest) });
  const giver = byShare(answer, field.labels).find((each) => each !== label);
  if (giver === undefined) return answer;
  const taken = Math.min(step, shareOf(answer, giver));
  return changed(answer, { [giver]: shareOf(answer, giver) - taken, [label]: shareOf(answer, label) + taken });
}

/** A step less for `label`, which is left to give again. */
export function take(answer: SoftAnswer, label: string, field: Field): SoftAnswer {
  const share = shareOf(answer, label);
  return share === 0 ? answer : changed(answer, { [label]: Math.max(0, share - stepOf(field)) });
}

function changed(answer: SoftAnswer, shares: Record<string, number>): SoftAnswer {
  return { kind: "soft", weights: tidied({ ...answer.weights, ...shares }) };
}

/**
 * What is left, given out: to each label in proportion to what it has, in whole points. The points that this leaves over
 * go to those whose share was cut most, of equal ones to the first in the rulebook's order.
 */
export function settled(answer: SoftAnswer, field: Field): SoftAnswer {
  const rest = restOf(answer);
  const labels = byShare(answer, field.labels);
  if (rest <= 0 || labels.length === 0) return answer;
  const points = pointsOf(field);
  const whole = 1 - rest;
  const due = new Map(labels.map((label) => [label, (shareOf(answer, label) / whole) * points]));
  const given = new Map([...due].map(([label, wish]) => [label, Math.floor(wish + NEAR)]));
  const cut = (label: string) => (due.get(label) ?? 0) - (given.get(label) ?? 0);
  const order = field.labels.filter((label) => due.has(label)).sort((a, b) => rounded(cut(b)) - rounded(cut(a)));
  const over = points - [...given.values()].reduce((sum, each) => sum + each, 0);
  for (const label of order.slice(0, over)) given.set(label, (given.get(label) ?? 0) + 1);
  return changed(NONE, Object.fromEntries([...given].map(([label, count]) => [label, count / points])));
}

/** "60%" */
export const percent = (share: number): string => `${Math.round(share * 1000) / 10}%`;
