import { pick } from "../../words";
import type { Field } from "../../workbench/boot";
import type { Session } from "../../workbench/session";
import { pointOf, pointsOf, type RatingAnswer, scaleOf } from "./model";

const DIGITS = [1, 2, 3, 4, 5, 6, 7, 8, 9];

/** The points of the scale, the highest on top, with the words that the rulebook gives them. */
export function Points({ session, field }: { session: Session; field: Field }) {
  const scale = scaleOf(field);
  const held = (session.answer(field) as RatingAnswer).value;
  const keys = new Map(DIGITS.map((digit) => [pointOf(field, digit), digit]));
  const words = new Map(scale.anchors.map((anchor) => [anchor.at, pick(anchor)]));
  return (
    <div class="points">
      {pointsOf(scale)
        .reverse()
        .map((point) => (
          <button
            key={point}
            type="button"
            aria-pressed={held === point}
            class={held === point ? "row on" : "row"}
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => rate(session, field, point)}
          >
            <b class="num">{point}</b>
            <span class="name">{words.get(point)}</span>
            {keys.has(point) && <kbd>{keys.get(point)}</kbd>}
          </button>
        ))}
    </div>
  );
}

export function rate(session: Session, field: Field, value: number): void {
  session.change(field, { kind: "rating", value } as RatingAnswer);
}
