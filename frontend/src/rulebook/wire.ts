/** The server's side of the editor. */
import type { Boot, ConflictSeen, Entry, Problem } from "./boot";

export interface Looked {
  readonly revision: number;
  readonly problems: readonly Problem[];
  readonly entries: readonly Entry[];
  readonly html: string | null;
}

export interface Joined {
  readonly document: string;
  readonly revision: number;
  readonly conflicts: readonly ConflictSeen[];
}

export interface Saved {
  readonly document: string;
  readonly revision: number;
}

export interface TrayItem {
  readonly item: number;
  readonly name: string;
  readonly media: string;
  readonly text: string | null;
  readonly labels: readonly string[];
  readonly note: string;
}

export interface TrayPage {
  readonly items: readonly TrayItem[];
  readonly cursor: string | null;
  /** So many items are not in the index of words yet: a search may find more soon. */
  readonly unread: number;
}

export interface Edit {
  readonly line: number;
  readonly gone: number;
  readonly lines: readonly string[];
  readonly id: string;
}

/** What the server said no with; `code` is "" where it did not answer at all. */
export class Refused extends Error {
  constructor(
    readonly code: string,
    message: string,
    readonly next = "",
  ) {
    super(message);
  }

  get isUnreachable(): boolean {
    return this.code === "";
  }
}

export class Wire {
  private readonly base: string;

  constructor(private readonly boot: Pick<Boot, "project" | "csrf">) {
    this.base = `/api/v1/projects/${boot.project}`;
  }

  look(document: string, signal: AbortSignal): Promise<Looked> {
    return this.send("POST", "/rulebook/look", { document }, signal);
  }

  join(document: string, revision: number): Promise<Joined> {
    return this.send("POST", "/rulebook/join", { document, revision });
  }

  save(id: string, document: string, revision: number): Promise<Saved> {
    return this.send("PUT", "/rulebook/draft", { id, document, revision });
  }

  tray(of: string, q: string, cursor: string | null, signal: AbortSignal): Promise<TrayPage> {
    const asked = new URLSearchParams({ of, q, ...(cursor ? { cursor } : {}) });
    return this.send("GET", `/rulebook/tray?${asked}`, undefined, signal);
  }

  example(asked: Record<string, unknown>): Promise<Edit> {
    return this.send("POST", "/rulebook/example", asked);
  }

  private async send<T>(method: string, path: string, body?: unknown, signal?: AbortSignal): Promise<T> {
    const headers = { "Content-Type": "application/json", "X-CSRF-Token": this.boot.csrf };
    const options = { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) };
    let answer: Response;
    try {
      answer = await fetch(this.base + path, signal ? { ...options, signal } : options);
    } catch (error) {
      if (signal?.aborted) throw error;
      throw new Refused("", String(error));
    }
    const read = (await answer.json().catch(() => null)) as Record<string, unknown> | null;
    signal?.throwIfAborted();
    if (answer.ok && read) return read as T;
    const told = read ?? {};
    if (answer.ok) throw new Refused("", String(answer.status));
    if (answer.status >= 500) throw new Refused("", String(told.message ?? answer.status));
    throw new Refused(
      String(told.code ?? answer.status),
      String(told.message ?? answer.status),
      String(told.next ?? ""),
    );
  }
}
