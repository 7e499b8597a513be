/** The page on which a paper is sat, on the workbench's own canvas and sheets. */
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
import "../practice/practice.css";
import "./exam.css";
import { setWords } from "../words";
import { readBoot } from "../workbench/boot";
import { browserParts, guarded } from "../workbench/page";
import { AtEnd, AtOnce, type ExamBoot, ExamClock, timeOver } from "./exam";
import { ExamPage } from "./views/ExamPage";

function start(): void {
  const boot = readBoot(document) as ExamBoot;
  setWords(boot.locale, boot.words);
  applyTheme();
  const parts = browserParts(boot);
  const bench = boot.exam.marks === null ? new AtEnd(parts) : new AtOnce(parts);
  const until = boot.exam.until === null ? null : Date.parse(boot.exam.until);
  const leave = () => location.assign(boot.urls.back);
  const clock = new ExamClock(
    until,
    () => Date.now() + parts.api.skew,
    () => timeOver(bench),
    leave,
  );
  setInterval(() => clock.tick(), 1000);
  const guard = guarded(bench, `round-${boot.person.id}-${boot.round.id}`);
  const root = document.getElementById("workbench");
  if (root) render(<ExamPage {...{ bench, clock, guard }} />, root);
}

start();
