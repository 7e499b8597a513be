import { useState } from "preact/hooks";
import { t } from "../../words";
import type { Bench } from "../bench";
import type { Ruling } from "../boot";
import { matches } from "../matching";

const FEW = 5;

/** What was ruled on others' questions, newest first; while somebody searches, the rulings with their words. */
export function Rulings({ bench, words }: { bench: Bench; words: string }) {
  const [all, setAll] = useState(false);
  const { rulings } = bench.parts.boot;
  const found = words === "" ? rulings : rulings.filter((each) => matches(textOf(each), words));
  if (found.length === 0) return null;
  const shown = all || words !== "" ? found : found.slice(0, FEW);
  return (
    <section class="rulings" aria-label={t("Rulings")}>
      <h2>{t("Rulings")}</h2>
      <ol>
        {shown.map((each) => (
          <RulingText key={each.id} bench={bench} ruling={each} />
        ))}
      </ol>
      {shown.length < found.length && (
        <button type="button" class="plain quiet" onClick={() => setAll(true)}>
          {t("Show all {n}", { n: found.length })}
        </button>
      )}
    </section>
  );
}

function textOf({ clause, text, question }: Ruling): string {
  return [clause, text, question].join(" ");
}

export function RulingText({ bench, ruling, note = null }: { bench: Bench; ruling: Ruling; note?: string | null }) {
  const { session, boot } = { session: bench.session, boot: bench.parts.boot };
  const known = session.rulebook.clauses.some((each) => each.id === ruling.clause);
  const look = () => {
    session.clause.value = ruling.clause;
  };
  return (
    <li>
      <p class="quiet">
        <time dateTime={ruling.at}>{day(ruling.at, boot.locale)}</time>{" "}
        {ruling.clause &&
          (known ? (
            <button type="button" class="plain num" onMouseDown={(event) => event.preventDefault()} onClick={look}>
              {ruling.clause}
            </button>
          ) : (
            <span class="num">{ruling.clause}</span>
          ))}
        {note && <b class="note"> {note}</b>}
      </p>
      {ruling.question && <p class="quiet asked">{ruling.question}</p>}
      <p>{ruling.text}</p>
    </li>
  );
}

function day(at: string, locale: string): string {
  return new Date(at).toLocaleDateString(locale, { month: "short", day: "numeric" });
}
