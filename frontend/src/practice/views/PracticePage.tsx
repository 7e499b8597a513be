import { App } from "../../review/views/App";
import { Head } from "../../review/views/Head";
import { t } from "../../words";
import type { TabGuard } from "../../workbench/tabs";
import type { Practice } from "../practice";
import { Marking } from "./Marking";

const IN_SIGHT = ["submit", "show-right", "undo", "question", "cite"];

export function PracticePage({ bench, guard }: { bench: Practice; guard: TabGuard }) {
  const title = t("You practise in another tab");
  const text = t("Go on there, or move your work here; nothing is lost.");
  return (
    <App
      {...{ bench, guard }}
      inSight={IN_SIGHT}
      elsewhere={{ title, text }}
      head={<Where bench={bench} />}
      panel={<Marking bench={bench} />}
      nothing={<Done bench={bench} />}
    />
  );
}

function Where({ bench }: { bench: Practice }) {
  const { n, right } = bench.sum.value;
  const left = bench.queue.left.value;
  const { most } = bench.parts.boot;
  const ahead = most === null ? (left ?? 0) + bench.queue.tasks.value.length : Math.max(0, most - n);
  return (
    <Head bench={bench} where={t("Practice")}>
      <span>
        <span class="num">{n}</span> <small>{t("answered here")}</small>
      </span>
      {n > 0 && (
        <span>
          <span class="num">{Math.round((right / n) * 100)}%</span> <small>{t("right")}</small>
        </span>
      )}
      <span>
        <span class="num">{ahead}</span> <small>{t("to come")}</small>
      </span>
    </Head>
  );
}

/** Nothing is due any more: what was done, and when there is something again. */
function Done({ bench }: { bench: Practice }) {
  const { n, right } = bench.sum.value;
  const { urls, most } = bench.parts.boot;
  return (
    <>
      <h2>{most === null ? t("Done for today") : t("Done with this lesson's questions")}</h2>
      <p class="quiet">
        {n > 0
          ? t("{n} answered, {share}% right. What was wrong comes back spaced.", {
              n,
              share: Math.round((right / n) * 100),
            })
          : t("Nothing is due now.")}
      </p>
      <div class="acts">
        <a class="button primary" href={urls.back}>
          {most === null ? t("See what sits and what does not") : t("Back to the lesson")}
        </a>
      </div>
    </>
  );
}
