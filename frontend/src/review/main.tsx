/** The page of those who judge: an inspector's, on the workbench's own canvas and sheets. */
import { render } from "preact";
import { applyTheme } from "../theme";
import "../workbench/workbench.css";
import "../kinds/span/span.css";
import "../workbench/labeltree.css";
import "../comparison/comparison.css";
import { setWords } from "../words";
import { readBoot } from "../workbench/boot";
import { browserParts, guarded } from "../workbench/page";
import type { InspectionBoot } from "./boot";
import { Inspection } from "./inspection";
import "./review.css";
import { InspectionPage } from "./views/InspectionPage";

function start(): void {
  const boot = readBoot(document) as InspectionBoot;
  setWords(boot.locale, boot.words);
  applyTheme();
  const root = document.getElementById("workbench");
  const bench = new Inspection(browserParts(boot));
  const guard = guarded(bench, `judging-${boot.owner}`);
  if (root) render(<InspectionPage bench={bench} guard={guard} />, root);
}

start();
