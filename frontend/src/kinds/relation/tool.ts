/**
 * Pointer in, operations out: a drag from span to span draws a link with the label in hand; a click takes a link or a
 * span, the smallest under it, again the next larger one; a click on a second span ends the link that was begun.
 */
import { signal } from "@preact/signals";
import type { Point } from "../../plane";
import type { Field } from "../../workbench/boot";
import type { Session } from "../../workbench/session";
import { finish, heldOf, type Saying } from "./hand";
import { writeHeld } from "./held";

export interface Doing {
  readonly from: string;
  readonly to: string | null;
  /** Where the pointer is, on the paper. */
  readonly at: Point;
  readonly over: readonly string[];
}

export class LinkTool {
  readonly doing = signal<Doing | null>(null);

  constructor(
    private readonly session: Session,
    readonly field: Field,
  ) {}

  /** Whether the pointer is over something of this tool's: a link by its id, or spans, the smallest first. */
  down(at: Point, over: readonly string[], link: string | null): boolean {
    const [from] = over;
    if (link !== null) this.session.selected.value = link;
    else if (from !== undefined) this.doing.value = { from, to: null, at, over };
    return link !== null || from !== undefined;
  }

  move(at: Point, over: readonly string[]): void {
    const doing = this.doing.value;
    if (doing) this.doing.value = { ...doing, at, to: over.find((each) => !doing.over.includes(each)) ?? null };
  }

  up(): Saying {
    const doing = this.doing.value;
    this.doing.value = null;
    if (!doing) return null;
    if (doing.to === null) return this.click(doing.over);
    this.session.selected.value = writeHeld(doing.from, doing.to);
    return this.ended(doing.from);
  }

  cancel(): void {
    this.doing.value = null;
  }

  private click(over: readonly string[]): Saying {
    const { from, aims } = heldOf(this.session, this.field);
    const goal = over.find((each) => each !== from?.id);
    if (from && aims && goal !== undefined) {
      this.session.selected.value = writeHeld(from.id, goal);
      return this.ended(from.id);
    }
    const next = over[(over.indexOf(from?.id ?? "") + 1) % over.length];
    if (next !== undefined) this.session.selected.value = writeHeld(next);
    return null;
  }

  /** Where no link could be made the hand is back where it began. */
  private ended(from: string): Saying {
    const said = finish(this.session, this.field);
    if (said !== null) this.session.selected.value = writeHeld(from, null);
    return said;
  }
}
