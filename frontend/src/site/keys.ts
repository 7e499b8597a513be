/** `data-key="p"` on a button, radio or tick: the bare key presses it, as its words promise, unless somebody is writing. */
export function listenForKeys(): void {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.repeat || event.isComposing) return;
    const target = event.target as HTMLElement;
    const writes = target.closest("textarea, select, [contenteditable], input:not([type=radio], [type=checkbox])");
    if (writes || document.querySelector("dialog[open]") || event.key.length !== 1) return;
    const named = `[data-key="${CSS.escape(event.key.toLowerCase())}"]`;
    const pressed = document.querySelector<HTMLElement>(`:is(button, input)${named}`);
    if (!pressed) return;
    event.preventDefault();
    // what is chosen has the focus, so that the arrow keys go on from there
    if (pressed.localName === "input") pressed.focus();
    pressed.click();
  });
}
