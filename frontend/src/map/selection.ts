import type { Boot } from "./scene-map";

type Word = (key: string, values?: Record<string, string | number>) => string;
const LISTED = 40;
/** So many items are sent at once: the server writes them in one go. */
const PIECE = 5_000;

/** What the lasso caught: how many, the first of them, and what to do with them. */
export class Selection {
  readonly element = document.createElement("section");
  private items: number[] = [];

  constructor(
    private readonly boot: Boot,
    private readonly word: Word,
    private readonly drop: () => void,
  ) {
    this.element.className = "selection";
    this.element.hidden = true;
  }

  show(items: number[]): void {
    this.items = items;
    this.element.hidden = items.length === 0;
    this.element.replaceChildren();
    if (!items.length) return;
    const title = document.createElement("h2");
    title.textContent = this.word("selected", { n: items.length.toLocaleString() });
    title.tabIndex = -1;
    this.element.append(title);
    if (this.boot.shapes) this.element.append(this.acts());
    const list = document.createElement("ul");
    list.className = "plain";
    this.element.append(list);
    title.focus({ preventScroll: true });
    void this.fill(list);
  }

  private acts(): HTMLElement {
    const acts = document.createElement("p");
    acts.className = "acts";
    const to = document.createElement("select");
    to.setAttribute("aria-label", this.word("scene"));
    for (const scene of this.boot.scenes) to.add(new Option(scene.name, String(scene.id)));
    const name = document.createElement("input");
    name.placeholder = this.word("name");
    name.setAttribute("aria-label", this.word("name"));
    name.maxLength = 120;
    const failed = document.createElement("span");
    failed.className = "error";
    failed.setAttribute("role", "alert");
    acts.append(
      to,
      this.button("move", () =>
        this.carryOut(acts, failed, (piece) => this.send(`/${to.value}/items`, { items: piece })),
      ),
      name,
      this.button("make", () => {
        let made = 0;
        return this.carryOut(acts, failed, async (piece) => {
          const told = made ? { items: piece } : { name: name.value, items: piece };
          made = (await this.send(made ? `/${made}/items` : "", told)).scene;
        });
      }),
      this.button("drop", () => this.drop()),
      failed,
    );
    return acts;
  }

  private button(key: string, act: () => unknown): HTMLButtonElement {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = this.word(key);
    button.addEventListener("click", () => void act());
    return button;
  }

  /** All that is selected, piece after piece; what was refused is said, and stays selected. */
  private async carryOut(acts: HTMLElement, failed: HTMLElement, act: (piece: number[]) => Promise<unknown>) {
    const buttons = acts.querySelectorAll("button");
    for (const each of buttons) each.disabled = true;
    const bar = document.createElement("progress");
    bar.max = this.items.length;
    if (this.items.length > PIECE) acts.append(bar);
    try {
      for (let at = 0; at < this.items.length; at += PIECE) {
        await act(this.items.slice(at, at + PIECE));
        bar.value = at + PIECE;
      }
      location.reload();
    } catch (refusal) {
      failed.textContent = refusal instanceof Error ? refusal.message : String(refusal);
      bar.remove();
      for (const each of buttons) each.disabled = false;
    }
  }

  /** Raises what the server says against it. */
  private async send(under: string, told: object): Promise<{ scene: number }> {
    const token = document.querySelector<HTMLMetaElement>('meta[name="csrf-token"]')?.content ?? "";
    const answer = await fetch(`/api/v1/projects/${this.boot.project}/scenes${under}`, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-CSRF-Token": token },
      body: JSON.stringify({ id: crypto.randomUUID(), view: this.boot.view, ...told }),
    }).catch(() => null);
    if (!answer) throw new Error(this.word("unreachable"));
    const said = (await answer.json()) as { scene: number; message?: string; next?: string };
    if (!answer.ok) throw new Error(`${said.message ?? this.word("unreachable")} ${said.next ?? ""}`);
    return said;
  }

  private async fill(list: HTMLElement): Promise<void> {
    const wanted = this.items.slice(0, LISTED);
    const path = `/api/v1/projects/${this.boot.project}/scenes/items?view=${this.boot.view}&ids=${wanted.join(",")}`;
    const answer = await fetch(path).catch(() => null);
    if (!answer?.ok) return;
    const found = ((await answer.json()) as { items: { item: number; name: string; text: string }[] }).items;
    for (const each of found) {
      const row = document.createElement("li");
      const link = document.createElement("a");
      link.href = `/projects/${this.boot.project}/items/${each.item}`;
      link.textContent = (each.text || each.name).slice(0, 160);
      row.append(link);
      list.append(row);
    }
    if (this.items.length > found.length) {
      const more = document.createElement("li");
      more.className = "quiet";
      more.textContent = this.word("more", { n: (this.items.length - found.length).toLocaleString() });
      list.append(more);
    }
  }
}
