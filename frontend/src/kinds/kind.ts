/**
 * What a kind of answer must bring to the workbench. A kind is a folder beside this file and one line in `index.ts`;
 * the frame (session, keys, checks, submit) knows kinds only through this interface.
 */
import type { ReadonlySignal } from "@preact/signals";
import type { ComponentChildren, ComponentType } from "preact";
import type { Env } from "../expr/evaluate";
import type { Point, Rect } from "../plane";
import type { TimeTool } from "../sound/tool";
import type { Action } from "../workbench/actions";
import type { Bench } from "../workbench/bench";
import type { Field, Item, Label, Task } from "../workbench/boot";
import type { Rough, TakesOutline } from "../workbench/outlining";
import type { Session } from "../workbench/session";
import type { ImageTool } from "../workbench/surface";
import type { TextSpan } from "./span/model";

/** One field's answer; each kind narrows it. */
export interface Answer {
  readonly kind: string;
}
/** Answers of an item by the id of the field. */
export type Answers = Readonly<Record<string, Answer>>;

/** One thing a check looks at: a shape by its id, or the whole answer (`shape` null). */
export interface Unit {
  readonly shape: string | null;
  readonly env: Env;
}

/** What is wrong with one shape, or with the whole answer (`shape` null), in the reader's language. */
export interface Fault {
  readonly id: string;
  readonly shape: string | null;
  readonly text: string;
}

/** An answer after an act, and what is selected then. */
export interface Applied<A extends Answer> {
  readonly answer: A;
  readonly selected: string | null;
}

/** How a kind speaks of what another field marks, as links do of the spans that they join. */
export interface Leans<A extends Answer> {
  /** The field that it speaks of. */
  on(field: Field): string;
  /** The ids of what one of its own parts speaks of; where one of them goes, the part goes. */
  ends(part: object): readonly string[];
  /** The answer with what it reads in the other field's written into it. */
  resolved(answer: A, field: Field, parent: Answer | undefined): A;
}

/** What is drawn over the text of another field, and what it is drawn with. */
export interface LayerProps {
  readonly bench: Bench;
  /** The fields of its kind that lean on the one that is read. */
  readonly fields: readonly Field[];
  /** The rectangles of a thing that the other field marks, one a line. */
  readonly rectsOf: (marked: TextSpan) => readonly Rect[];
  readonly paper: Paper;
  readonly linking: Linking | null;
  /** How many lines of drawing lie above a line of the text, so that it gets the room. */
  readonly onRoom: (lanes: number) => void;
}
export interface Paper {
  readonly width: number;
  readonly leftwards: boolean;
  readonly vertical: boolean;
}
/** Pointer in, operations out, over things that another field marks. */
export interface Linking {
  readonly field: Field;
  /** Whether it takes the stroke. */
  down(at: Point, over: readonly string[], own: string | null): boolean;
  move(at: Point, over: readonly string[]): void;
  /** What is to be said, or null. */
  up(): string | null;
  cancel(): void;
  readonly doing: ReadonlySignal<object | null>;
}

/** The wire value is not an answer of this kind. */
export class CodecError extends Error {}

export interface Kind<A extends Answer> {
  readonly id: string;
  /** One character for lists and menus. */
  readonly icon: string;
  /** True where nothing marked is an answer too ("no defect here"), false where it is a gap. */
  readonly emptyCounts: boolean;
  empty(): A;
  isEmpty(answer: A): boolean;
  /** Wire to answer; throws CodecError. */
  decode(value: unknown): A;
  /** Answer to wire. */
  encode(answer: A): unknown;
  /** The answer in a few words, for lists. */
  summary(answer: A, labels: ReadonlyMap<string, Label>): string;
  /** All of the answer, where people compare answers; absent where the few words are all of it. */
  whole?(answer: A): string;
  units(answer: A, item: Item): readonly Unit[];
  /** What a label's key does; null where it only takes the label in hand. */
  press(answer: A, label: string, field: Field, selected: string | null): Applied<A> | null;
  /** What a label's key does where that takes more than the answer itself; gives what is to be said, or null. */
  pressed?(session: Session, field: Field, label: string): string | null;
  /** What a digit's key does where it is no label's key; with `less` (Shift) it takes away what it gave. */
  digit?(session: Session, field: Field, n: number, less: boolean): void;
  readonly takesAway?: boolean;
  /** The labels that are lit in the list. */
  lit(answer: A, selected: string | null, inHand: string | null): readonly string[];
  /** Acts of this kind, available while its field is the active one. */
  readonly actions: readonly Action[];
  /** Acts that are there as soon as a rulebook has a field of this kind, whichever field is the active one. */
  readonly everywhere?: readonly Action[];
  /** Absent where its answer can be read alone. */
  readonly leans?: Leans<A>;
  /** Its hands on the things that it leans on. */
  linking?(session: Session, field: Field): Linking;
  /** What it draws over the text of the field that it leans on. */
  readonly Layer?: ComponentType<LayerProps>;
  /** Pointer in, operations out, on an image; absent for kinds that need no canvas. */
  tool?(session: Session, field: Field): ImageTool;
  /** Pointer in, operations out, on a sound; absent for kinds that mark nothing in a sound. */
  timeline?(session: Session, field: Field): TimeTool;
  /** The stretch of a sound that is in hand. */
  stretch?(session: Session, field: Field): { readonly start: number; readonly end: number } | null;
  /** The text with what is marked in it, in place of the plain text; absent for kinds that mark nothing in a text. */
  readonly Reader?: ComponentType<{ bench: Bench; field: Field; task: Task; children?: ComponentChildren }>;
  /** The rough box that the hand has made around one thing, and the shape that it is of; null where there is none. */
  rough?(session: Session, field: Field): Rough | null;
  /** What this kind does with an outline that was found; absent for kinds that have none. */
  readonly outline?: TakesOutline;
  /**
   * Finish what is being drawn, which the submit key does before it submits: undefined where nothing is, else what
   * keeps it from being finished, or "".
   */
  finish?(session: Session, field: Field): string | undefined;
  /** The answer as it is meant once it is submitted: what was left open is closed by the kind's own rule. */
  settle?(answer: A, field: Field): A;
  /**
   * The answer to one item as another can have it, or null. Absent: shapes go to images of the same size, marks in a
   * text to the same text, the rest to any item.
   */
  carried?(answer: A, from: Item, to: Item): A | null;
  /** What is here and what was marked elsewhere in one answer; absent where an item has only one. */
  join?(here: A, from: A): A;
  /** What cannot be meant, said while it is drawn; the server refuses it too. */
  faults?(answer: A, field: Field): readonly Fault[];
  /** The field was gone to by its key, or is what keeps the item from being submitted. */
  enter?(): void;
  /** What stands in place of the list of labels. */
  readonly Labels?: ComponentType<{ session: Session; field: Field }>;
  /** Where the answer is written, below the item. */
  readonly Desk?: ComponentType<{ bench: Bench; field: Field }>;
  /** What is on the item so far, below the labels. */
  readonly Parts?: ComponentType<{ session: Session; field: Field }>;
}

/** The members of a wire object that has exactly these; anything else is refused, as the server refuses it. */
export function members(value: unknown, names: readonly string[]): Readonly<Record<string, unknown>> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw new CodecError("not an object");
  const odd = Object.keys(value).find((name) => !names.includes(name));
  if (odd !== undefined) throw new CodecError(`nobody knows ${odd}`);
  return value as Readonly<Record<string, unknown>>;
}
