import { pick, t } from "../../words";
import type { Bench } from "../../workbench/bench";
import { Key } from "../../workbench/views/Key";
import { keepFocus } from "../../workbench/views/Labels";

/** The clause that a verdict or a ruling rests on, picked from the rules below. */
export function Clause({ bench }: { bench: Bench & { readonly clause: string | null } }) {
  const { clause, session } = bench;
  const title = session.rulebook.clauses.find((each) => each.id === clause)?.title;
  if (session.rulebook.clauses.length === 0) return null;
  return (
    <p class="resting">
      {clause ? (
        <>
          <span class="quiet">{t("Clause")}</span> <b class="num">{clause}</b> {title && pick(title)}{" "}
          <button
            type="button"
            class="plain"
            aria-label={t("Take the clause away")}
            onMouseDown={keepFocus}
            onClick={() => session.cite(clause)}
          >
            ×
          </button>
        </>
      ) : (
        <span class="quiet">
          {t("Cite a clause from the rules below")} <Key bench={bench} act="cite" />
        </span>
      )}
    </p>
  );
}
