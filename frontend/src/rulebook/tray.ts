/** Items of the project to take as examples: by hand or by key, into the clause that they show. */
import type { Entry, Shelf, Word } from "./boot";
import { el } from "./dom";
import type { TrayItem, TrayPage, Wire } from "./wire";

export const DRAGGED = "application/x-guiju-item";
const REST_MS = 250;
const AGAIN_MS = 1000;

export class Tray {
  private readonly list = el("ul", { class: "tray-list" });
  private readonly q = el("input", { type: "search", maxlength: "200" });
  private readonly of = el("select");
  private readonly said = el("p", { class: "quiet", role: "status" });
  private readonly more = el("button", { type: "button", hidden: "" });
  private readonly shown = new Map<string, TrayItem>();
  private asked = new AbortController();
  private timer = 0;
  private cursor: string | null = null;

  constructor(
    private readonly box: HTMLElement,
    private readonly wire: Pick<Wire, "tray">,
    private readonly say: Word,
    shelves: readonly Shelf[],
    private readonly pick: (item: TrayItem) => void,
    private readonly isUsed: (item: TrayItem) => boolean,
  ) {
    this.q.placeholder = say("tray-search");
    this.q.setAttribute("aria-label", say("tray-search"));
    this.of.setAttribute("aria-label", say("tray-from"));
    this.of.append(...shelves.map((one) => el("option", { value: one.of }, one.name)));
    this.more.textContent = say("tray-more");
    const close = el("button", { type: "button" }, say("close"));
    close.addEventListener("click", () => this.close());
    const head = el("div", { class: "tray-head" }, el("h2", {}, say("tray")), this.of, this.q, close);
    box.append(head, el("p", { class: "quiet" }, say("tray-how")), this.said, this.list, this.more);
    this.listen();
  }

  get isOpen(): boolean {
    return !this.box.hidden;
  }

  open(): void {
    this.box.hidden = false;
    if (this.list.childElementCount === 0) void this.ask(false);
    this.q.focus();
  }

  close(): void {
    this.box.hidden = true;
    this.box.dispatchEvent(new CustomEvent("tray-closed", { bubbles: true }));
  }

  /** The item that a drop brought, if it came from here. */
  dropped(data: DataTransfer | null): TrayItem | undefined {
    return this.shown.get(data?.getData(DRAGGED) ?? "");
  }

  private listen(): void {
    this.q.addEventListener("input", () => {
      clearTimeout(this.timer);
      this.timer = window.setTimeout(() => void this.ask(false), REST_MS);
    });
    this.of.addEventListener("change", () => void this.ask(false));
    this.more.addEventListener("click", () => void this.ask(true));
    this.box.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.close();
    });
    this.list.addEventListener("dragstart", (event) => {
      const card = (event.target as HTMLElement).closest<HTMLElement>("[data-item]");
      const item = this.shown.get(card?.dataset.item ?? "");
      if (!item || !event.dataTransfer) return;
      event.dataTransfer.setData(DRAGGED, String(item.item));
      event.dataTransfer.setData("text/plain", item.name);
      event.dataTransfer.effectAllowed = "copy";
    });
    this.list.addEventListener("click", (event) => {
      const hit = (event.target as HTMLElement).closest("button");
      const item = this.shown.get(hit?.closest<HTMLElement>("[data-item]")?.dataset.item ?? "");
      if (item) this.pick(item);
    });
  }

  private async ask(on: boolean): Promise<void> {
    clearTimeout(this.timer);
    this.asked.abort();
    this.asked = new AbortController();
    if (!on) {
      this.list.replaceChildren();
      this.shown.clear();
    }
    this.said.textContent = this.say("tray-looking");
    try {
      const page = await this.wire.tray(this.of.value, this.q.value.trim(), on ? this.cursor : null, this.asked.signal);
      this.cursor = page.cursor;
      this.more.hidden = page.cursor === null;
      for (const item of page.items) this.shown.set(String(item.item), item);
      this.list.append(...page.items.map((item) => this.card(item)));
      this.said.textContent = this.toldOf(page);
      if (this.lacksWords(page)) this.timer = window.setTimeout(() => this.isOpen && void this.ask(false), AGAIN_MS);
    } catch (error) {
      if ((error as Error).name !== "AbortError") this.said.textContent = (error as Error).message;
    }
  }

  /** Nothing is found by words that were not read yet. */
  private lacksWords(page: TrayPage): boolean {
    return page.unread > 0 && this.shown.size === 0 && this.q.value.trim() !== "";
  }

  private toldOf(page: TrayPage): string {
    if (this.lacksWords(page)) return this.say("tray-unread", { count: page.unread });
    return this.shown.size === 0 ? this.say("tray-nothing") : "";
  }

  private card(item: TrayItem): HTMLElement {
    const shown =
      item.media === "image"
        ? el("img", {
            src: `/media/items/${item.item}/thumb`,
            alt: "",
            loading: "lazy",
            height: "56",
            draggable: "false",
          })
        : el("p", { class: "tray-text" }, item.text ?? item.name);
    const take = el("button", { type: "button" }, this.say("tray-take"));
    take.setAttribute("aria-label", this.say("tray-take-one", { name: item.name }));
    const told = [...item.labels.slice(0, 3).map((label) => el("span", { class: "tag" }, label))];
    if (this.isUsed(item)) told.push(el("span", { class: "tag good" }, this.say("tray-used")));
    const foot = el("div", { class: "tray-foot" }, el("span", { class: "num quiet" }, item.name), ...told, take);
    const card = el("li", { draggable: "true", "data-item": String(item.item) }, shown);
    if (item.note) card.append(el("small", { class: "quiet" }, item.note));
    card.append(foot);
    return card;
  }
}

