import { pick, t } from "../../words";
import type { Field } from "../../workbench/boot";
import type { Session } from "../../workbench/session";
import { isSuggested } from "../../workbench/suggested";
import { SaidOfPart } from "../../workbench/views/SaidOfPart";
import { removeSpan, type SpanAnswer, type TextSpan } from "./model";
import { wordsOf } from "./words";

const SHOWN = 40;

/** The spans of the text, from front to back. */
export function Parts({ session, field }: { session: Session; field: Field }) {
  const answer = session.answer(field) as SpanAnswer;
  const wrong = new Set(session.problems.value.map((problem) => problem.shape));
  return (
    <section class="parts">
      <h2>
        {t("On this item")} <span class="quiet num">{answer.spans.length || ""}</span>
      </h2>
      {answer.spans.length === 0 && (
        <p class="quiet">{t("Nothing marked yet. Select some text, then press a label's key.")}</p>
      )}
      <ul>
        {answer.spans.map((span) => (
          <Part key={span.id} {...{ session, field, span }} wrong={wrong.has(span.id)} />
        ))}
      </ul>
    </section>
  );
}

function Part(props: { session: Session; field: Field; span: TextSpan; wrong: boolean }) {
  const { session, field, span, wrong } = props;
  const label = session.labels.get(span.label);
  const name = label ? pick(label.name) : span.label;
  const held = session.selected.value === span.id && session.field.value.id === field.id;
  const words = wordsOf(session.task.value?.item.text ?? "", span, SHOWN);
  const take = () => {
    session.activate(field.id);
    session.selected.value = span.id;
  };
  const remove = () => {
    session.change(field, removeSpan(session.answer(field) as SpanAnswer, span.id), { selected: null });
  };
  return (
    <li class={[held && "on", isSuggested(span) && "suggested"].filter(Boolean).join(" ")}>
      <button type="button" aria-pressed={held} title={name} onClick={take}>
        <i class="swatch" style={{ background: label?.color ?? "#888" }} />
        <span class="name">
          <bdi>{words}</bdi> <small class="quiet">{name}</small>{" "}
          <SaidOfPart {...{ session }} parent={field} part={span.id} />
        </span>
        {wrong && (
          <b class="bad" title={t("A check does not hold")}>
            !
          </b>
        )}
      </button>
      <button
        type="button"
        class="remove"
        aria-label={t("Remove {name}", { name: `${name}: ${words}` })}
        onClick={remove}
      >
        ×
      </button>
    </li>
  );
}
