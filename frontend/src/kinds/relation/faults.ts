/** What no link may be, said while it is drawn: labels that may not go where they go, which a changed span can bring. */
import { t } from "../../words";
import type { Field } from "../../workbench/boot";
import type { Fault } from "../kind";
import { mayJoin, type RelationAnswer } from "./model";

export function findFaults(answer: RelationAnswer, field: Field): readonly Fault[] {
  return answer.links.flatMap(({ id, label, from, to, ends }): Fault[] => {
    if (from === to) return [{ id: "link-to-itself", shape: id, text: t("This link joins a span with itself.") }];
    if (!ends || mayJoin(field, label, ends[0], ends[1])) return [];
    return [
      { id: "link-not-allowed", shape: id, text: t("This label may not go between these spans, or not this way.") },
    ];
  });
}
