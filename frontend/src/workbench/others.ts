/**
 * Other answers to the item in hand: what was judged, a correction, another annotator's. They are shown over the item in
 * colours of their own and never changed. Each is a session with labels in its colour, so that a kind paints and reads
 * it with the same hands as the answer in hand.
 */
import { getKind, kindOf } from "../kinds";
import type { Field, Label, Rulebook, Task } from "./boot";
import { readAnswers, Session } from "./session";
import type { ImageTool, View } from "./surface";

export interface OtherParts {
  readonly id: string;
  /** Stands after the name of each of its labels: a letter, or a word. */
  readonly name: string;
  readonly color: string;
  readonly answers: Wire;
  /** Leave out what is marked in these answers just so. */
  readonly apartFrom?: Wire;
  readonly dashed?: boolean;
}
type Wire = NonNullable<Task["answers"]>;

export class Other {
  readonly session: Session;
  private readonly tools = new Map<string, ImageTool | null>();

  constructor(
    readonly parts: OtherParts,
    rulebook: Rulebook,
    task: Task,
  ) {
    this.session = new Session({
      ...rulebook,
      labels: rulebook.labels.map((label) => tinted(label, parts)),
      checks: [],
    });
    const { answers, apartFrom } = parts;
    this.session.open({ ...task, answers: apartFrom ? apart(rulebook, answers, apartFrom) : answers });
  }

  /** Paint its answer to `field`, where that is painted at all. */
  paint(ctx: CanvasRenderingContext2D, view: View, field: Field): void {
    ctx.save();
    if (this.parts.dashed) ctx.setLineDash([7, 5]);
    this.tool(field)?.paintStill(ctx, view);
    ctx.restore();
  }

  private tool(field: Field): ImageTool | null {
    const known = this.tools.get(field.id);
    if (known !== undefined) return known;
    const made = getKind(field.kind).tool?.(this.session, field) ?? null;
    this.tools.set(field.id, made);
    return made;
  }
}

/** The answers without the marks (things with an id of their own) that `from` has just so. */
export function apart(rulebook: Rulebook, answers: Wire, from: Wire): Wire {
  const [here, there] = [tidy(rulebook, answers), tidy(rulebook, from)];
  return Object.fromEntries(Object.entries(here).map(([field, answer]) => [field, without(answer, there[field])]));
}

/** Written as this page writes answers, so that equal ones are equal as they are written. */
function tidy(rulebook: Rulebook, wire: Wire): Wire {
  const answers = readAnswers(rulebook, wire);
  const written = rulebook.fields.flatMap((field) => {
    const answer = answers[field.id];
    return answer ? [[field.id, kindOf(field).encode(answer)] as const] : [];
  });
  return Object.fromEntries(written);
}

function without(answer: unknown, from: unknown): unknown {
  if (!isRecord(answer) || !isRecord(from)) return answer;
  const left = Object.entries(answer).map(([name, value]) => {
    const there = from[name];
    if (!isMarks(value) || !isMarks(there)) return [name, value];
    const same = new Set(there.map((each) => JSON.stringify(each)));
    return [name, value.filter((each) => !same.has(JSON.stringify(each)))];
  });
  return Object.fromEntries(left);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isMarks(value: unknown): value is readonly { readonly id: string }[] {
  return Array.isArray(value) && value.every((each) => isRecord(each) && typeof each.id === "string");
}

/** The label in the other's colour, its own name before theirs. */
function tinted(label: Label, { name, color }: OtherParts): Label {
  const { zh, en } = label.name;
  return { ...label, color, name: { zh: `${zh || en} · ${name}`, en: `${en || zh} · ${name}` } };
}
