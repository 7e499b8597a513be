/** The rulebook as it will be read, beside the text and at the same place. */
export interface Place {
  readonly line: number;
  readonly top: number;
}

/** The place to show for a line: the last thing that begins at it or above. */
export function placeFor(places: readonly Place[], line: number): Place | undefined {
  let best: Place | undefined;
  for (const place of places) if (place.line <= line && (!best || place.line >= best.line)) best = place;
  return best;
}

/** The line to show for a scrolled reading: that of the first thing at its top edge. */
export function lineFor(places: readonly Place[], top: number): number | undefined {
  let best: Place | undefined;
  for (const place of places) if (place.top <= top && (!best || place.top >= best.top)) best = place;
  return (best ?? places[0])?.line;
}

export class Preview {
  private leads = false;

  constructor(
    private readonly box: HTMLElement,
    private readonly go: (line: number, focus: boolean) => void,
  ) {
    box.addEventListener("pointerenter", () => this.lead(true));
    box.addEventListener("pointerleave", () => this.lead(false));
    box.addEventListener("focusin", () => this.lead(true));
    box.addEventListener("scroll", () => this.scrolled(), { passive: true });
    box.addEventListener("click", (event) => this.clicked(event));
  }

  show(html: string): void {
    const top = this.box.scrollTop;
    this.box.innerHTML = html;
    this.box.scrollTop = top;
  }

  /** Bring what stands at `line` to the top, unless the reader's hand is on the reading. */
  follow(line: number): void {
    if (this.leads) return;
    const place = placeFor(this.places(), line);
    if (place) this.box.scrollTop = place.top - 8;
  }

  /** Show which thing the cursor is in. */
  mark(line: number): void {
    const all = [...this.box.querySelectorAll<HTMLElement>("[data-at]")];
    const best = placeFor(
      all.map((one) => ({ line: Number(one.dataset.at), top: 0 })),
      line,
    );
    for (const one of all) one.classList.toggle("at", best !== undefined && Number(one.dataset.at) === best.line);
  }

  private lead(now: boolean): void {
    this.leads = now;
  }

  private places(): Place[] {
    const origin = this.box.getBoundingClientRect().top - this.box.scrollTop;
    return [...this.box.querySelectorAll<HTMLElement>("[data-at]")].map((one) => ({
      line: Number(one.dataset.at),
      top: one.getBoundingClientRect().top - origin,
    }));
  }

  private scrolled(): void {
    if (!this.leads) return;
    const line = lineFor(this.places(), this.box.scrollTop + 12);
    if (line !== undefined) this.go(line, false);
  }

  /** A click on a thing goes to its line; a link to a clause stays in the reading. */
  private clicked(event: MouseEvent): void {
    const hit = event.target as HTMLElement;
    const link = hit.closest("a")?.getAttribute("href");
    if (link?.startsWith("#")) {
      event.preventDefault();
      this.box.querySelector(`[id="${CSS.escape(link.slice(1))}"]`)?.scrollIntoView({ block: "start" });
    } else if (!link && !getSelection()?.toString()) {
      const at = hit.closest<HTMLElement>("[data-at]");
      if (at) this.go(Number(at.dataset.at), true);
    }
  }
}
