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

  async put(entry: Entry): Promise<void> {
    await (await this.open()).put("outbox", entry);
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
    this.db ??= openDB<Schema>(this.name, 1, {
      upgrade(db) {
        db.createObjectStore("outbox", { keyPath: "id" }).createIndex("owner", "owner");
        db.createObjectStore("drafts", { keyPath: "key" });
      },
    });
    return this.db;
  }
}
