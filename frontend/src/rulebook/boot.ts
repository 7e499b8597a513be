/** What the page gives the editor: where it is, what it began with, and every word that it shows. */
export interface Entry {
  readonly group: string;
  readonly id: string;
  readonly name: string;
  readonly line: number;
  readonly level: number;
}

export interface Problem {
  readonly severity: "error" | "warning";
  readonly line: number;
  readonly message: string;
  readonly next: string;
  readonly caret?: string | null;
}

export interface Boot {
  readonly project: number;
  readonly account: number;
  readonly revision: number;
  readonly csrf: string;
  readonly at: number;
  readonly entries: readonly Entry[];
  readonly problems: readonly Problem[];
  readonly kinds: readonly string[];
  readonly conflicts: readonly ConflictSeen[];
  readonly words: Readonly<Record<string, string>>;
  readonly phrases: Readonly<Record<string, string>>;
  readonly shelves: readonly Shelf[];
}

/** Where items for the tray come from. */
export interface Shelf {
  readonly of: string;
  readonly name: string;
}

export interface Mark {
  readonly kind: "same" | "gone" | "new";
  readonly text: string;
}

export interface ConflictSeen {
  readonly place: string;
  readonly mine: string;
  readonly theirs: string;
  readonly marks: readonly Mark[];
}

export type Word = (key: string, values?: Readonly<Record<string, string | number>>) => string;

export function wordsOf(boot: Pick<Boot, "words">): Word {
  return (key, values = {}) =>
    (boot.words[key] ?? key).replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ""));
}
