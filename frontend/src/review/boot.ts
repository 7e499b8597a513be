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
