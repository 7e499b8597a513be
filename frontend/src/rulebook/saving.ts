/** A save on its way: kept here first, sent again until it is answered, put together with what others saved. */
import type { Joined, Saved } from "./wire";
import { Refused } from "./wire";

export type State = "saved" | "changed" | "saving" | "unreachable" | "refused";

export interface SavingParts {
  readonly read: () => string;
  readonly send: (id: string, document: string, revision: number) => Promise<Saved>;
  readonly join: (document: string, revision: number) => Promise<Joined>;
  readonly keep: (document: string, revision: number) => boolean;
  readonly forget: () => void;
  /** `from` became `document` on the server; what was typed since stays. `conflicts` are for a person. */
  readonly take: (from: string, document: string, conflicts: Joined["conflicts"]) => void;
  readonly show: (state: State, told: Refused | null) => void;
  readonly newId: () => string;
  readonly later: (run: () => void) => void;
}

export class Saving {
  state: State = "saved";
  private held: string;
  private attempt: { readonly id: string; readonly document: string; readonly revision: number } | null = null;
  private busy = false;

  constructor(
    private readonly parts: SavingParts,
    public revision: number,
  ) {
    this.held = parts.read();
  }

  get isChanged(): boolean {
    return this.parts.read() !== this.held;
  }

  /** Something was typed, or taken back. */
  typed(): void {
    if (!this.isChanged) this.parts.forget();
    else this.parts.keep(this.parts.read(), this.revision);
    if (!this.busy) this.become(this.isChanged ? "changed" : "saved");
  }

  /** The text that is here began with an older save: what it adds to the present one is unsaved. */
  begunAt(revision: number): void {
    this.revision = revision;
    this.held = "";
    this.become("changed");
  }

  /** A save is made once, however often it is sent: the same text goes under the same id. */
  async save(): Promise<void> {
    if (this.busy) return;
    const document = this.parts.read();
    if (this.attempt?.document !== document || this.attempt.revision !== this.revision) {
      this.attempt = { id: this.parts.newId(), document, revision: this.revision };
    }
    this.busy = true;
    this.become("saving");
    try {
      const saved = await this.parts.send(this.attempt.id, document, this.revision);
      this.took(document, saved, []);
    } catch (error) {
      await this.failed(error);
    } finally {
      this.busy = false;
    }
  }

  /** Bring in what others saved since; what both changed is left to choose. */
  async bringIn(): Promise<void> {
    const document = this.parts.read();
    const joined = await this.parts.join(document, this.revision);
    this.revision = joined.revision;
    this.held = "";
    this.parts.take(document, joined.document, joined.conflicts);
    this.parts.keep(this.parts.read(), this.revision);
    this.become("changed");
  }

  private took(from: string, saved: Saved, conflicts: Joined["conflicts"]): void {
    this.attempt = null;
    this.revision = saved.revision;
    this.held = saved.document;
    this.parts.take(from, saved.document, conflicts);
    if (this.isChanged) this.parts.keep(this.parts.read(), this.revision);
    else this.parts.forget();
    this.become(this.isChanged ? "changed" : "saved");
  }

  private async failed(error: unknown): Promise<void> {
    const told = error instanceof Refused ? error : new Refused("", String(error));
    if (told.isUnreachable) {
      this.become("unreachable", told);
      this.parts.later(() => void this.save());
      return;
    }
    if (told.code === "rulebook-conflict") {
      const joined = await this.bringIn().catch((again: unknown) => again);
      if (joined === undefined) return;
    }
    this.become("refused", told);
  }

  private become(state: State, told: Refused | null = null): void {
    this.state = state;
    this.parts.show(state, told);
  }
}
