/**
 * Pointer in, operations out. A drag makes a segment with the label in hand; a drag of an edge moves it, and the
 * neighbour's with it where the field allows no gap; a click takes the shortest segment there, again the next longer one.
 */
import { signal } from "@preact/signals";
import type { Drawn, TimeTool } from "../../sound/tool";
import { pick } from "../../words";
import type { Field } from "../../workbench/boot";
import type { Session } from "../../workbench/session";
import { isSuggested } from "../../workbench/suggested";
import { coversAll, movedSide, newStretch, type Side } from "./limits";
import { addSegments, findSegment, freshId, gapsOf, type Segment, type SegmentAnswer, type Stretch } from "./model";

type Doing =
  | { readonly act: "press"; readonly anchor: number }
  | { readonly act: "make"; readonly anchor: number; readonly to: number }
  | { readonly act: "side"; readonly id: string; readonly side: Side; readonly to: number };

/** What is being drawn, as it would be stored. */
export const DRAFT = "";

export class SegmentTool implements TimeTool {
  readonly doing = signal<Doing | null>(null);

  constructor(
    private readonly session: Session,
    private readonly field: Field,
  ) {}

  down(at: number, reach: number): void {
    const grip = this.grip(at, reach);
    if (!grip) this.doing.value = { act: "press", anchor: at };
    else {
      this.take(grip.id);
      this.doing.value = { act: "side", ...grip, to: at };
    }
  }

  move(at: number, reach: number): void {
    const doing = this.doing.value;
    if (doing?.act === "press" && Math.abs(at - doing.anchor) > reach / 2) {
      this.doing.value = { act: "make", anchor: doing.anchor, to: at };
    } else if (doing && doing.act !== "press") this.doing.value = { ...doing, to: at };
  }

  up(at: number): boolean {
    const doing = this.doing.value;
    this.doing.value = null;
    if (doing?.act === "make") this.make(doing);
    if (doing?.act === "side") {
      const after = movedSide(this.room, doing.id, doing.side, doing.to);
      if (after !== this.answer) this.session.change(this.field, after, { selected: doing.id });
    }
    if (doing?.act !== "press") return false;
    this.click(at);
    return true;
  }

  cancel(): void {
    this.doing.value = null;
  }

  cursor(at: number, reach: number): string {
    return this.doing.value?.act === "side" || this.grip(at, reach) ? "ew-resize" : "text";
  }

  drawn(): readonly Drawn[] {
    const doing = this.doing.value;
    const answer = doing?.act === "side" ? movedSide(this.room, doing.id, doing.side, doing.to) : this.answer;
    const made = doing?.act === "make" ? newStretch(this.room, doing.anchor, doing.to) : null;
    const shown = answer.segments.map((each) => this.shown(each));
    return made ? [...shown, this.shown({ id: DRAFT, label: this.inHand, ...made })] : shown;
  }

  gaps(): readonly Stretch[] {
    return coversAll(this.field) ? gapsOf(this.answer, this.duration) : [];
  }

  private shown(segment: Segment): Drawn {
    const label = this.session.labels.get(segment.label);
    const { id, start, end } = segment;
    const active = this.session.field.value.id === this.field.id;
    return {
      id,
      start,
      end,
      name: label ? pick(label.name) : segment.label,
      color: label?.color ?? "#888888",
      held: active && this.session.selected.value === id,
      suggested: isSuggested(segment),
    };
  }

  /** The edge within reach: of the segment in hand first, then the closest. */
  private grip(at: number, reach: number): { readonly id: string; readonly side: Side } | null {
    const held = this.session.selected.value;
    let found: { readonly id: string; readonly side: Side } | null = null;
    let least = reach;
    for (const each of this.answer.segments) {
      for (const side of ["start", "end"] as const) {
        const far = Math.abs(each[side] - at) - (each.id === held ? reach / 2 : 0);
        if (far <= least) [found, least] = [{ id: each.id, side }, far];
      }
    }
    return found;
  }

  private make(doing: { readonly anchor: number; readonly to: number }): void {
    const stretch = newStretch(this.room, doing.anchor, doing.to);
    if (!stretch) return;
    const made = { id: freshId(this.answer), label: this.inHand, ...stretch };
    this.session.change(this.field, addSegments(this.answer, made), { selected: made.id });
  }

  private click(at: number): void {
    const over = this.answer.segments
      .filter((each) => each.start <= at && at < each.end)
      .sort((a, b) => a.end - a.start - (b.end - b.start))
      .map((each) => each.id);
    const next = over[(over.indexOf(this.session.selected.value ?? "") + 1) % Math.max(1, over.length)];
    this.take(next ?? null);
  }

  private take(id: string | null): void {
    this.session.activate(this.field.id);
    this.session.selected.value = id !== null && findSegment(this.answer, id) ? id : null;
  }

  private get answer(): SegmentAnswer {
    return this.session.answer(this.field) as SegmentAnswer;
  }

  private get inHand(): string {
    return this.session.inHand.value[this.field.id] ?? "";
  }

  private get duration(): number {
    return this.session.task.value?.item.duration ?? 0;
  }

  private get room() {
    return { field: this.field, answer: this.answer, duration: this.duration };
  }
}
