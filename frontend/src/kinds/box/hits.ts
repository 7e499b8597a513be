/** What pointing at boxes needs to know of them. */
import type { Form } from "../shapes/hits";
import { contains, onEdge } from "./geometry";
import type { BoxShape } from "./model";
import { boundsOfBox, cornersOf, seenBy } from "./turning";

export const BOX_FORM: Form<BoxShape> = {
  bounds: boundsOfBox,
  area: ({ w, h }) => w * h,
  contains: (box, point) => contains(box, seenBy(box, point)),
  onEdge: (box, point, reach) => onEdge(box, seenBy(box, point), reach),
  corners: cornersOf,
};
