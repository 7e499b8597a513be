/** What a person chose for their hands, kept in this browser. */
import { effect, signal } from "@preact/signals";

export type SubmitKey = "Enter" | "Space";

export class Settings {
  readonly submitKey = signal<SubmitKey>("Enter");
  readonly submitOnChoice = signal(false);

  constructor(store: Pick<Storage, "getItem" | "setItem"> | null) {
    this.submitKey.value = store?.getItem("guiju.submit-key") === "Space" ? "Space" : "Enter";
    this.submitOnChoice.value = store?.getItem("guiju.submit-on-choice") === "yes";
    effect(() => store?.setItem("guiju.submit-key", this.submitKey.value));
    effect(() => store?.setItem("guiju.submit-on-choice", this.submitOnChoice.value ? "yes" : "no"));
  }
}
