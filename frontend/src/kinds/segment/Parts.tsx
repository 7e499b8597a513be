import { clock } from "../../sound/clock";
import { deckOf } from "../../sound/deck";
import { pick, t } from "../../words";
import type { Field } from "../../workbench/boot";
import type { Session } from "../../workbench/session";
import { isSuggested } from "../../workbench/suggested";
import { SaidOfPart } from "../../workbench/views/SaidOfPart";
import { removeSegment, type Segment, type SegmentAnswer } from "./model";

/** The segments of the sound, from front to back. */
export function Parts({ session, field }: { session: Session; field: Field }) {
  const answer = session.answer(field) as SegmentAnswer;
  const wrong = new Set(session.problems.value.map((problem) => problem.shape));
  return (
    <section class="parts">
      <h2>
        {t("On this item")} <span class="quiet num">{answer.segments.length || ""}</span>
      </h2>
      {answer.segments.length === 0 && (
        <p class="quiet">
          {t("Nothing marked yet. Drag over the sound, or press I where it begins and O where it ends.")}
        </p>
      )}
      <ul>
        {answer.segments.map((segment) => (
          <Part key={segment.id} {...{ session, field, segment }} wrong={wrong.has(segment.id)} />
        ))}
      </ul>
    </section>
  );
}

function Part(props: { session: Session; field: Field; segment: Segment; wrong: boolean }) {
  const { session, field, segment, wrong } = props;
  const label = session.labels.get(segment.label);
  const name = label ? pick(label.name) : segment.label;
  const place = `${clock(segment.start, 1)} – ${clock(segment.end, 1)}`;
  const held = session.selected.value === segment.id && session.field.value.id === field.id;
  const take = () => {
    session.activate(field.id);
    session.selected.value = segment.id;
    deckOf(session).seek(segment.start);
  };
  const remove = () => {
    session.change(field, removeSegment(session.answer(field) as SegmentAnswer, segment.id), { selected: null });
  };
  return (
    <li class={[held && "on", isSuggested(segment) && "suggested"].filter(Boolean).join(" ")}>
      <button type="button" aria-pressed={held} onClick={take}>
        <i class="swatch" style={{ background: label?.color ?? "#888" }} />
        <span class="name">
          {name} <SaidOfPart {...{ session }} parent={field} part={segment.id} />
        </span>{" "}
        {wrong && (
          <b class="bad" title={t("A check does not hold")}>
            !
          </b>
        )}
        <span class="quiet num" title={place}>
          {clock(segment.start, 1)}
          <span class="unseen"> – {clock(segment.end, 1)}</span>
        </span>
      </button>
      <button
        type="button"
        class="remove"
        aria-label={t("Remove {name}", { name: `${name}, ${place}` })}
        onClick={remove}
      >
        ×
      </button>
    </li>
  );
}
