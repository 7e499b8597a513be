import { t } from "../../words";
import type { Bench } from "../bench";
import type { Suggestion as Told } from "../boot";
import { percent } from "../suggested";
import { Key } from "./Key";
import { keepFocus } from "./Labels";

/** Above the item: who suggests what, how much of it is still to be looked at, and what can be done with it. */
export function Suggestion({ bench }: { bench: Bench }) {
  const suggestion = bench.prefill.suggestion.value;
  if (!bench.parts.boot.round.suggests || bench.session.task.value === null) return null;
  if (!suggestion) return <p class="suggestion none quiet">{t("Nothing is suggested for this item.")}</p>;
  const n = bench.prefill.pending.value.length;
  return (
    <section class="suggestion" aria-label={t("Suggestion")}>
      <span class="who">
        {suggestion.kind === "record" ? (
          t("What holds for the item now")
        ) : (
          <>
            {t("Suggested by")} <b>{suggestion.annotator}</b>
          </>
        )}
        {suggestion.confidence !== null && <span class="num"> {percent(suggestion.confidence)}</span>}
      </span>
      <span class="quiet" role="status">
        {n > 0 ? t("{n} left: submitting accepts them.", { n }) : t("Nothing is left as suggested.")}
      </span>
      <Threshold bench={bench} suggestion={suggestion} />
      <Acts bench={bench} />
    </section>
  );
}

function Acts({ bench }: { bench: Bench }) {
  const names: Readonly<Record<string, string>> = {
    "accept-suggested": t("Accept"),
    "reject-suggested": t("Reject"),
    "reject-all": t("Reject all"),
  };
  const shown = bench.prefill.acts.filter(({ id }) => id in names);
  return (
    <span class="acts">
      {shown.map((act) => (
        <button
          key={act.id}
          type="button"
          class="plain"
          title={act.label()}
          disabled={!act.when(bench)}
          onMouseDown={keepFocus}
          onClick={() => act.run(bench)}
        >
          <Key bench={bench} act={act.id} /> {names[act.id]}
        </button>
      ))}
    </span>
  );
}

/** Only where parts bear scores is there anything to hide by them. */
function Threshold({ bench, suggestion }: { bench: Bench; suggestion: Told }) {
  if (Object.keys(suggestion.scores).length === 0) return null;
  const below = bench.settings.hideBelow.value;
  const hidden = bench.prefill.hidden.value;
  return (
    <label class="threshold">
      {t("Hide below")} <output class="num">{percent(below)}</output>
      <input
        type="range"
        min="0"
        max="100"
        step="5"
        value={Math.round(below * 100)}
        // Back to the item: keys are for answers again.
        onPointerUp={(event) => event.currentTarget.blur()}
        onInput={(event) => bench.prefill.hideBelow(Number(event.currentTarget.value) / 100)}
      />
      {hidden > 0 && <small class="quiet">{t("{n} hidden", { n: hidden })}</small>}
    </label>
  );
}
