import { getKind } from "../../kinds";
import { isOfParts, TURN } from "../../kinds/each";
import { pick, t } from "../../words";
import { allActions, labelKeys, usesDigits } from "../actions";
import type { Bench } from "../bench";
import { type Field, takesSeveral } from "../boot";
import type { Session } from "../session";
import { keyName } from "./keys";
import { LabelTree } from "./LabelTree";

/** Keeps the focus where it is: a click on a label must not take Enter and Space away from submitting. */
export const keepFocus = (event: Event) => event.preventDefault();

export function Labels({ bench }: { bench: Bench }) {
  const { session } = bench;
  return (
    <nav class="labels" aria-label={t("Labels")}>
      {session.rulebook.fields
        .filter((field) => isShown(session, field))
        .map((field) => (
          <FieldLabels key={field.id} bench={bench} field={field} />
        ))}
      {session.task.value && <FieldParts bench={bench} />}
    </nav>
  );
}

/** A field that is asked of nothing here is out of sight; one of marked things waits for one of them. */
function isShown(session: Session, field: Field): boolean {
  if (session.task.value === null) return !field.when && !isOfParts(field);
  return session.isAsked(field);
}

function FieldParts({ bench: { session } }: { bench: Bench }) {
  return (
    <>
      {session.rulebook.fields.map((field) => {
        const Parts = session.asking.value.fields.has(field.id) ? getKind(field.kind).Parts : undefined;
        return Parts && <Parts key={field.id} session={session} field={field} />;
      })}
    </>
  );
}

function FieldLabels({ bench, field }: { bench: Bench; field: Field }) {
  const { session } = bench;
  const active = session.fieldId.value === field.id;
  const several = session.rulebook.fields.length > 1;
  const kind = getKind(field.kind);
  const inHand = active ? (session.inHand.value[field.id] ?? null) : null;
  const lit = kind.lit(session.answer(field), active ? session.selected.value : null, inHand);
  const hand = bench.trees.get(field.id);
  const nth = active && !kind.digit && usesDigits(bench);
  const keys = new Map(labelKeys(bench).map((each) => [`${each.field} ${each.label}`, each.key]));
  return (
    <section class={several && !active ? "field resting" : "field"}>
      <h2>
        {pick(field.title) || t("Labels")}
        {isOfParts(field) && <small class="quiet"> {aboutWhat(session, field)}</small>}
        {takesSeveral(field) && !kind.tool && <small class="quiet"> {t("several may hold")}</small>}
      </h2>
      {kind.Labels ? (
        <kind.Labels {...{ session, field }} />
      ) : hand ? (
        <LabelTree {...{ bench, field, hand, lit, active }} />
      ) : (
        <ul>
          {field.labels.map((id, at) => (
            <LabelRow
              key={id}
              {...{ bench, field, id }}
              on={lit.includes(id)}
              hotkey={keys.get(`${field.id} ${id}`) ?? (nth ? digitKey(bench, at + 1) : null)}
            />
          ))}
        </ul>
      )}
    </section>
  );
}

/** What the answer is about: the turn in hand, or the thing that is selected, by its label. */
function aboutWhat(session: Session, field: Field): string {
  const part = session.partOf(field);
  if (field.target === TURN) return t("turn {n}", { n: part ?? "" });
  const parent = session.getField(field.target);
  const label = getKind(parent.kind).lit(session.answer(parent), part, null).at(-1) ?? "";
  return t("of the selected {name}", { name: pick(session.labels.get(label)?.name ?? { zh: label, en: label }) });
}

/** The key that picks the label of this place, where it has one. */
function digitKey(bench: Bench, place: number): string | null {
  return allActions(bench).find((act) => act.id === `digit-${place}`)?.keys[0] ?? null;
}

function LabelRow(props: { bench: Bench; field: Field; id: string; on: boolean; hotkey: string | null }) {
  const { bench, field, id, on, hotkey } = props;
  const label = bench.session.labels.get(id);
  const point = (to: string | null) => {
    bench.session.pointed.value = to;
  };
  return (
    <li class={on ? "on" : ""}>
      <button
        type="button"
        aria-pressed={on}
        {...(hotkey && { "aria-keyshortcuts": hotkey })}
        onMouseDown={keepFocus}
        onClick={() => bench.press(field, id)}
        onPointerEnter={() => point(id)}
        onPointerLeave={() => point(null)}
      >
        <i class="swatch" style={{ background: label?.color ?? "#888" }} />
        <span class="name">{label ? pick(label.name) : id}</span>
        {hotkey && <kbd>{keyName(hotkey)}</kbd>}
      </button>
    </li>
  );
}
