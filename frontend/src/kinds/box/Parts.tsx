import { pick, t } from "../../words";
import type { Field } from "../../workbench/boot";
import type { Session } from "../../workbench/session";
import { type BoxAnswer, type BoxShape, removeBox } from "./model";

/** The boxes on the item, in the order of drawing. */
export function Parts({ session, field }: { session: Session; field: Field }) {
  const answer = session.answer(field) as BoxAnswer;
  const wrong = new Set(session.problems.value.map((problem) => problem.shape));
  return (
    <section class="parts">
      <h2>
        {t("On this item")} <span class="quiet num">{answer.shapes.length || ""}</span>
      </h2>
      {answer.shapes.length === 0 && <p class="quiet">{t("Nothing drawn yet. Drag on the image to draw a box.")}</p>}
      <ul>
        {answer.shapes.map((shape) => (
          <Part key={shape.id} {...{ session, field, shape }} wrong={wrong.has(shape.id)} />
        ))}
      </ul>
    </section>
  );
}

function Part(props: { session: Session; field: Field; shape: BoxShape; wrong: boolean }) {
  const { session, field, shape, wrong } = props;
  const label = session.labels.get(shape.label);
  const name = label ? pick(label.name) : shape.label;
  const held = session.selected.value === shape.id && session.fieldId.value === field.id;
  const take = () => {
    session.activate(field.id);
    session.selected.value = shape.id;
  };
  const remove = () => {
    const rest = removeBox(session.answer(field) as BoxAnswer, shape.id);
    session.change(field, rest, { selected: null });
  };
  return (
    <li class={held ? "on" : ""}>
      <button type="button" aria-pressed={held} onClick={take}>
        <i class="swatch" style={{ background: label?.color ?? "#888" }} />
        <span class="name">{name}</span>
        {wrong && (
          <b class="bad" title={t("A check does not hold")}>
            !
          </b>
        )}
        <span class="quiet num">
          {Math.round(shape.w)}×{Math.round(shape.h)}
        </span>
      </button>
      <button type="button" class="remove" aria-label={t("Remove {name}", { name })} onClick={remove}>
        ×
      </button>
    </li>
  );
}
