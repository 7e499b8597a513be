/**
 * Pointer in, operations out, in code points. A drag selects a stretch, which a label's key makes a span; where the
 * field has one label only, the drag marks at once. A click takes the smallest span under it, again the next larger
 * one; a click beside every span sets the caret. The ends of the selected span can be dragged. Where spans may have
 * pieces, a drag with Ctrl adds what it covers to the selected span, and a click with Ctrl on one of its pieces removes it.
 */
import { signal } from "@preact/signals";
import type { Field } from "../../workbench/boot";
import type { Session } from "../../workbench/session";
import { readMarked, stretchOf, writeMarked } from "./marked";
import {
  addSpan,
  findSpan,
  freshId,
  placeOf,
  placeSpan,
  type SpanAnswer,
  type Stretch,
  says,
  type TextSpan,
} from "./model";
import { addPiece, pieceAt, removePiece, takesPieces, withPieceAt } from "./pieces";
import { byCharacter, snapped, wordAt } from "./steps";

export type Side = "start" | "end";
interface Grabbed {
  readonly id: string;
  /** The number of the piece whose end is dragged. */
  readonly at: number;
  readonly fixed: number;
  readonly now: number;
}
interface Selecting {
  readonly anchor: number;
  readonly focus: number;
  readonly over: readonly string[];
  /** The span that the stretch is to be added to. */
  readonly to?: string | undefined;
}
type Doing = ({ readonly act: "select" } & Selecting) | ({ readonly act: "end" } & Grabbed);
interface How {
  /** Goes on from the last caret. */
  readonly extend?: boolean;
  /** Adds to the selected span, or takes a piece of it away. */
  readonly add?: boolean;
}

export class SpanTool {
  readonly doing = signal<Doing | null>(null);

  constructor(
    private readonly session: Session,
    private readonly field: Field,
  ) {}

  /** `over` are the spans under the pointer, the smallest first. */
  down(at: number, over: readonly string[] = [], { extend = false, add = false }: How = {}): void {
    const before = readMarked(this.answer, this.session.selected.value);
    const held = add && takesPieces(this.field) ? findSpan(this.answer, this.session.selected.value) : undefined;
    const to = held?.id ?? before?.to;
    const focus = snapped(this.text, at);
    const anchor = extend ? (before?.anchor ?? focus) : focus;
    this.doing.value = { act: "select", anchor, focus, over, to };
  }

  /** The end of a piece, by the piece's number. */
  grip(side: Side, at = 0): void {
    const held = findSpan(this.answer, this.session.selected.value);
    const piece = held && pieceAt(held, at);
    if (!held || !piece) return;
    const [fixed, now] = side === "start" ? [piece.end, piece.start] : [piece.start, piece.end];
    this.doing.value = { act: "end", id: held.id, at, fixed, now };
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
    if (doing?.act === "end") this.reshape(doing);
    if (doing?.act !== "select") return;
    const to = findSpan(this.answer, doing.to ?? null);
    if (to) this.piece(to, doing);
    else if (doing.anchor === doing.focus) this.click(doing.focus, doing.over);
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
  get drag(): Pick<TextSpan, "id" | "start" | "end" | "pieces"> | null {
    const doing = this.doing.value;
    const held = doing?.act === "end" && findSpan(this.answer, doing.id);
    return held ? { id: held.id, ...placeOf(withPieceAt(held, doing.at, this.outcome(doing))) } : null;
  }

  /** A drag adds to the span what it covered; a click takes away the piece under it, or puts the caret elsewhere. */
  private piece(to: TextSpan, doing: Selecting): void {
    if (doing.anchor !== doing.focus) {
      const after = addPiece(this.answer, to, stretchOf(doing));
      if (after !== this.answer) this.session.change(this.field, after, { selected: to.id });
      else this.session.selected.value = to.id;
    } else if (this.session.selected.value !== to.id) this.click(doing.focus, doing.over);
    else this.session.change(this.field, removePiece(this.answer, to, doing.focus), { selected: to.id });
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

  private reshape(doing: Grabbed): void {
    const held = findSpan(this.answer, doing.id);
    const was = held && pieceAt(held, doing.at);
    const to = this.outcome(doing);
    if (!held || !was || (was.start === to.start && was.end === to.end)) return;
    const after = placeSpan(this.answer, held.id, withPieceAt(held, doing.at, to));
    this.session.change(this.field, after, { selected: held.id });
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
