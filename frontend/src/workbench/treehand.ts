/** Where a person is in a tree of labels: the open group, the words typed, the row under the cursor, recent labels. */
import { batch, computed, signal } from "@preact/signals";
import { type LabelTree, MOST_FOUND } from "./labeltree";

const MOST_RECENT = 5;

export interface Row {
  readonly id: string;
  readonly depth: number;
  readonly isGroup: boolean;
  readonly isOpen: boolean;
  /** A row of the recent labels, above the tree. */
  readonly recent: boolean;
  /** The digit that picks it, while nothing is typed. */
  readonly digit: number | null;
}

export class TreeHand {
  /** The group whose labels have the digits; null is the top. */
  readonly open = signal<string | null>(null);
  readonly query = signal("");
  readonly cursor = signal(0);
  readonly recent = signal<readonly string[]>([]);
  /** What takes the keys of a search: at once, since the next key is already a letter of it. */
  field: { focus(): void } | null = null;
  readonly rows = computed<readonly Row[]>(() => (this.query.value === "" ? this.tree() : this.found()));

  constructor(
    readonly labels: LabelTree,
    private readonly press: (label: string) => void,
  ) {}

  /** A new item: the top of the tree again. */
  reset(): void {
    batch(() => {
      this.open.value = null;
      this.type("");
    });
  }

  type(words: string): void {
    batch(() => {
      this.query.value = words;
      this.cursor.value = 0;
    });
  }

  move(by: number): void {
    const n = this.rows.value.length;
    if (n > 0) this.cursor.value = (this.cursor.value + by + n) % n;
  }

  /** Open the group under the cursor, or go up to the group around it. */
  turn(into: boolean): void {
    const row = this.rows.value[this.cursor.value];
    if (!into) this.leave();
    else if (row?.isGroup && !row.isOpen) this.enter(row.id);
  }

  leave(): void {
    const was = this.open.value;
    if (was !== null) this.enter(this.labels.get(was)?.parent ?? null, was);
  }

  /** Pick a row: a label is chosen (true), a group opens or closes. */
  pick(row: Row | undefined = this.rows.value[this.cursor.value]): boolean {
    if (!row) return false;
    if (row.isGroup && !(this.labels.get(row.id)?.choosable && row.isOpen)) {
      this.enter(row.isOpen ? (this.labels.get(row.id)?.parent ?? null) : row.id, row.id);
      return false;
    }
    this.choose(row.id);
    return true;
  }

  /** The digit's label of the open group. */
  nth(n: number): void {
    const id = this.labels.below(this.open.value)[n - 1];
    if (id === undefined) return;
    if (this.labels.isGroup(id)) this.enter(id);
    else this.choose(id);
  }

  choose(id: string): void {
    batch(() => {
      this.recent.value = [id, ...this.recent.value.filter((each) => each !== id)].slice(0, MOST_RECENT);
      this.type("");
      this.press(id);
    });
  }

  private enter(group: string | null, at: string | null = null): void {
    batch(() => {
      this.open.value = group;
      const wanted = at ?? this.labels.below(group)[0];
      const place = this.rows.value.findIndex((row) => !row.recent && row.id === wanted);
      this.cursor.value = Math.max(0, place);
    });
  }

  private tree(): Row[] {
    const open = this.open.value;
    const way = new Set(open === null ? [] : [...this.labels.above(open), open]);
    const rows: Row[] = this.recent.value.map((id) => leaf(id, { recent: true }));
    const walk = (under: string | null, depth: number): void => {
      this.labels.below(under).forEach((id, at) => {
        const digit = under === open && at < 9 ? at + 1 : null;
        const isGroup = this.labels.isGroup(id);
        rows.push({ ...leaf(id, { depth, digit }), isGroup, isOpen: way.has(id) });
        if (way.has(id)) walk(id, depth + 1);
      });
    };
    walk(null, 0);
    return rows;
  }

  private found(): Row[] {
    return this.labels
      .search(this.query.value)
      .slice(0, MOST_FOUND)
      .map((id) => leaf(id));
  }
}

function leaf(id: string, more: Partial<Row> = {}): Row {
  return { id, depth: 0, isGroup: false, isOpen: false, recent: false, digit: null, ...more };
}
