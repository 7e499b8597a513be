import { pick, t } from "../../words";
import type { Field } from "../../workbench/boot";
import type { Session } from "../../workbench/session";
import { byShare, give, percent, pointsOf, restOf, type SoftAnswer, shareOf, take } from "./model";

const stay = (event: Event) => event.preventDefault();

/** The labels with a bar for the share of each, and what is left to give. */
export function Shares({ session, field }: { session: Session; field: Field }) {
  const answer = session.answer(field) as SoftAnswer;
  const rest = restOf(answer);
  const most = byShare(answer, field.labels)[0];
  const points = pointsOf(field);
  return (
    <div class="shares">
      <ul>
        {field.labels.map((label, at) => (
          <Share key={label} {...{ session, field, label }} place={at + 1} most={label === most} />
        ))}
      </ul>
      <p class={rest > 0 ? "rest" : "rest quiet"} role="status">
        {rest > 0
          ? t("{n} of {points} left to give", { n: Math.round(rest * points * 10) / 10, points })
          : t("All {points} are given", { points })}
      </p>
    </div>
  );
}

interface ShareProps {
  readonly session: Session;
  readonly field: Field;
  readonly label: string;
  readonly place: number;
  readonly most: boolean;
}

function Share({ session, field, label, place, most }: ShareProps) {
  const known = session.labels.get(label);
  const name = known ? pick(known.name) : label;
  const share = shareOf(session.answer(field) as SoftAnswer, label);
  const key = known?.hotkey?.toUpperCase() ?? (place <= 9 ? String(place) : null);
  const point = (to: string | null) => {
    session.pointed.value = to;
  };
  return (
    <li class={most ? "on" : ""} onPointerEnter={() => point(label)} onPointerLeave={() => point(null)}>
      <button
        type="button"
        {...(key && { "aria-keyshortcuts": key })}
        onMouseDown={stay}
        onClick={() => more(session, field, label)}
      >
        <i class="swatch" style={{ background: known?.color ?? "#888" }} />
        <span class="name">{name}</span>
        <span class="num">{share > 0 ? percent(share) : <span class="unseen">0%</span>}</span>
        {key && <kbd>{key}</kbd>}
        <span class="bar" aria-hidden="true">
          <i style={{ width: percent(share), background: known?.color ?? "#888" }} />
        </span>
      </button>
      <button
        type="button"
        class="less"
        disabled={share === 0}
        aria-label={t("A step less for {label}", { label: name })}
        onMouseDown={stay}
        onClick={() => less(session, field, label)}
      >
        −
      </button>
    </li>
  );
}

export function more(session: Session, field: Field, label: string): void {
  hold(session, field, label);
  session.change(field, give(session.answer(field) as SoftAnswer, label, field));
}

export function less(session: Session, field: Field, label: string): void {
  hold(session, field, label);
  session.change(field, take(session.answer(field) as SoftAnswer, label, field));
}

/** The rule beside the item is the one of the label that was given to last. */
function hold(session: Session, field: Field, label: string): void {
  session.activate(field.id);
  session.inHand.value = { ...session.inHand.value, [field.id]: label };
}
