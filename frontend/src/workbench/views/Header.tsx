import { t } from "../../words";
import { NotYou } from "../api";
import { type Bench, sentence } from "../bench";

export function Header({ bench }: { bench: Bench }) {
  const { boot } = bench.parts;
  const { project, round, rulebook, urls } = boot;
  const left = bench.queue.left.value;
  return (
    <header class="head">
      <a class="brand" href={urls.back} title={t("Back to my work")}>
        {t("Guiju")}
      </a>
      <span class="where">
        <h1>{project.name}</h1>
        <span class="quiet">
          {round.kind_name} {round.number} · {t("Rules {version}", { version: rulebook.version })}
        </span>
      </span>
      <span class="right">
        <span>
          <span class="num">{bench.done.value}</span> <small>{t("done today")}</small>
        </span>
        {left !== null && (
          <span>
            <span class="num">{left}</span> <small>{t("items left")}</small>
          </span>
        )}
        <Saved bench={bench} />
      </span>
    </header>
  );
}

/** Where the submitted work is, honestly. */
export function Saved({ bench }: { bench: Bench }) {
  const { waiting, refused, trouble, durable } = bench.outbox;
  const n = waiting.value.length;
  const others = bench.leftovers.waiting.value.length;
  if (trouble.value && n > 0) return <Waiting bench={bench} trouble={trouble.value} n={n} />;
  if (refused.value.length > 0) return <span class="saved bad">{t("{n} refused", { n: refused.value.length })}</span>;
  if (n > 0 && !durable.value) return <span class="saved warn">{t("Sending {n}. Keep this page open.", { n })}</span>;
  if (n > 0) return <span class="saved quiet">{t("Sending {n}", { n })}</span>;
  if (others > 0) return <span class="saved warn">{t("{n} of another round wait here", { n: others })}</span>;
  return <span class="saved good">{t("Saved")}</span>;
}

function Waiting({ bench, trouble, n }: { bench: Bench; trouble: Error; n: number }) {
  const { durable } = bench.outbox;
  const kept = durable.value ? t("Kept in this browser; sent again by itself.") : t("Keep this page open.");
  const title = `${sentence(trouble)} ${kept}`;
  const inside = (
    <>
      {t("{n} waiting", { n })} <small>{durable.value ? sentence(trouble) : title}</small>
    </>
  );
  // In a tab of its own: this page, and what is in the hand, stay as they are.
  if (trouble instanceof NotYou) {
    return (
      <a class="saved warn" title={title} href="/sign-in?to=/work" target="_blank" rel="noreferrer">
        {inside} <b>{t("Sign in")}</b>
      </a>
    );
  }
  return (
    <button type="button" class="saved warn" title={title} onClick={() => bench.outbox.hurry()}>
      {inside}
    </button>
  );
}
