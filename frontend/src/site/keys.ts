/** `data-key="p"` on a button: the bare letter presses it, as its words promise, unless somebody is writing. */
export function listenForKeys(): void {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.repeat || event.isComposing) return;
    const target = event.target as HTMLElement;
    const writes = target.closest("textarea, select, [contenteditable], input:not([type=radio], [type=checkbox])");
    if (writes || document.querySelector("dialog[open]") || event.key.length !== 1) return;
    const button = document.querySelector<HTMLButtonElement>(
      `button[data-key="${CSS.escape(event.key.toLowerCase())}"]`,
    );
    if (!button) return;
    event.preventDefault();
    button.click();
  });
}
