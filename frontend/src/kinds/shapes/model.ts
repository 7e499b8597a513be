/** What all kinds of drawn shapes share: a list in the order of drawing, each with an id and a label. */
import { pick } from "../../words";
import type { Label } from "../../workbench/boot";
import { type Answer, type Applied, CodecError } from "../kind";

export interface Shaped {
  readonly id: string;
  readonly label: string;
}
export interface Shapes<S extends Shaped> extends Answer {
  readonly shapes: readonly S[];
}

const LONGEST_ID = 64;

export function findShape<S extends Shaped>(answer: Shapes<S>, id: string | null): S | undefined {
  return id === null ? undefined : answer.shapes.find((each) => each.id === id);
}

export function addShape<S extends Shaped, A extends Shapes<S>>(answer: A, shape: S): A {
  return { ...answer, shapes: [...answer.shapes, shape] };
}

export function changeShape<S extends Shaped, A extends Shapes<S>>(answer: A, id: string, change: Partial<S>): A {
  return { ...answer, shapes: answer.shapes.map((each) => (each.id === id ? { ...each, ...change } : each)) };
}

export function removeShape<A extends Shapes<Shaped>>(answer: A, id: string): A {
  return { ...answer, shapes: answer.shapes.filter((each) => each.id !== id) };
}

/** The first of b1, b2 … (for the letter b) that no shape has. */
export function freshName(answer: Shapes<Shaped>, letter: string): string {
  const taken = new Set(answer.shapes.map((each) => each.id));
  let n = answer.shapes.length + 1;
  while (taken.has(`${letter}${n}`)) n += 1;
  return `${letter}${n}`;
}

/** What is here and copies of what was drawn elsewhere, under names that are free here. */
export function joinedShapes<A extends Shapes<Shaped>>(here: A, from: A): A {
  const shapes: Shaped[] = [...here.shapes];
  const taken = new Set(shapes.map((each) => each.id));
  for (const shape of from.shapes) {
    const letter = shape.id.replace(/\d+$/, "") || "s";
    let n = shapes.length + 1;
    while (taken.has(`${letter}${n}`)) n += 1;
    taken.add(`${letter}${n}`);
    shapes.push({ ...shape, id: `${letter}${n}` });
  }
  return { ...here, shapes };
}

export const cents = (value: number): number => Math.round(value * 100) / 100;

/** The id and the label of a shape on the wire; throws CodecError. */
export function named(id: unknown, label: unknown): Shaped {
  if (typeof id !== "string" || typeof label !== "string") throw new CodecError("a shape has an id and a label");
  if (id.length < 1 || id.length > LONGEST_ID) throw new CodecError("a shape's id has 1 to 64 characters");
  return { id, label };
}

export function finite(value: unknown): number {
  if (typeof value === "number" && Number.isFinite(value)) return value;
  throw new CodecError("coordinates are numbers");
}

/** Labels and how often each was drawn. */
export function countedLabels(answer: Shapes<Shaped>, labels: ReadonlyMap<string, Label>): string {
  const counts = new Map<string, number>();
  for (const { label } of answer.shapes) counts.set(label, (counts.get(label) ?? 0) + 1);
  return [...counts].map(([id, n]) => `${pick(labels.get(id)?.name ?? { zh: id, en: id })} ${n}`).join(" · ");
}

/** A label's key: the shape that is held gets it. */
export function relabelled<A extends Shapes<Shaped>>(
  answer: A,
  label: string,
  selected: string | null,
): Applied<A> | null {
  const held = findShape(answer, selected);
  return held && held.label !== label ? { answer: changeShape(answer, held.id, { label }) as A, selected } : null;
}

export function litLabels(answer: Shapes<Shaped>, selected: string | null, inHand: string | null): readonly string[] {
  const label = findShape(answer, selected)?.label ?? inHand;
  return label ? [label] : [];
}
