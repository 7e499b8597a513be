/** What was given and is not with the server yet lies in this browser's database, however the network is. */
import { type DBSchema, type IDBPDatabase, openDB } from "idb";

export interface Waiting {
  readonly id: string;
  /** Whose, in which round. */
  readonly owner: string;
  readonly slot: number;
  readonly field: string;
  readonly content: Blob;
  /** When it was given, by this computer's clock. */
  readonly at: number;
}

interface Schema extends DBSchema {
  waiting: { key: string; value: Waiting; indexes: { owner: string } };
}

export class Keeping {
  private db: Promise<IDBPDatabase<Schema>> | null = null;

  constructor(private readonly name = "guiju-contributions") {}

  async load(owner: string): Promise<readonly Waiting[]> {
    return (await this.open()).getAllFromIndex("waiting", "owner", owner);
  }

  async put(waiting: Waiting): Promise<void> {
    const change = (await this.open()).transaction("waiting", "readwrite", { durability: "strict" });
    await Promise.all([change.store.put(waiting), change.done]);
  }

  async remove(id: string): Promise<void> {
    await (await this.open()).delete("waiting", id);
  }

  private open(): Promise<IDBPDatabase<Schema>> {
    this.db ??= openDB<Schema>(this.name, 1, {
      upgrade(db) {
        db.createObjectStore("waiting", { keyPath: "id" }).createIndex("owner", "owner");
      },
      terminated: () => {
        this.db = null;
      },
    });
    this.db.catch(() => {
      this.db = null;
    });
    return this.db;
  }
}
