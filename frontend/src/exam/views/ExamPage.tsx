import { Practice } from "../../practice/practice";
import { Marking } from "../../practice/views/Marking";
import { App } from "../../review/views/App";
import { Head } from "../../review/views/Head";
import { t } from "../../words";
import type { TabGuard } from "../../workbench/tabs";
import type { ExamBench, ExamClock } from "../exam";

const AT_END = ["submit", "undo", "cite", "mine"];
const AT_ONCE = ["submit", "show-right", "undo", "cite"];

interface Props {
  readonly bench: ExamBench;
  readonly clock: ExamClock;
  readonly guard: TabGuard;
}

export function ExamPage({ bench, clock, guard }: Props) {
  const atOnce = bench instanceof Practice;
  const title = t("You sit this paper in another tab");
  const text = t("Go on there, or move your work here; nothing is lost.");
  return (
    <App
      {...{ bench, guard }}
      inSight={atOnce ? AT_ONCE : AT_END}
      elsewhere={{ title, text }}
      head={<Where bench={bench} clock={clock} />}
      panel={atOnce ? <Marking bench={bench} /> : null}
      nothing={<Done bench={bench} />}
    />
  );
}

function Where({ bench, clock }: Omit<Props, "guard">) {
  const { exam, round } = bench.parts.boot;
  return (
    <Head bench={bench} where={`${round.kind_name} ${round.number}`}>
      <span>
        <span class="num">
          {Math.min(bench.done.value, exam.size)} / {exam.size}
        </span>{" "}
        <small>{t("questions answered")}</small>
      </span>
      {clock.left.value !== null && (
        <span class={clock.isShort.value ? "time short" : "time"} role="timer">
          <span class="num">{clock.said.value}</span> <small>{t("left")}</small>
        </span>
      )}
    </Head>
  );
}

/** No question is left: it is handed in on the paper's own page, where it can be looked over first. */
function Done({ bench }: { bench: ExamBench }) {
  const { urls } = bench.parts.boot;
  return (
    <>
      <h2>{t("No question is left")}</h2>
      <p class="quiet">{t("The paper counts once you hand it in.")}</p>
      <div class="acts">
        <a class="button primary" href={urls.back}>
          {t("To the paper, to hand it in")}
        </a>
      </div>
    </>
  );
}
