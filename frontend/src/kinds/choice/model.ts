/** A choice: the labels that hold for the item, one or (where the field allows it) several. */
import { CodecError, members } from "../kind";

export interface ChoiceAnswer {
  readonly kind: "choice";
  readonly labels: readonly string[];
}

export const NOTHING: ChoiceAnswer = { kind: "choice", labels: [] };

/** Choose `label`: it replaces the other in a single choice, and is switched on and off in a multiple one. */
export function choose(answer: ChoiceAnswer, label: string, multiple: boolean): ChoiceAnswer {
  if (!multiple) return { kind: "choice", labels: [label] };
  const without = answer.labels.filter((each) => each !== label);
  const labels = without.length < answer.labels.length ? without : [...answer.labels, label];
  return { kind: "choice", labels };
}

export function decodeChoice(value: unknown): ChoiceAnswer {
  const { kind, labels } = members(value, ["kind", "labels"]);
  if (kind !== "choice") throw new CodecError("not a choice");
  if (!Array.isArray(labels) || !labels.every((each) => typeof each === "string")) {
    throw new CodecError("labels must be a list of label ids");
  }
  return { kind: "choice", labels };
}
