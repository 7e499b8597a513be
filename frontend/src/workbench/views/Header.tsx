import { t } from "../../words";
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
        <b>{project.name}</b>
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
  if (trouble.value && n > 0) {
    const text = t("{n} waiting", { n });
    const kept = durable.value ? t("Kept in this browser; sent again by itself.") : t("Keep this page open.");
    return (
      <button
        type="button"
        class="saved warn"
        title={`${sentence(trouble.value)} ${kept}`}
        onClick={() => bench.outbox.hurry()}
      >
        {text} <small>{sentence(trouble.value)}</small>
      </button>
    );
  }
  if (refused.value.length > 0) return <span class="saved bad">{t("{n} refused", { n: refused.value.length })}</span>;
  if (n > 0) return <span class="saved quiet">{t("Sending {n}", { n })}</span>;
  return <span class="saved good">{t("Saved")}</span>;
}
