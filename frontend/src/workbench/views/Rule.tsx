import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { pick, t } from "../../words";
import type { Bench } from "../bench";
import type { Clause } from "../boot";
import type { Problem } from "../checks";
import { matches } from "../matching";
import { Examples } from "./Examples";
import { Key } from "./Key";
import { NewRulings } from "./NewRulings";
import { Rulings } from "./Rulings";

/** The rule beside the item: what does not hold, what the label in focus means, its clauses and examples. */
export function Rule({ bench }: { bench: Bench }) {
  const [words, setWords] = useState("");
  const focus = bench.focus.value;
  const found =
    words === "" ? focus.clauses : bench.session.rulebook.clauses.filter((clause) => matches(textOf(clause), words));
  const picked = focus.label;
  return (
    <aside class="rule" aria-label={t("The rule")}>
      <Search bench={bench} words={words} onWords={setWords} />
      <Failures bench={bench} />
      <NewRulings bench={bench} />
      {picked && words === "" && (
        <section class="meaning">
          <h2>
            <i class="swatch" style={{ background: picked.color }} />
            {pick(picked.name)}
          </h2>
          <p>{pick(picked.definition)}</p>
        </section>
      )}
      {found.map((clause) => (
        <ClauseText key={clause.id} bench={bench} clause={clause} />
      ))}
      {found.length === 0 && (
        <p class="quiet">{words ? t("No clause has these words.") : t("This rulebook has no clauses yet.")}</p>
      )}
      <Examples bench={bench} words={words} />
      <Rulings bench={bench} words={words} />
    </aside>
  );
}

function Search({ bench, words, onWords }: { bench: Bench; words: string; onWords: (words: string) => void }) {
  const input = useRef<HTMLInputElement>(null);
  useLayoutEffect(() => {
    bench.searchField = input.current;
  }, [bench]);
  const leave = (event: KeyboardEvent) => {
    if (event.key !== "Escape") return;
    onWords("");
    input.current?.blur();
  };
  return (
    <label class="search">
      <span class="unseen">{t("Search the rules")}</span>
      <input
        ref={input}
        type="search"
        placeholder={t("Search the rules")}
        value={words}
        onInput={(event) => onWords(event.currentTarget.value.trim())}
        onKeyDown={leave}
      />
      {bench.trees.size === 0 && <Key bench={bench} act="search" />}
    </label>
  );
}

function textOf({ id, title, html }: Clause): string {
  return [id, title.zh, title.en, html.zh, html.en].join(" ").replace(/<[^>]+>/g, "");
}

/** The checks that do not hold now, each once, with what it is about. */
function Failures({ bench }: { bench: Bench }) {
  const { session } = bench;
  if (!session.task.value) return null;
  const failed = session.problems.value.filter((problem) => problem.check !== null);
  const byCheck = group(failed);
  return (
    <>
      {byCheck.map((problems) => (
        <Failure key={problems[0]?.check?.id} bench={bench} problems={problems} />
      ))}
    </>
  );
}

function group(problems: readonly Problem[]): Problem[][] {
  const ids = [...new Set(problems.map((each) => each.check?.id))];
  return ids.map((id) => problems.filter((each) => each.check?.id === id));
}

function Failure({ bench, problems }: { bench: Bench; problems: readonly Problem[] }) {
  const check = problems[0]?.check;
  if (!check) return null;
  const show = () => {
    bench.session.activate(check.field);
    bench.session.selected.value = problems[0]?.shape ?? null;
    if (check.clause) bench.session.clause.value = check.clause;
  };
  return (
    <div class="says bad" role="alert">
      <button type="button" class="plain" onClick={show}>
        <b>{t("Check")}</b> {problems.length > 1 && <span class="num">× {problems.length}</span>}
        {check.clause && <span class="num quiet"> {check.clause}</span>}
        <br />
        {pick(check.message)}
      </button>
    </div>
  );
}

function ClauseText({ bench, clause }: { bench: Bench; clause: Clause }) {
  const { session } = bench;
  const cited = session.cited.value.includes(clause.id);
  const focused = bench.focusClause.value === clause.id;
  const html = { __html: pick(clause.html) };
  const place = useRef<HTMLElement>(null);
  const wanted = session.clause.value === clause.id;
  useEffect(() => {
    // what was picked elsewhere (a ruling, a check) is brought into sight; what is in sight stays where it is
    if (wanted) place.current?.scrollIntoView({ block: "nearest" });
  }, [wanted]);
  const look = () => {
    session.clause.value = clause.id;
  };
  return (
    <section ref={place} class={`clause${focused ? " focused" : ""}${cited ? " cited" : ""}`}>
      <h2>
        <button type="button" class="plain" onMouseDown={(event) => event.preventDefault()} onClick={look}>
          <span class="num">{clause.id}</span> {pick(clause.title)}
        </button>
        {(focused || cited) && (
          <button
            type="button"
            class="cite"
            aria-pressed={cited}
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => session.cite(clause.id)}
          >
            {cited ? t("Cited") : t("Cite")} {focused && <Key bench={bench} act="cite" />}
          </button>
        )}
      </h2>
      <div class="html" dangerouslySetInnerHTML={html} />
    </section>
  );
}
