import { useRef, useState } from "preact/hooks";
import { comparisonOf, letterOf, partsOf } from "../../comparison/body";
import { plainly } from "../../markdown/plain";
import { t } from "../../words";
import type { Field } from "../../workbench/boot";
import type { Session } from "../../workbench/session";
import { LEVEL, orderOf, press, put, shownTo } from "./hands";
import { allowsTies, modeOf, placeOf, type Spot, unplaced } from "./model";

/** The order so far, the best on top; answers are moved in it by dragging, or put next by a click. */
export function Places({ session, field }: { session: Session; field: Field }) {
  const item = session.task.value?.item;
  const list = useRef<HTMLOListElement>(null);
  const [drag, setDrag] = useState<Drag | null>(null);
  const parts = partsOf(item);
  if (!item) return null;
  if (parts === 0) return <p class="quiet places">{t("Here is no comparison to rank.")}</p>;
  const order = orderOf(session, field);
  const shown = shownTo(session);
  const left = unplaced(order, parts).sort((a, b) => shown.indexOf(a) - shown.indexOf(b));
  const words = comparisonOf(item).answers.map((answer) => plainly(answer.text, 60));
  const waits = session.fieldId.value === field.id && session.selected.value === LEVEL;
  const hold = (answer: number) => (event: PointerEvent) => {
    event.preventDefault();
    if (event.button !== 0 || modeOf(field) !== "rank") return;
    (event.currentTarget as Element).setPointerCapture(event.pointerId);
    setDrag({ answer, from: event.clientY, spot: null });
  };
  const move = (event: PointerEvent) => {
    if (!drag || (drag.spot === null && Math.abs(event.clientY - drag.from) < 5)) return;
    setDrag({ ...drag, spot: spotAt(list.current, event.clientY, allowsTies(field)) });
  };
  const drop = () => {
    if (drag) {
      session.activate(field.id);
      if (drag.spot) put(session, field, drag.answer, drag.spot);
      else press(session, field, drag.answer);
    }
    setDrag(null);
  };
  const row = (answer: number) => (
    <button
      key={answer}
      type="button"
      class={drag?.answer === answer && drag.spot ? "row held" : "row"}
      onPointerDown={hold(answer)}
      onPointerMove={move}
      onPointerUp={drop}
      onPointerCancel={() => setDrag(null)}
      onClick={(event) => (event.detail === 0 || modeOf(field) !== "rank") && press(session, field, answer)}
    >
      <span class="unseen">{called(answer, placeOf(order, answer))}: </span>
      <b>{letterOf(answer)}</b>
      <span class="name">{words[answer]}</span>
      <kbd>{shown.indexOf(answer) + 1}</kbd>
    </button>
  );
  return (
    <div class="places">
      <p class="quiet">{asked(field)}</p>
      <ol ref={list}>
        {order.map((group, at) => (
          <li key={group.join()} class={marked(drag?.spot ?? null, at)}>
            <span class="num">{placeOf(order, group[0] ?? 0)}</span>
            <div>{group.map(row)}</div>
          </li>
        ))}
        {drag?.spot && !drag.spot.onto && drag.spot.at >= order.length && <li class="before" />}
      </ol>
      {waits && <p class="waits">{t("The next one shares the last place.")}</p>}
      {left.length > 0 && (
        <section class="left" aria-label={t("Without a place")}>
          {left.map(row)}
        </section>
      )}
    </div>
  );
}

interface Drag {
  readonly answer: number;
  readonly from: number;
  readonly spot: Spot | null;
}

function called(answer: number, place: number | null): string {
  const letter = letterOf(answer);
  return place === null ? t("Answer {letter}", { letter }) : t("Answer {letter}, place {place}", { letter, place });
}

function asked(field: Field): string {
  if (modeOf(field) === "best") return t("Choose the best.");
  return modeOf(field) === "best-worst" ? t("Choose the best, then the worst.") : t("The best first.");
}

const marked = (spot: Spot | null, at: number) => (spot?.at !== at ? "" : spot.onto ? "onto" : "before");

/** The place under the pointer: between two groups, or on one where ties are allowed. */
function spotAt(list: HTMLElement | null, y: number, ties: boolean): Spot {
  const rows = [...(list?.querySelectorAll(":scope > li:not(:empty)") ?? [])].map((row) => row.getBoundingClientRect());
  for (const [at, row] of rows.entries()) {
    const edge = ties ? row.height / 3 : row.height / 2;
    if (y < row.top + edge) return { at, onto: false };
    if (ties && y < row.bottom - edge) return { at, onto: true };
  }
  return { at: rows.length, onto: false };
}
