/** What a page that judges hands to the script: the workbench's own boot, and what is judged. */
import type { Boot, Task, Urls } from "../workbench/boot";

/** A word of the server's that is chosen from, with its name in the reader's language. */
export interface Named {
  readonly id: string;
  readonly name: string;
}
export interface Tally {
  readonly n: number;
  readonly judged: number;
  readonly defective: number;
  /** What the reader may still judge: not their own work, and under this page's rulebook. */
  readonly left: number;
}
export interface InspectionUrls extends Urls {
  readonly tasks: string;
  readonly verdicts: string;
}
export interface InspectionBoot extends Boot {
  readonly mode: "inspection";
  /** The customer's sample: answers can only be read. */
  readonly reads?: boolean;
  readonly lot: { readonly id: number; readonly number: number; readonly tally: Tally };
  /** The place to begin with, judged or not; else the first that nobody judged. */
  readonly first: number | null;
  /** What can be wrong with each field's answer. */
  readonly defects: Readonly<Record<string, readonly Named[]>>;
  readonly severities: readonly Named[];
  readonly urls: InspectionUrls;
}

/** What was found so far, as the server knows it. */
export interface Said {
  readonly outcome: "pass" | "defect";
  readonly type: string | null;
  readonly severity: string | null;
  readonly clause: string | null;
  readonly note: string | null;
}
/** A place of the sample. `answers` is what the inspector says instead, where they said something before. */
export interface Judged extends Task {
  readonly place: number;
  readonly judged: NonNullable<Task["answers"]>;
  readonly said: Said | null;
}

/** An answer and who gave it: letters that stand for people within this item alone, names where the reader leads them. */
export interface Voice {
  readonly letters: readonly string[];
  readonly names: readonly string[] | null;
  readonly answers: NonNullable<Task["answers"]>;
}
/** How far each voice agrees with each, and all annotators on average: 1 is the same. */
export interface Agreement {
  readonly shares: readonly (readonly number[])[];
  readonly overall: number;
}
export interface RuledBefore {
  readonly id: number;
  readonly text: string;
  readonly clause: string | null;
  readonly at: string;
}
/** An item that several annotators answered. */
export interface Case extends Task {
  readonly voices: readonly Voice[];
  readonly agreement: Readonly<Record<string, Agreement>>;
  readonly last: number;
  readonly ruling: RuledBefore | null;
  /** What consensus would have made of it, less surely than was asked for. */
  readonly lean?: { readonly letters: readonly string[]; readonly confidence: number; readonly method: string } | null;
}
export interface AdjudicationBoot extends Boot {
  readonly mode: "adjudication";
  /** The item to begin with; else the first that nothing decides. */
  readonly first: number | null;
  /** How many nothing decides, counted up to 1,000. */
  readonly open: number;
  readonly urls: Urls & { readonly cases: string };
}
