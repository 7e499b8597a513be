/**
 * Pointer in, operations out, in code points. A drag selects a stretch, which a label's key makes a span; where the
 * field has one label only, the drag marks at once. A click takes the smallest span under it, again the next larger
 * one; a click beside every span sets the caret. The ends of the selected span can be dragged.
 */
import { signal } from "@preact/signals";
import type { Field } from "../../workbench/boot";
import type { Session } from "../../workbench/session";
import { readMarked, stretchOf, writeMarked } from "./marked";
import { addSpan, changeSpan, findSpan, freshId, type SpanAnswer, type Stretch, says } from "./model";
import { byCharacter, snapped, wordAt } from "./steps";

export type Side = "start" | "end";
type Doing =
  | { readonly act: "select"; readonly anchor: number; readonly focus: number; readonly over: readonly string[] }
  | { readonly act: "end"; readonly id: string; readonly fixed: number; readonly now: number };

export class SpanTool {
  readonly doing = signal<Doing | null>(null);

  constructor(
    private readonly session: Session,
    private readonly field: Field,
  ) {}

  /** `over` are the spans under the pointer, the smallest first; `extend` goes on from the last caret. */
  down(at: number, over: readonly string[] = [], extend = false): void {
    const before = extend ? readMarked(this.answer, this.session.selected.value) : null;
    const focus = snapped(this.text, at);
    this.doing.value = { act: "select", anchor: before?.anchor ?? focus, focus, over };
  }

  grip(side: Side): void {
    const held = findSpan(this.answer, this.session.selected.value);
    if (!held) return;
    const [fixed, now] = side === "start" ? [held.end, held.start] : [held.start, held.end];
    this.doing.value = { act: "end", id: held.id, fixed, now };
  }

  move(at: number): void {
    const doing = this.doing.value;
    const to = snapped(this.text, at);
    if (doing?.act === "select" && to !== doing.focus) this.doing.value = { ...doing, focus: to };
    if (doing?.act === "end" && to !== doing.now) this.doing.value = { ...doing, now: to };
  }

  up(): void {
    const doing = this.doing.value;
    this.doing.value = null;
    if (doing?.act === "end") this.reshape(doing.id, doing);
    if (doing?.act !== "select") return;
    if (doing.anchor === doing.focus) this.click(doing.focus, doing.over);
    else this.select(doing);
  }

  /** A double click: the word under it. */
  word(at: number): void {
    const [anchor, focus] = wordAt(this.text, at);
    if (anchor < focus) this.select({ anchor, focus });
  }

  cancel(): void {
    this.doing.value = null;
  }

  /** Where the span whose end is being dragged would lie. */
  get drag(): (Stretch & { readonly id: string }) | null {
    const doing = this.doing.value;
    return doing?.act === "end" ? { id: doing.id, ...this.outcome(doing) } : null;
  }

  private select(marked: { readonly anchor: number; readonly focus: number }): void {
    const [only, ...others] = this.field.labels;
    const stretch = stretchOf(marked);
    if (only !== undefined && others.length === 0 && !says(this.answer, only, stretch)) {
      const span = { id: freshId(this.answer), label: only, ...stretch };
      this.session.change(this.field, addSpan(this.answer, span), { selected: span.id });
      return;
    }
    this.session.activate(this.field.id);
    this.session.selected.value = writeMarked(marked);
  }

  private click(at: number, over: readonly string[]): void {
    this.session.activate(this.field.id);
    const held = over.indexOf(this.session.selected.value ?? "");
    const next = over[(held + 1) % Math.max(1, over.length)];
    this.session.selected.value = next ?? writeMarked({ anchor: at, focus: at });
  }

  private reshape(id: string, doing: { readonly fixed: number; readonly now: number }): void {
    const held = findSpan(this.answer, id);
    const to = this.outcome(doing);
    if (!held || (held.start === to.start && held.end === to.end)) return;
    this.session.change(this.field, changeSpan(this.answer, id, to), { selected: id });
  }

  /** At least one character stays. */
  private outcome({ fixed, now }: { readonly fixed: number; readonly now: number }): Stretch {
    if (now !== fixed) return stretchOf({ anchor: fixed, focus: now });
    const next = byCharacter(this.text, fixed, 1);
    return next > fixed ? { start: fixed, end: next } : { start: byCharacter(this.text, fixed, -1), end: fixed };
  }

  private get answer(): SpanAnswer {
    return this.session.answer(this.field) as SpanAnswer;
  }

  private get text(): string {
    return this.session.task.value?.item.text ?? "";
  }
}
