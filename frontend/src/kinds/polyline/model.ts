/** Polylines: open lines of two points or more. */
import { t } from "../../words";
import type { Fault } from "../kind";
import { decodePaths, type PathKind, type PathShape } from "../path/model";
import type { Shapes } from "../shapes/model";
import { lengthOf } from "../shapes/rings";

export interface PolylineAnswer extends Shapes<PathShape> {
  readonly kind: "polyline";
}

export const LINE: PathKind = {
  id: "polyline",
  letter: "l",
  open: true,
  fewest: 2,
  tooFew: () => t("A line needs two points; Esc drops it."),
};
export const NO_LINES: PolylineAnswer = { kind: "polyline", shapes: [] };

export const decodePolylines = (value: unknown): PolylineAnswer => decodePaths(value, "polyline");

/** What the server would refuse. */
export function findFaults({ shapes }: PolylineAnswer): readonly Fault[] {
  return shapes
    .filter(({ points }) => lengthOf(points) === 0)
    .map(({ id }) => ({
      id: "no-length",
      shape: id,
      text: t("The line has no length. Pull its ends apart, or delete it."),
    }));
}