export interface Chosen {
  readonly polarity: string;
  readonly label: string;
  readonly clause: string;
  readonly note: Readonly<{ zh: string; en: string }>;
}

/** Asks what the item shows; `null` where it is called off. */
export function askForExample(
  item: TrayItem,
  entries: readonly Entry[],
  clause: string,
  say: Word,
): Promise<Chosen | null> {
  const options = (group: string, chosen: string) => [
    el("option", { value: "" }, say("none")),
    ...entries
      .filter((one) => one.group === group)
      .map((one) => {
        const option = el("option", { value: one.id }, one.name === one.id ? one.id : `${one.id} ${one.name}`);
        option.selected = one.id === chosen;
        return option;
      }),
  ];
  const known = entries.find((one) => one.group === "labels" && item.labels.includes(one.id))?.id ?? "";
  const label = el("select", { name: "label" }, ...options("labels", known));
  const cited = el("select", { name: "clause" }, ...options("clauses", clause));
  const zh = el("input", { name: "zh", maxlength: "300", lang: "zh" });
  const en = el("input", { name: "en", maxlength: "300", lang: "en" });
  const polarities = ["positive", "negative", "boundary"].map((one) => {
    const radio = el("input", { type: "radio", name: "polarity", value: one, required: "" });
    return el(
      "label",
      { class: "tick" },
      radio,
      el("span", {}, say(one)),
      el("small", { class: "quiet" }, say(`${one}-is`)),
    );
  });
  const put = el("button", { class: "primary", value: "put" }, say("example-put"));
  const off = el("button", { value: "", formnovalidate: "" }, say("cancel"));
  const form = el(
    "form",
    { method: "dialog", class: "stack" },
    el("h2", {}, say("example-of", { name: item.name })),
    el("p", { class: "tray-text" }, item.text ?? ""),
    el("fieldset", {}, el("legend", {}, say("example-what")), ...polarities),
    field(say("example-label"), label),
    field(say("example-clause"), cited),
    field(say("example-zh"), zh),
    field(say("example-en"), en),
    el("p", { class: "acts" }, put, off),
  );
  const dialog = el("dialog", { class: "example-dialog", "aria-label": say("example-of", { name: item.name }) }, form);
  document.body.append(dialog);
  dialog.showModal();
  (polarities[2]?.querySelector("input") as HTMLInputElement).checked = true;
  polarities[2]?.querySelector("input")?.focus();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => {
      const polarity = form.querySelector<HTMLInputElement>('[name="polarity"]:checked')?.value ?? "";
      const chosen = { polarity, label: label.value, clause: cited.value, note: { zh: zh.value, en: en.value } };
      dialog.remove();
      resolve(dialog.returnValue === "put" ? chosen : null);
    });
  });
}

function field(name: string, input: HTMLElement): HTMLElement {
  return el("label", { class: "field" }, el("span", {}, name), input);
}
