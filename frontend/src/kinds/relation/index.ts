import type { Kind } from "../kind";
import { Arcs } from "./Arcs";
import { LINK, RELATION_ACTIONS } from "./acts";
import { findFaults } from "./faults";
import { finish, heldOf, pressLabel } from "./hand";
import {
  decodeRelations,
  encodeRelations,
  findLink,
  type Link,
  NO_LINKS,
  type RelationAnswer,
  resolved,
  spansOf,
} from "./model";
import { Parts } from "./Parts";
import { summarise, unitsOf } from "./said";
import { LinkTool } from "./tool";

export const relation: Kind<RelationAnswer> = {
  id: "relation",
  icon: "⤳",
  emptyCounts: true,
  empty: () => NO_LINKS,
  isEmpty: (answer) => answer.links.length === 0,
  decode: decodeRelations,
  encode: encodeRelations,
  summary: summarise,
  units: unitsOf,
  press: () => null,
  pressed: pressLabel,
  lit(answer, selected, inHand) {
    const label = findLink(answer, selected)?.label ?? (selected?.startsWith("@") ? inHand : null);
    return label ? [label] : [];
  },
  finish(session, field) {
    const { aims, to } = heldOf(session, field);
    return aims && to ? (finish(session, field) ?? "") : undefined;
  },
  faults: findFaults,
  actions: RELATION_ACTIONS,
  everywhere: [LINK],
  leans: { on: spansOf, ends: (part) => [(part as Link).from, (part as Link).to], resolved },
  linking: (session, field) => new LinkTool(session, field),
  Layer: Arcs,
  Parts,
};
