/**
 * Other answers to the item in hand: what was judged, a correction, another annotator's. They are shown over the item in
 * colours of their own and never changed. Each is a session with labels in its colour, so that a kind paints and reads
 * it with the same hands as the answer in hand.
 */
import { getKind } from "../kinds";
import type { Field, Label, Rulebook, Task } from "./boot";
import { Session } from "./session";
import type { ImageTool, View } from "./surface";

export interface OtherParts {
  readonly id: string;
  /** Stands before the name of each of its labels: a letter, or a word. */
  readonly name: string;
  readonly color: string;
  readonly answers: Task["answers"];
  readonly dashed?: boolean;
}

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
    this.session.open({ ...task, answers: parts.answers });
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

/** The label in the other's colour, its name after theirs. */
function tinted(label: Label, { name, color }: OtherParts): Label {
  const { zh, en } = label.name;
  return { ...label, color, name: { zh: `${name} · ${zh || en}`, en: `${name} · ${en || zh}` } };
}
