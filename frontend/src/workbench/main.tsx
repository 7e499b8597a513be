/** The workbench's page: boot data in, everything wired once. */
import { render } from "preact";
import { applyTheme } from "../theme";
import { setWords } from "../words";
import "./workbench.css";
import "../kinds/mask/mask.css";
import "../kinds/span/span.css";
import "../kinds/relation/relation.css";
import "../kinds/text/text.css";
import "../kinds/soft/soft.css";
import "../kinds/contribution/contribution.css";
import "./labeltree.css";
import "../comparison/comparison.css";
import "./prefill.css";
import { Bench } from "./bench";
import { readBoot } from "./boot";
import { browserParts, guarded } from "./page";
import { App } from "./views/App";

function start(): void {
  const boot = readBoot(document);
  setWords(boot.locale, boot.words);
  applyTheme();
  const bench = new Bench(browserParts(boot));
  const guard = guarded(bench, `round-${boot.person.id}-${boot.round.id}`);
  bench.unseen.watch();
  const root = document.getElementById("workbench");
  if (root) render(<App bench={bench} guard={guard} />, root);
}

start();
