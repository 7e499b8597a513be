/**
 * Acts that ask first. `data-confirm="What will happen"` on a form or on its submit button (or `hx-confirm`) opens a
 * dialog; the act's own name stands on its button. `<body data-word-cancel="…">` gives the other one its word.
 */
let answered: Element | null = null;

export function listenForConfirm(): void {
  document.addEventListener("submit", ask, { capture: true });
  document.addEventListener("htmx:confirm", askForHtmx);
}

function ask(event: SubmitEvent): void {
  const form = event.target as HTMLFormElement;
  const button = event.submitter;
  const asker = button?.dataset.confirm ? button : form;
  const sentence = asker.dataset.confirm;
  if (!sentence) return;
  if (answered === form) {
    answered = null;
    return;
  }
  event.preventDefault();
  event.stopImmediatePropagation();
  open(sentence, button, () => {
    answered = form;
    form.requestSubmit(button);
  });
}

function askForHtmx(event: Event): void {
  const { question, issueRequest, elt } = (
    event as CustomEvent<{ question?: string; issueRequest: (skip: boolean) => void; elt: HTMLElement }>
  ).detail;
  if (!question) return;
  event.preventDefault();
  open(question, elt, () => issueRequest(true));
}

function open(sentence: string, button: HTMLElement | null, then: () => void): void {
  const dialog = document.createElement("dialog");
  const text = document.createElement("p");
  const acts = document.createElement("form");
  acts.method = "dialog";
  acts.className = "acts";
  text.textContent = sentence;
  const go = actButton("go", button?.textContent?.trim() || "OK", "primary");
  acts.append(go, actButton("", document.body.dataset.wordCancel ?? "Cancel", ""));
  dialog.append(text, acts);
  dialog.className = "confirm";
  dialog.setAttribute("aria-label", sentence);
  dialog.addEventListener("close", () => {
    dialog.remove();
    button?.focus();
    if (dialog.returnValue === "go") then();
  });
  document.body.append(dialog);
  dialog.showModal();
}

function actButton(value: string, words: string, className: string): HTMLButtonElement {
  const button = document.createElement("button");
  Object.assign(button, { value, textContent: words, className, type: "submit" });
  return button;
}
