/** What a span says, as people read it. */
import { type Stretch, stretchesOf, type TextSpan } from "./model";
import { pointsOf } from "./points";

/** Its pieces in their order, and of long ones the beginning. */
export function wordsOf(
  text: string,
  span: Stretch & Pick<TextSpan, "pieces">,
  most = Number.POSITIVE_INFINITY,
): string {
  const points = pointsOf(text);
  const pieces = stretchesOf(span);
  const each = Math.max(8, Math.ceil(most / pieces.length));
  return pieces.map(({ start, end }) => points.slice(start, Math.min(end, start + each))).join(" … ");
}
