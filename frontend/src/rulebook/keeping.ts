/**
 * What is typed is kept in this browser until the server has it: the network may go, the tab may close.
 * `localStorage` and not a database, since it is written before a closing page is gone.
 */
export interface Kept {
  readonly document: string;
  /** The save that the text began with. */
  readonly revision: number;
  readonly at: number;
}

export class Keeping {
  constructor(
    private readonly store: Pick<Storage, "getItem" | "setItem" | "removeItem">,
    private readonly key: string,
  ) {}

  read(): Kept | null {
    try {
      const found: unknown = JSON.parse(this.store.getItem(this.key) ?? "null");
      if (!found || typeof found !== "object") return null;
      const { document, revision, at } = found as Record<string, unknown>;
      if (typeof document !== "string" || typeof revision !== "number" || typeof at !== "number") return null;
      return { document, revision, at };
    } catch {
      return null;
    }
  }

  /** Whether it could be kept: a full or forbidden store says no, and the page says so. */
  keep(document: string, revision: number): boolean {
    try {
      this.store.setItem(this.key, JSON.stringify({ document, revision, at: Date.now() }));
      return true;
    } catch {
      return false;
    }
  }

  forget(): void {
    try {
      this.store.removeItem(this.key);
    } catch {
      // a store that refuses has nothing to forget
    }
  }
}
