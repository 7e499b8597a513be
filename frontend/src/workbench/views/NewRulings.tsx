import { t } from "../../words";
import type { Bench } from "../bench";
import { Key } from "./Key";
import { RulingText } from "./Rulings";

/** What was ruled since this person looked last; each is shown once. */
export function NewRulings({ bench }: { bench: Bench }) {
  const { unseen } = bench;
  const shown = unseen.shown.value;
  if (shown.length === 0) return null;
  const more = unseen.all.value.length - shown.length;
  return (
    <section class="rulings unseen-rulings" aria-label={t("New rulings")} aria-live="polite">
      <h2>
        {t("New rulings")} {more > 0 && <span class="num quiet">+{more}</span>}
        <button
          type="button"
          class="cite"
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => unseen.see(shown.map((each) => each.id))}
        >
          {t("Read")} <Key bench={bench} act="rulings-read" />
        </button>
      </h2>
      <ol>
        {shown.map((each) => (
          <RulingText
            key={each.id}
            bench={bench}
            ruling={each}
            note={unseen.isAboutItem(each) ? t("about an item like this one") : null}
          />
        ))}
      </ol>
    </section>
  );
}
