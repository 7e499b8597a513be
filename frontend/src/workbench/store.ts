/** This browser's database: submitted work on its way, and the latest draft of each item in hand. */
import { type DBSchema, type IDBPDatabase, openDB } from "idb";
import type { Entry, EntryStore } from "./outbox";

export interface LocalDraft {
  /** Owner and slot. */
  readonly key: string;
  readonly lease: string;
  readonly revision: number;
  readonly answers: Readonly<Record<string, unknown>>;
  readonly at: number;
}
export interface DraftStore {
  getDraft(key: string): Promise<LocalDraft | undefined>;
  putDraft(draft: LocalDraft): Promise<void>;
  removeDraft(key: string): Promise<void>;
}

interface Schema extends DBSchema {
  outbox: { key: string; value: Entry; indexes: { owner: string } };
  drafts: { key: string; value: LocalDraft };
}

export class BrowserStore implements EntryStore, DraftStore {
  private db: Promise<IDBPDatabase<Schema>> | null = null;

  constructor(private readonly name = "guiju-workbench") {}

  async load(owner: string): Promise<Entry[]> {
    return (await this.open()).getAllFromIndex("outbox", "owner", owner);
  }

  async loadAll(): Promise<Entry[]> {
    return (await this.open()).getAll("outbox");
  }

  async put(entry: Entry): Promise<void> {
    // On the disk itself before it counts as stored: the power may fail with the network.
    const change = (await this.open()).transaction("outbox", "readwrite", { durability: "strict" });
    await Promise.all([change.store.put(entry), change.done]);
  }

  async remove(id: string): Promise<void> {
    await (await this.open()).delete("outbox", id);
  }

  async getDraft(key: string): Promise<LocalDraft | undefined> {
    return (await this.open()).get("drafts", key);
  }

  async putDraft(draft: LocalDraft): Promise<void> {
    await (await this.open()).put("drafts", draft);
  }

  async removeDraft(key: string): Promise<void> {
    await (await this.open()).delete("drafts", key);
  }

  private open(): Promise<IDBPDatabase<Schema>> {
    const lost = () => {
      this.db = null;
    };
    const opened =
      this.db ??
      openDB<Schema>(this.name, 1, {
        upgrade(db) {
          db.createObjectStore("outbox", { keyPath: "id" }).createIndex("owner", "owner");
          db.createObjectStore("drafts", { keyPath: "key" });
        },
        // A browser may close a database under its page (its data were cleared, its disk was full): open it again.
        terminated: lost,
        blocking: (_current, _wanted, event) => {
          (event.target as IDBDatabase).close();
          lost();
        },
      });
    this.db = opened;
    opened.catch(lost);
    return opened;
  }
}
