/** The page on which a person practises, on the workbench's own canvas and sheets. */
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
import "../review/review.css";
import "./practice.css";
import { setWords } from "../words";
import { readBoot } from "../workbench/boot";
import { browserParts, guarded } from "../workbench/page";
import { Practice, type PracticeBoot } from "./practice";
import { PracticePage } from "./views/PracticePage";

function start(): void {
  const boot = readBoot(document) as PracticeBoot;
  setWords(boot.locale, boot.words);
  applyTheme();
  const root = document.getElementById("workbench");
  const bench = new Practice(browserParts(boot));
  if (root) render(<PracticePage bench={bench} guard={guarded(bench, `practice-${boot.owner}`)} />, root);
}

start();
