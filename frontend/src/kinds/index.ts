/** The registry of kinds: one line a kind. */
import type { Field, Label } from "../workbench/boot";
import { box } from "./box";
import { choice } from "./choice";
import { contribution } from "./contribution";
import { eachOf, isOfParts } from "./each";
import { keypoint } from "./keypoint";
import type { Answer, Kind } from "./kind";
import { mask } from "./mask";
import { polygon } from "./polygon";
import { polyline } from "./polyline";
import { ranking } from "./ranking";
import { rating } from "./rating";
import { relation } from "./relation";
import { segment } from "./segment";
import { soft } from "./soft";
import { span } from "./span";
import { text } from "./text";

// biome-ignore format: one line a kind
const listed = (): readonly Kind<Answer>[] => [
  choice,
  box,
  polygon,
  mask,
  polyline,
  keypoint,
  span,
  relation,
  segment,
  rating,
  ranking,
  text,
  soft,
  contribution,
];
let known: ReadonlyMap<string, Kind<Answer>> | null = null;

/** Made when it is first asked for: kinds read the registry too, and one of them may be read before it. */
function byId(): ReadonlyMap<string, Kind<Answer>> {
  known ??= new Map(listed().map((kind) => [kind.id, kind]));
  return known;
}

export function getKind(id: string): Kind<Answer> {
  const kind = byId().get(id);
  if (!kind) throw new Error(`no such kind: ${id}`);
  return kind;
}

/** The kind of a field's whole answer, which a field that is asked of parts puts together from its own. */
export function kindOf(field: Field): Kind<Answer> {
  const inner = getKind(field.kind);
  return isOfParts(field) ? eachOf(field, inner) : inner;
}

/** An answer for people who compare answers: nothing of it is left out. */
export function inFull(field: Field, answer: Answer, labels: ReadonlyMap<string, Label>): string {
  const kind = kindOf(field);
  return kind.whole?.(answer) ?? kind.summary(answer, labels);
}

export function allKinds(): readonly Kind<Answer>[] {
  return [...byId().values()];
}
