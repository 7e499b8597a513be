import { pick, t } from "../../words";
import type { Field } from "../../workbench/boot";
import type { Session } from "../../workbench/session";
import { isSuggested, sureness } from "../../workbench/suggested";
import { SaidOfPart } from "../../workbench/views/SaidOfPart";
import { removeShape, type Shaped, type Shapes } from "./model";

interface Props<S extends Shaped> {
  readonly session: Session;
  readonly field: Field;
  /** What to do first, while nothing is drawn. */
  readonly empty: string;
  /** What is being drawn and how it ends, while something is. */
  readonly doing?: string | null;
  /** A shape's size in a few signs. */
  readonly describe: (shape: S) => string;
}

/** The shapes on the item, in the order of drawing. */
export function ShapeParts<S extends Shaped>({ session, field, empty, doing, describe }: Props<S>) {
  const answer = session.answer(field) as Shapes<S>;
  const wrong = new Set(session.problems.value.map((problem) => problem.shape));
  return (
    <section class="parts">
      <h2>
        {t("On this item")} <span class="quiet num">{answer.shapes.length || ""}</span>
      </h2>
      {doing ? <p role="status">{doing}</p> : answer.shapes.length === 0 && <p class="quiet">{empty}</p>}
      <ul>
        {answer.shapes.map((shape) => (
          <Part key={shape.id} {...{ session, field, shape }} wrong={wrong.has(shape.id)} size={describe(shape)} />
        ))}
      </ul>
    </section>
  );
}

function Part(props: { session: Session; field: Field; shape: Shaped; wrong: boolean; size: string }) {
  const { session, field, shape, wrong, size } = props;
  const label = session.labels.get(shape.label);
  const name = label ? pick(label.name) : shape.label;
  const held = session.selected.value === shape.id && session.field.value.id === field.id;
  const take = () => {
    session.activate(field.id);
    session.selected.value = shape.id;
  };
  const remove = () => {
    const rest = removeShape(session.answer(field) as Shapes<Shaped>, shape.id);
    session.change(field, rest, { selected: null });
  };
  return (
    <li class={[held && "on", isSuggested(shape) && "suggested"].filter(Boolean).join(" ")}>
      <button type="button" aria-pressed={held} onClick={take}>
        <i class="swatch" style={{ background: label?.color ?? "#888" }} />
        <span class="name">
          {name} <SaidOfPart {...{ session }} parent={field} part={shape.id} />
        </span>
        {wrong && (
          <b class="bad" title={t("A check does not hold")}>
            !
          </b>
        )}
        <span class="quiet num">{sureness(shape) ?? size}</span>
      </button>
      <button type="button" class="remove" aria-label={t("Remove {name}", { name })} onClick={remove}>
        ×
      </button>
    </li>
  );
}
