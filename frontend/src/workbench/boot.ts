/** What the page hands to the script: one JSON block, read once. */
import type { Ast } from "../expr/evaluate";
import type { Locale, Two } from "../words";

export interface Label {
  readonly id: string;
  readonly name: Two;
  readonly definition: Two;
  readonly color: string;
  readonly hotkey: string | null;
  /** The label it stands under, where the labels make a tree. */
  readonly parent?: string | null;
  /** How a Chinese name is typed: its initials, its full pinyin. */
  readonly sound?: readonly string[];
}
export interface Field {
  readonly id: string;
  readonly kind: string;
  readonly target: string;
  readonly required: boolean;
  readonly title: Two;
  readonly labels: readonly string[];
  /** What its kind can be told, all defaults filled in; each kind knows its own. */
  readonly options: Readonly<Record<string, unknown>>;
  /** The condition under which it is asked. */
  readonly when?: Ast | null;
  /** What conditions read of its answer, and of its answer to one part; absent where they can read nothing. */
  readonly told?: Reads | null;
  readonly told_of_part?: Reads | null;
}
type Reads = "text" | "texts" | "number";

/** Whether several labels may hold at once. */
export const takesSeveral = (field: Field): boolean => field.options["multiple"] === true;

export interface Clause {
  readonly id: string;
  readonly title: Two;
  readonly html: Two;
  readonly labels: readonly string[];
}
export interface Example {
  readonly id: string | number;
  readonly polarity: string;
  readonly label: string | null;
  readonly clause: string | null;
  readonly note: Two;
  readonly text: string | null;
  readonly url: string | null;
  /** What is marked on its image: left, top, width, height, in shares of the image. */
  readonly marks?: readonly (readonly [number, number, number, number])[];
}
export interface Check {
  readonly id: string;
  readonly field: string;
  readonly when: Ast | null;
  readonly expect: Ast;
  readonly message: Two;
  readonly clause: string | null;
}
export interface Rulebook {
  readonly id: number;
  readonly version: string;
  readonly title: Two;
  readonly fields: readonly Field[];
  readonly labels: readonly Label[];
  readonly clauses: readonly Clause[];
  readonly examples: readonly Example[];
  readonly checks: readonly Check[];
}
/** What was ruled on a question, newest first; `at` is an ISO moment. */
export interface Ruling {
  readonly id: number;
  readonly text: string;
  readonly clause: string | null;
  readonly question: string | null;
  readonly at: string;
}
export interface Urls {
  readonly lease: string;
  readonly submit: string;
  readonly mine: string;
  readonly questions: string;
  readonly drafts: string;
  /** The interface's words in both languages; absent where nobody serves them. */
  readonly words?: string;
  readonly back: string;
}
export interface Boot {
  /** Whose work what is kept in this browser is; a person's in a round unless the page is about something else. */
  readonly owner?: string;
  readonly locale: Locale;
  readonly words: Readonly<Record<string, string>>;
  readonly csrf: string;
  readonly project: { readonly id: number; readonly name: string };
  readonly round: {
    readonly id: number;
    readonly kind: string;
    readonly kind_name: string;
    readonly number: number;
    /** Whether its items may come with suggestions; a blind round's never do. */
    readonly suggests?: boolean;
  };
  readonly rulebook: Rulebook;
  readonly rulings: readonly Ruling[];
  readonly person: { readonly id: number; readonly name: string };
  readonly today: { readonly done: number };
  readonly urls: Urls;
}

export interface Item {
  readonly id: number;
  readonly media: string;
  readonly name: string;
  readonly text: string | null;
  readonly url: string | null;
  readonly width: number | null;
  readonly height: number | null;
  /** How many turns a dialogue has, or answers a comparison. */
  readonly parts?: number | null;
  /** Milliseconds of a sound. */
  readonly duration?: number | null;
  /** A picture so large that it is looked at in tiles; `url` is its overview then. */
  readonly is_tiled?: boolean;
}
/** What an inspector found wrong with an answer; `what` and `severity` are sentences of the catalogue. */
export interface Found {
  readonly what: string;
  readonly severity: string;
  readonly clause: string | null;
  readonly note: string | null;
  readonly judged: Readonly<Record<string, unknown>>;
  readonly right: Readonly<Record<string, unknown>> | null;
}
/** Somebody's earlier answers; `scores` are of parts, by field and id, `confidence` of the whole, all in [0, 1]. */
export interface Suggestion {
  readonly annotator: string;
  readonly kind: string;
  readonly answers: Readonly<Record<string, unknown>>;
  readonly confidence: number | null;
  readonly scores: Readonly<Record<string, Readonly<Record<string, number>>>>;
}
/** One item in a person's hands. `answers` are wire values: a draft, or what is being corrected. */
export interface Task {
  readonly slot: number;
  readonly lease: string;
  readonly lease_until: string | null;
  readonly item: Item;
  readonly revision: number;
  readonly answers: Readonly<Record<string, unknown>> | null;
  readonly note: string | null;
  /** What was found, where it came back from a lot. */
  readonly found?: Found | null;
  readonly suggestion?: Suggestion | null;
}

export function readBoot(page: Document): Boot {
  const block = page.getElementById("boot");
  if (!block?.textContent) throw new Error("the page has no boot data");
  return JSON.parse(block.textContent) as Boot;
}
