/** The page of those who judge: inspectors and adjudicators, on the workbench's own canvas and sheets. */
import { render } from "preact";
import { applyTheme } from "../theme";
import "../workbench/workbench.css";
import "../kinds/mask/mask.css";
import "../kinds/span/span.css";
import "../kinds/relation/relation.css";
import "../kinds/text/text.css";
import "../kinds/soft/soft.css";
import "../kinds/contribution/contribution.css";
import "../workbench/labeltree.css";
import "../comparison/comparison.css";
import { setWords } from "../words";
import { readBoot } from "../workbench/boot";
import { browserParts, guarded } from "../workbench/page";
import { Adjudication } from "./adjudication";
import type { AdjudicationBoot, InspectionBoot } from "./boot";
import { Inspection } from "./inspection";
import "./review.css";
import { AdjudicationPage } from "./views/AdjudicationPage";
import { InspectionPage } from "./views/InspectionPage";

function start(): void {
  const boot = readBoot(document) as InspectionBoot | AdjudicationBoot;
  setWords(boot.locale, boot.words);
  applyTheme();
  const root = document.getElementById("workbench");
  if (root) render(open(boot), root);
}

function open(boot: InspectionBoot | AdjudicationBoot) {
  const desk = `judging-${boot.owner}`;
  if (boot.mode === "inspection") {
    const bench = new Inspection(browserParts(boot));
    bench.unseen.watch();
    return <InspectionPage bench={bench} guard={guarded(bench, desk)} />;
  }
  const bench = new Adjudication(browserParts(boot));
  bench.unseen.watch();
  return <AdjudicationPage bench={bench} guard={guarded(bench, desk)} />;
}

start();
