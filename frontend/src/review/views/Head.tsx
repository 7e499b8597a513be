import type { ComponentChildren } from "preact";
import { t } from "../../words";
import type { Bench } from "../../workbench/bench";
import { Saved } from "../../workbench/views/Header";

/** Where one is and how far, in the place of the workbench's own head. */
export function Head({ bench, where, children }: { bench: Bench; where: string; children: ComponentChildren }) {
  const { project, rulebook, urls } = bench.parts.boot;
  return (
    <header class="head">
      <a class="brand" href={urls.back} title={t("Back")}>
        {t("Guiju")}
      </a>
      <span class="where">
        <h1>{project.name}</h1>
        <span class="quiet">
          {where} · {t("Rules {version}", { version: rulebook.version })}
        </span>
      </span>
      <span class="right">
        {children}
        <Saved bench={bench} />
      </span>
    </header>
  );
}
