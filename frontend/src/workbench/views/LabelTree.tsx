import { Component } from "preact";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import { t } from "../../words";
import type { Bench } from "../bench";
import { type Field, takesSeveral } from "../boot";
import type { Row, TreeHand } from "../treehand";
import { Key } from "./Key";

interface TreeProps {
  readonly bench: Bench;
  readonly field: Field;
  readonly hand: TreeHand;
  readonly lit: readonly string[];
  readonly active: boolean;
}

/** A field's labels as a tree with a search: words, arrow keys and digits all lead to one label. */
export function LabelTree({ bench, field, hand, lit, active }: TreeProps) {
  const rows = hand.rows.value;
  const cursor = hand.cursor.value;
  const chosen = new Set(lit);
  const over = new Set(lit.flatMap((id) => hand.labels.above(id)));
  const first = rows.findIndex((row) => !row.recent);
  return (
    <div class="tree">
      <Search {...{ bench, field, hand }} />
      {rows.length === 0 && <p class="quiet">{t("No label has these words.")}</p>}
      {rows[0]?.recent && <p class="quiet">{t("Recent")}</p>}
      <div id={`tree-${field.id}`} role="tree" aria-label={t("Labels")} aria-multiselectable={takesSeveral(field)}>
        {rows.map((row, at) => (
          <TreeRow
            key={`${row.recent ? "recent " : ""}${row.id}`}
            {...{ bench, field, hand, at, row }}
            on={chosen.has(row.id)}
            holds={row.isGroup && over.has(row.id)}
            held={cursor === at}
            rest={at === first && first > 0}
            digit={active ? row.digit : null}
          />
        ))}
      </div>
    </div>
  );
}

function Search({ bench, field, hand }: { bench: Bench; field: Field; hand: TreeHand }) {
  const input = useRef<HTMLInputElement>(null);
  useLayoutEffect(() => {
    hand.field = input.current;
  }, [hand]);
  useEffect(() => {
    // The row under the cursor stays in sight.
    document.getElementById(rowId(field, hand.cursor.value))?.scrollIntoView({ block: "nearest" });
  }, [field, hand, hand.cursor.value]);
  return (
    <label class="search">
      <span class="unseen">{t("Search the labels")}</span>
      <input
        ref={input}
        type="text"
        role="combobox"
        aria-expanded="true"
        aria-haspopup="tree"
        aria-controls={`tree-${field.id}`}
        aria-activedescendant={rowId(field, hand.cursor.value)}
        placeholder={t("Search the labels")}
        autocomplete="off"
        value={hand.query.value}
        onFocus={() => bench.session.activate(field.id)}
        onInput={(event) => hand.type(event.currentTarget.value)}
        onKeyDown={(event) => steer(event, { bench, field, hand })}
      />
      <Key bench={bench} act="tree-search" />
    </label>
  );
}

/** The keys of the search field; what writes is left to the field. */
function steer(event: KeyboardEvent, { bench, field, hand }: { bench: Bench; field: Field; hand: TreeHand }): void {
  // 229 is what some input methods report for the Enter that ends their composition.
  if (event.isComposing || event.keyCode === 229) return;
  const leave = () => (event.currentTarget as HTMLInputElement).blur();
  const bare = hand.query.value === "";
  const acts: Readonly<Record<string, () => void>> = {
    ArrowDown: () => hand.move(1),
    ArrowUp: () => hand.move(-1),
    ...(bare && { ArrowRight: () => hand.turn(true), ArrowLeft: () => hand.turn(false) }),
    // With several labels to choose the hand stays; with one the next Enter submits.
    Enter: () => (event.ctrlKey || event.metaKey ? bench.submit() : hand.pick() && !takesSeveral(field) && leave()),
    Escape: () => (bare ? leave() : hand.type("")),
  };
  const act = acts[event.key];
  if (!act) return;
  event.preventDefault();
  act();
}

const rowId = (field: Field, at: number) => `tree-${field.id}-${at}`;

interface RowProps {
  readonly bench: Bench;
  readonly field: Field;
  readonly hand: TreeHand;
  readonly at: number;
  readonly row: Row;
  readonly on: boolean;
  readonly holds: boolean;
  readonly held: boolean;
  /** The first row below the recent ones. */
  readonly rest: boolean;
  readonly digit: number | null;
}

/** Drawn anew only where something of it changed: a key among 300 labels redraws two rows. */
class TreeRow extends Component<RowProps> {
  override shouldComponentUpdate(next: RowProps): boolean {
    const { row: was, ...before } = this.props;
    const { row: is, ...after } = next;
    return differ(before, after) || differ(was, is);
  }

  override render() {
    const { bench, field, hand, at, row, on, holds, held, rest, digit } = this.props;
    const name = hand.labels.name(row.id);
    const above = row.recent || hand.query.value ? hand.labels.above(row.id).map((id) => hand.labels.name(id)) : [];
    const point = (to: string | null) => {
      bench.session.pointed.value = to;
    };
    return (
      <button
        type="button"
        role="treeitem"
        tabIndex={-1}
        id={rowId(field, at)}
        aria-level={row.depth + 1}
        aria-selected={on}
        {...(row.isGroup && { "aria-expanded": row.isOpen })}
        {...(digit && { "aria-keyshortcuts": String(digit) })}
        class={`row ${on ? "on " : ""}${held ? "held " : ""}${rest ? "rest" : ""}`}
        style={{ paddingLeft: `${8 + row.depth * 14}px` }}
        onMouseDown={(event) => event.preventDefault()}
        onClick={() => hand.pick(row)}
        onPointerEnter={() => point(row.id)}
        onPointerLeave={() => point(null)}
      >
        {row.isGroup ? (
          <b class="twist">{row.isOpen ? "▾" : "▸"}</b>
        ) : (
          <i class="swatch" style={{ background: hand.labels.get(row.id)?.label?.color ?? "#888" }} />
        )}
        <span class="name">
          {name}
          {above.length > 0 && <small>{above.join(" › ")}</small>}
        </span>
        {holds && <b class="holds" title={t("A label chosen stands in here")} />}
        {digit && <Key bench={bench} act={`digit-${digit}`} />}
      </button>
    );
  }
}

function differ(before: object, after: object): boolean {
  const was = before as Readonly<Record<string, unknown>>;
  return Object.entries(after).some(([name, value]) => was[name] !== value);
}
