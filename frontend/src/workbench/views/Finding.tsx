import { kindOf } from "../../kinds";
import { pick, t } from "../../words";
import type { Bench } from "../bench";
import type { Field, Found } from "../boot";
import { changeLines } from "../changes";
import { readAnswers } from "../session";
import { Key } from "./Key";
import { keepFocus } from "./Labels";

/** So many parts are told one by one; all of them are shown on the item. */
const MOST_TOLD = 12;

/** What an inspector found on the item, in the reader's language, with the correction where one was made. */
export function Finding({ bench, found }: { bench: Bench; found: Found }) {
  const { clauses } = bench.session.rulebook;
  const clause = clauses.find((each) => each.id === found.clause);
  const look = () => {
    bench.session.clause.value = clause?.id ?? null;
  };
  // The server sends these sentences along with the page's other words.
  const { what: msgidWhat, severity: msgidSeverity } = found;
  return (
    <div class="note found">
      <p>
        <b>{t("Came back")}</b> {t(msgidWhat)} <span class="quiet">{t(msgidSeverity)}</span>
        {found.clause && (
          <>
            {" · "}
            <button type="button" class="plain cited" disabled={!clause} onMouseDown={keepFocus} onClick={look}>
              <span class="num">{found.clause}</span> {clause && pick(clause.title)}
            </button>
          </>
        )}
        {found.note && <q>{found.note}</q>}{" "}
        <a href={`/projects/${bench.parts.boot.project.id}/my-findings`}>{t("Not right?")}</a>
      </p>
      {found.right && <Right bench={bench} right={found.right} judged={found.judged} />}
    </div>
  );
}

function Right({
  bench,
  right,
  judged,
}: {
  bench: Bench;
  right: NonNullable<Found["right"]>;
  judged: Found["judged"];
}) {
  const { rulebook } = bench.session;
  const [is, was] = [readAnswers(rulebook, right), readAnswers(rulebook, judged)];
  const changed = rulebook.fields.filter((field) => {
    const kind = kindOf(field);
    const wire = (answer = kind.empty()) => JSON.stringify(kind.encode(answer));
    return wire(is[field.id]) !== wire(was[field.id]);
  });
  return (
    <p class="right">
      <span class="quiet">{t("Should have been")}</span>{" "}
      {changed.map((field) => (
        <span key={field.id}>
          {rulebook.fields.length > 1 && <span class="quiet">{pick(field.title)} </span>}
          {said(field).map(({ name, is: now }) => (
            <span class={name === null ? "" : "part"} key={name ?? ""}>
              {name !== null && <span class="quiet">{name} </span>}
              <ins>{now === "–" ? t("nothing marked") : now}</ins>{" "}
            </span>
          ))}
        </span>
      ))}
      <label>
        <input
          type="checkbox"
          checked={bench.returned.shows.value}
          onChange={(event) => {
            bench.returned.shows.value = event.currentTarget.checked;
          }}
        />
        {t("Show it")} <Key bench={bench} act="show-right" />
      </label>
      <button type="button" onMouseDown={keepFocus} onClick={() => bench.returned.takeOver()}>
        {t("Take it over")} <Key bench={bench} act="take-right" />
      </button>
    </p>
  );

  function said(field: Field) {
    return changeLines(bench.session, field, was[field.id], is[field.id], is).slice(0, MOST_TOLD);
  }
}
