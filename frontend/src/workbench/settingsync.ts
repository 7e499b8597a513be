/**
 * The settings of this browser and those on the account: taken from there when the page opens, sent there when they
 * change. Without a network this browser's hold, and go out when it is back; what is written last is right.
 */
import { effect } from "@preact/signals";
import { type Api, Refused } from "./api";
import type { Settings } from "./settings";

const ADDRESS = "/api/v1/me/workbench";
const PAUSE_MS = 800;
type Marks = Pick<Storage, "getItem" | "setItem" | "removeItem">;

export class SettingsSync {
  private last: string;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private readonly mark: string;

  constructor(
    private readonly settings: Settings,
    private readonly api: Api,
    private readonly marks: Marks | null,
    person: number,
    private readonly pauseMs = PAUSE_MS,
  ) {
    this.mark = `guiju.unsent-settings.${person}`;
    this.last = JSON.stringify(settings.document());
  }

  /** Once a page. */
  async start(): Promise<void> {
    addEventListener("online", () => this.isUnsent && void this.send());
    effect(() => this.changed(JSON.stringify(this.settings.document())));
    if (this.isUnsent) return this.send();
    const found = await this.api
      .get<{ readonly settings: Record<string, unknown> | null }>(ADDRESS)
      .catch(() => undefined);
    // Somebody may have chosen while the answer was on its way: that is what is written last.
    if (!found || this.isUnsent) return;
    if (found.settings === null) return this.send();
    this.last = JSON.stringify({ ...this.settings.document(), ...found.settings });
    this.settings.takeOver(found.settings);
    this.last = JSON.stringify(this.settings.document());
    this.unsent(false);
    clearTimeout(this.timer);
  }

  private changed(now: string): void {
    if (now === this.last) return;
    this.last = now;
    this.unsent(true);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.send(), this.pauseMs);
  }

  private async send(): Promise<void> {
    const sent = this.last;
    try {
      await this.api.send("PUT", ADDRESS, { settings: JSON.parse(sent) as unknown });
      if (sent === this.last) this.unsent(false);
    } catch (error) {
      // What the server understood and refuses stays in this browser, where it holds; the rest is sent again.
      if (error instanceof Refused && !error.passing) this.unsent(false);
      else this.unsent(true);
    }
  }

  private get isUnsent(): boolean {
    try {
      return this.marks?.getItem(this.mark) === "1";
    } catch {
      return false;
    }
  }

  private unsent(is: boolean): void {
    try {
      if (is) this.marks?.setItem(this.mark, "1");
      else this.marks?.removeItem(this.mark);
    } catch {
      // a forbidden storage: this page's choice holds for this page
    }
  }
}
