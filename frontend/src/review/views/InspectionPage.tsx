import { t } from "../../words";
import type { TabGuard } from "../../workbench/tabs";
import type { Inspection } from "../inspection";
import { App } from "./App";
import { Head } from "./Head";
import { Verdict } from "./Verdict";

const IN_SIGHT = ["pass", "defect", "state", "undo", "go-back", "cite", "question"];

export function InspectionPage({ bench, guard }: { bench: Inspection; guard: TabGuard }) {
  const title = t("This lot is being inspected in another tab");
  const text = t("Go on there, or move your work here; nothing is lost.");
  return (
    <App
      {...{ bench, guard }}
      inSight={IN_SIGHT}
      elsewhere={{ title, text }}
      head={<Where bench={bench} />}
      panel={<Verdict bench={bench} />}
      nothing={<Judged bench={bench} />}
    />
  );
}

const whereOf = ({ boot }: Inspection) =>
  boot.reads ? t("Acceptance {number}", { number: boot.lot.number }) : t("Lot {number}", { number: boot.lot.number });

function Where({ bench }: { bench: Inspection }) {
  const { n, judged, defective } = bench.tally.value;
  const task = bench.judged.value;
  return (
    <Head bench={bench} where={whereOf(bench)}>
      {task && (
        <span>
          {t("Place {place} of {n}", { place: task.place, n })}
          {task.said && <span class="warn"> · {t("judged before")}</span>}
        </span>
      )}
      <span>
        <span class="num">{judged}</span> <small>{t("judged")}</small>
      </span>
      <span>
        <span class="num">{defective}</span> <small>{t("defective")}</small>
      </span>
    </Head>
  );
}

/** Nothing of this rulebook's share of the sample is left for this reader. */
function Judged({ bench }: { bench: Inspection }) {
  const { n, judged, defective } = bench.tally.value;
  const onTheWay = bench.outbox.waiting.value.length;
  const { back } = bench.boot.urls;
  return (
    <>
      <h2>{t("Nothing of the sample is left for you to judge.")}</h2>
      <p class="quiet">
        {onTheWay > 0
          ? t("{n} verdicts are on their way.", { n: onTheWay })
          : t("{judged} of {n} judged, {defective} defective.", { judged, n, defective })}
      </p>
      <div class="acts">
        <a class="button primary" href={back}>
          {bench.boot.reads
            ? t("Back to the acceptance")
            : t("Back to lot {number}", { number: bench.boot.lot.number })}
        </a>
        <button type="button" onClick={() => bench.next()}>
          {t("Look again")}
        </button>
      </div>
    </>
  );
}
