/** What pointing at boxes needs to know of them. */
import type { Form } from "../shapes/hits";
import { contains, onEdge } from "./geometry";
import type { BoxShape } from "./model";

export const BOX_FORM: Form<BoxShape> = {
  bounds: (box) => box,
  area: ({ w, h }) => w * h,
  contains,
  onEdge,
  corners: ({ x, y, w, h }) => [
    { x, y },
    { x: x + w, y },
    { x: x + w, y: y + h },
    { x, y: y + h },
  ],
};
