import type { Boot } from "./scene-map";

type Word = (key: string, values?: Record<string, string | number>) => string;
const LISTED = 40;
export const MOST = 20_000;

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
    this.items = items.slice(0, MOST);
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
      this.button("move", () => this.send(`/${to.value}/items`, { items: this.items }, failed)),
      name,
      this.button("make", () => this.send("", { name: name.value, items: this.items }, failed)),
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

  private async send(under: string, told: object, failed: HTMLElement): Promise<void> {
    const token = document.querySelector<HTMLMetaElement>('meta[name="csrf-token"]')?.content ?? "";
    const answer = await fetch(`/api/v1/projects/${this.boot.project}/scenes${under}`, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-CSRF-Token": token },
      body: JSON.stringify({ id: crypto.randomUUID(), view: this.boot.view, ...told }),
    }).catch(() => null);
    if (answer?.ok) return location.reload();
    const error = answer ? ((await answer.json()) as { message?: string; next?: string }) : null;
    failed.textContent = error?.message ? `${error.message} ${error.next ?? ""}` : this.word("unreachable");
  }

  private async fill(list: HTMLElement): Promise<void> {
    const wanted = this.items.slice(0, LISTED);
    const path = `/api/v1/projects/${this.boot.project}/scenes/items?view=${this.boot.view}&ids=${wanted.join(",")}`;
    const answer = await fetch(path);
    if (!answer.ok) return;
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
