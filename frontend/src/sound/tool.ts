/** A kind's hands on a sound: pointer in, operations out, in milliseconds. The stage draws what `drawn` names. */
import type { Stretch } from "./deck";

export interface Drawn extends Stretch {
  readonly id: string;
  readonly name: string;
  readonly color: string;
  readonly held: boolean;
  readonly suggested: boolean;
}

export interface TimeTool {
  /** `reach` is how many milliseconds a hand may miss an edge by. */
  down(at: number, reach: number): void;
  move(at: number, reach: number): void;
  /** True where it was no more than a click. */
  up(at: number): boolean;
  cancel(): void;
  cursor(at: number, reach: number): string;
  /** Reads signals; what is being drawn is among them. */
  drawn(): readonly Drawn[];
  /** What must not stay uncovered, and is. */
  gaps(): readonly Stretch[];
}
