import { kindOf } from "../../kinds";
import { pick, t } from "../../words";
import type { Field } from "../../workbench/boot";
import { changeLines } from "../../workbench/changes";
import { readAnswers } from "../../workbench/session";
import { Key } from "../../workbench/views/Key";
import { keepFocus } from "../../workbench/views/Labels";
import type { Mark, Marked, Practice } from "../practice";

/** So many parts are told one by one; all of them are shown on the item. */
const MOST_TOLD = 12;

/** How right the answer was, what is right, by which clause and why; above the rule, where the eye goes next. */
export function Marking({ bench }: { bench: Practice }) {
  const marked = bench.marked.value;
  if (!marked) return bench.asked.value ? <Waiting bench={bench} /> : null;
  const { mark } = marked;
  return (
    <section class={`marking ${mark.verdict}`} aria-label={t("Marked")} aria-live="polite">
      <h2>
        {verdict(mark)} {mark.verdict === "part" && <span class="num">{Math.round(mark.score * 100)}%</span>}
        {mark.polarity === "boundary" && <span class="tag">{t("Boundary case")}</span>}
      </h2>
      {mark.verdict !== "right" && <Told bench={bench} marked={marked} />}
      <Why bench={bench} mark={mark} />
      {mark.back_at !== null && <p class="quiet">{when(mark, mark.back_at)}</p>}
      <p class="acts">
        <button type="button" class="primary" onMouseDown={keepFocus} onClick={() => bench.goOn()}>
          {bench.isOver ? t("Finish") : t("Next")} <Key bench={bench} act="submit" />
        </button>
        {mark.verdict !== "right" && bench.paints && (
          <label>
            <input
              type="checkbox"
              checked={bench.showsRight.value}
              onChange={(event) => {
                bench.showsRight.value = event.currentTarget.checked;
              }}
            />
            {t("Show it on the item")} <Key bench={bench} act="show-right" />
          </label>
        )}
      </p>
    </section>
  );
}

function Waiting({ bench }: { bench: Practice }) {
  const held = bench.outbox.trouble.value !== null;
  return (
    <section class="marking" aria-live="polite">
      <p class="quiet">
        {held ? t("The answer is kept here; it is marked once the server can be reached.") : t("Marking …")}
      </p>
    </section>
  );
}

const verdict = (mark: Mark) =>
  mark.verdict === "right" ? t("Right") : mark.verdict === "part" ? t("Partly right") : t("Not right");

function when(mark: Mark, at: string): string {
  if (mark.again) return t("It comes once more today.");
  const date = new Date(at).toLocaleDateString(document.documentElement.lang || undefined, {
    month: "long",
    day: "numeric",
  });
  return t("It comes back on {date}.", { date });
}

function Told({ bench, marked }: { bench: Practice; marked: Marked }) {
  const { rulebook } = bench.session;
  const [was, is] = [readAnswers(rulebook, marked.given), readAnswers(rulebook, marked.mark.right)];
  const wire = (field: Field, answers: typeof was) => {
    const kind = kindOf(field);
    return JSON.stringify(kind.encode(answers[field.id] ?? kind.empty()));
  };
  // What the known answer leaves out was not marked.
  const wrong = rulebook.fields.filter((field) => is[field.id] && wire(field, was) !== wire(field, is));
  return (
    <dl>
      {wrong.map((field) =>
        changeLines(bench.session, field, was[field.id], is[field.id], is)
          .slice(0, MOST_TOLD)
          .map((line) => (
            <div key={`${field.id}:${line.name ?? ""}`}>
              <dt>
                {rulebook.fields.length > 1 && pick(field.title)} {line.name}
              </dt>
              <dd>
                <ins>{line.is === "–" ? t("nothing marked") : line.is}</ins> <span class="quiet">{t("you said")}</span>{" "}
                <del>{line.was === "–" ? t("nothing marked") : line.was}</del>
              </dd>
            </div>
          )),
      )}
    </dl>
  );
}

function Why({ bench, mark }: { bench: Practice; mark: Mark }) {
  const clause = bench.session.rulebook.clauses.find((each) => each.id === mark.clause);
  const note = pick({ zh: mark.note.zh ?? "", en: mark.note.en ?? "" });
  if (!note && !mark.clause) return null;
  return (
    <p class="why">
      {note}{" "}
      {mark.clause && (
        <span class="num" title={clause ? pick(clause.title) : ""}>
          {mark.clause}
        </span>
      )}{" "}
      {clause && <span class="quiet">{pick(clause.title)}</span>}
    </p>
  );
}
