/** What the document defines, on the side: one press and the cursor is there. */
import type { Entry, Word } from "./boot";
import { el } from "./dom";

const GROUPS = ["fields", "labels", "checks", "examples", "clauses"] as const;

export class Outline {
  private entries: readonly Entry[] = [];

  constructor(
    private readonly box: HTMLElement,
    private readonly say: Word,
    go: (line: number) => void,
  ) {
    box.addEventListener("click", (event) => {
      const link = (event.target as HTMLElement).closest<HTMLElement>("[data-go]");
      if (!link) return;
      event.preventDefault();
      go(Number(link.dataset.go));
    });
  }

  show(entries: readonly Entry[]): void {
    this.entries = entries;
    const open = new Set([...this.box.querySelectorAll("details")].map((one) => `${one.dataset.group}:${one.open}`));
    this.box.replaceChildren(...GROUPS.map((group) => this.group(group, open)).filter((one) => one !== null));
  }

  /** Show where the cursor is. */
  mark(line: number): void {
    const at = this.entries.filter((one) => one.line <= line).sort((a, b) => b.line - a.line)[0];
    for (const link of this.box.querySelectorAll<HTMLElement>("[data-go]")) {
      const isHere = at !== undefined && Number(link.dataset.go) === at.line;
      if (isHere) link.setAttribute("aria-current", "location");
      else link.removeAttribute("aria-current");
    }
  }

  private group(group: (typeof GROUPS)[number], open: ReadonlySet<string>): HTMLElement | null {
    const entries = this.entries.filter((one) => one.group === group);
    if (entries.length === 0) return null;
    const list = el("ul");
    for (const one of entries) {
      const link = el("a", { href: `#line-${one.line}`, "data-go": String(one.line) });
      link.append(el("span", { class: "num" }, one.id), ` ${one.name === one.id ? "" : one.name}`);
      list.append(el("li", { class: `level-${one.level}` }, link));
    }
    const summary = el("summary", {}, this.say(group), " ", el("span", { class: "num quiet" }, String(entries.length)));
    const made = el("details", { "data-group": group }, summary, list);
    made.open =
      open.has(`${group}:true`) || (!open.has(`${group}:false`) && (group === "clauses" || entries.length <= 12));
    return made;
  }
}
