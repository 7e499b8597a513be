import { t } from "../../words";
import type { Field } from "../../workbench/boot";
import type { Session } from "../../workbench/session";
import { isSuggested } from "../../workbench/suggested";
import type { TextSpan } from "../span/model";
import { wordsOf } from "../span/words";
import { begin, heldOf, inText, linksOf, nameOf, originOf, remove, reverse, spansIn } from "./hand";
import { isSymmetric, type Link, mayJoin } from "./model";

const SHOWN = 24;

/** The links in the order of the text; each can be taken in hand, turned round and removed. */
export function Parts({ session, field }: { session: Session; field: Field }) {
  const links = inText(session, field);
  const spans = new Map(spansIn(session, field).map((span) => [span.id, span]));
  const wrong = new Set(session.problems.value.filter((each) => each.field === field.id).map((each) => each.shape));
  return (
    <section class="parts">
      <h2>
        {t("Links")} <span class="quiet num">{links.length || ""}</span>
      </h2>
      <Next {...{ session, field }} />
      <ul>
        {links.map((link) => (
          <Part
            key={link.id}
            {...{ session, field, link }}
            ends={[spans.get(link.from), spans.get(link.to)]}
            wrong={wrong.has(link.id)}
          />
        ))}
      </ul>
    </section>
  );
}

/** What comes next, and where a hand without keys begins a link. */
function Next({ session, field }: { session: Session; field: Field }) {
  const origin = originOf(session, field);
  const { aims, link } = heldOf(session, field);
  const words = origin && said(session, origin);
  if (aims) return <p class="quiet">{t("Now the other span: click it, or go there and press a label’s key.")}</p>;
  if (words && !link) {
    return (
      <button type="button" class="begin" onClick={() => begin(session, field)}>
        {t("Link from “{words}”", { words })}
      </button>
    );
  }
  if (linksOf(session, field).links.length > 0) return null;
  return (
    <p class="quiet">
      {t("Nothing linked yet. Drag from one span to another, or take a span and press a label’s key.")}
    </p>
  );
}

function said(session: Session, span: TextSpan): string {
  return wordsOf(session.task.value?.item.text ?? "", span, SHOWN);
}

interface PartProps {
  readonly session: Session;
  readonly field: Field;
  readonly link: Link;
  readonly ends: readonly [TextSpan | undefined, TextSpan | undefined];
  readonly wrong: boolean;
}

function Part({ session, field, link, ends: [from, to], wrong }: PartProps) {
  const held = session.selected.value === link.id && session.field.value.id === field.id;
  const [one, other] = [from, to].map((span) => (span ? said(session, span) : "?"));
  const way = isSymmetric(field, link.label) ? "—" : "→";
  const name = `${nameOf(session, link.label)}: ${one} ${way} ${other}`;
  const turns = from && to && way === "→" && mayJoin(field, link.label, to, from);
  const take = () => {
    session.activate(field.id);
    session.selected.value = link.id;
  };
  return (
    <li class={[held && "on", turns && "turns", isSuggested(link) && "suggested"].filter(Boolean).join(" ")}>
      <button type="button" aria-pressed={held} title={name} onClick={take}>
        <i class="swatch" style={{ background: session.labels.get(link.label)?.color ?? "#888" }} />
        <span class="name">
          <bdi>{one}</bdi> {way} <bdi>{other}</bdi> <small class="quiet">{nameOf(session, link.label)}</small>
        </span>
        {wrong && (
          <b class="bad" title={t("A check does not hold")}>
            !
          </b>
        )}
      </button>
      {turns && (
        <button
          type="button"
          class="remove turn"
          aria-label={t("Turn round {name}", { name })}
          onClick={() => reverse(session, field, link.id)}
        >
          ⇄
        </button>
      )}
      <button
        type="button"
        class="remove"
        aria-label={t("Remove {name}", { name })}
        onClick={() => remove(session, field, link.id)}
      >
        ×
      </button>
    </li>
  );
}
