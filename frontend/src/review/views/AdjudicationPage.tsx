import { t } from "../../words";
import type { TabGuard } from "../../workbench/tabs";
import type { Adjudication } from "../adjudication";
import { App } from "./App";
import { Head } from "./Head";
import { Ruling } from "./Ruling";

const IN_SIGHT = ["rule", "look-next", "reason", "later", "undo", "cite"];

export function AdjudicationPage({ bench, guard }: { bench: Adjudication; guard: TabGuard }) {
  const title = t("These items are being ruled on in another tab");
  const text = t("Go on there, or move your work here; nothing is lost.");
  return (
    <App
      {...{ bench, guard }}
      inSight={IN_SIGHT}
      elsewhere={{ title, text }}
      head={<Where bench={bench} />}
      panel={<Ruling bench={bench} />}
      nothing={<NoneLeft bench={bench} />}
    />
  );
}

function Where({ bench }: { bench: Adjudication }) {
  const { round } = bench.boot;
  const left = bench.queue.left.value;
  return (
    <Head bench={bench} where={`${t("Adjudication")} · ${round.kind_name} ${round.number}`}>
      <span>
        <span class="num">{bench.done.value}</span> <small>{t("ruled on")}</small>
      </span>
      {left !== null && (
        <span>
          <span class="num">{left}</span> <small>{t("undecided")}</small>
        </span>
      )}
    </Head>
  );
}

function NoneLeft({ bench }: { bench: Adjudication }) {
  const onTheWay = bench.outbox.waiting.value.length;
  return (
    <>
      <h2>{t("Nothing is left here for you to rule on.")}</h2>
      <p class="quiet">
        {onTheWay > 0
          ? t("{n} rulings are on their way.", { n: onTheWay })
          : t("What you left for later stays in the list.")}
      </p>
      <div class="acts">
        <a class="button primary" href={bench.boot.urls.back}>
          {t("Back to the undecided items")}
        </a>
      </div>
    </>
  );
}
