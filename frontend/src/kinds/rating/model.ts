/** A rating: a point of the field's scale, or none yet. */

import type { Two } from "../../words";
import type { Field } from "../../workbench/boot";
import { CodecError, members } from "../kind";

export interface RatingAnswer {
  readonly kind: "rating";
  readonly value: number | null;
}

export interface Scale {
  readonly low: number;
  readonly high: number;
  readonly step: number;
  readonly anchors: readonly ({ readonly at: number } & Two)[];
}

/** The scale that the field's value is a point of. */
export const scaleOf = (field: Field): Scale => field.options as unknown as Scale;

export const UNRATED: RatingAnswer = { kind: "rating", value: null };

export function decodeRating(wire: unknown): RatingAnswer {
  const { kind, value } = members(wire, ["kind", "value"]);
  if (kind !== "rating") throw new CodecError("not a rating");
  if (value !== null && typeof value !== "number") throw new CodecError("a rating is a number, or null");
  return { kind: "rating", value };
}

export const encodeRating = ({ kind, value }: RatingAnswer) => {
  return { kind, value: value === null ? null : twoDecimals(value) };
};

const twoDecimals = (value: number) => Math.round(value * 100) / 100;

/** Every point of the scale, from low to high. */
export function pointsOf({ low, high, step }: Scale): number[] {
  const steps = Math.round((high - low) / step);
  return Array.from({ length: steps + 1 }, (_, at) => twoDecimals(low + at * step));
}

/** The point that a digit means: the one it names where the scale has it, else the one at its place. */
export function pointOf(field: Field, digit: number): number | undefined {
  const points = pointsOf(scaleOf(field));
  if (points.includes(digit)) return digit;
  return named(points) ? undefined : points[digit - 1];
}

/** Whether the digits name the points rather than count them. */
const named = (points: readonly number[]) => points.some((point) => Number.isInteger(point) && point > 0 && point < 10);

/** The point a step beside the one held; from nowhere the end that the step comes from. */
export function beside(scale: Scale, value: number | null, by: 1 | -1): number {
  const points = pointsOf(scale);
  const at = value === null ? (by > 0 ? -1 : points.length) : points.indexOf(value);
  return points[Math.min(points.length - 1, Math.max(0, at + by))] ?? scale.low;
}
