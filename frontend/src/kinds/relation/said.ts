/** What lists and checks read of links. */
import { pick } from "../../words";
import type { Label } from "../../workbench/boot";
import type { Unit } from "../kind";
import type { TextSpan } from "../span/model";
import type { RelationAnswer } from "./model";

export function summarise(answer: RelationAnswer, labels: ReadonlyMap<string, Label>): string {
  const counts = new Map<string, number>();
  for (const { label } of answer.links) counts.set(label, (counts.get(label) ?? 0) + 1);
  return [...counts].map(([id, n]) => `${pick(labels.get(id)?.name ?? { zh: id, en: id })} ${n}`).join(" · ");
}

/** One unit a link whose ends are known; the server counts in just the same way. */
export function unitsOf({ links }: RelationAnswer): readonly Unit[] {
  const count = (same: (each: RelationAnswer["links"][number]) => boolean) => links.filter(same).length;
  return links.map(({ id, label, from, to, ends }) => {
    const env = {
      label,
      links: links.length,
      same_label: count((each) => each.label === label),
      from_same: count((each) => each.label === label && each.from === from),
      to_same: count((each) => each.label === label && each.to === to),
    };
    if (!ends) return { shape: id, env };
    const [origin, goal] = ends;
    const between = { from_label: origin.label, to_label: goal.label, distance: apart(origin, goal) };
    return { shape: id, env: { ...env, ...between } };
  });
}

function apart(one: TextSpan, other: TextSpan): number {
  return Math.max(0, Math.max(one.start, other.start) - Math.min(one.end, other.end));
}
