/** `<button data-opens="id">` opens the dialog with that id; `<button data-closes>` inside closes it. */
export function listenForDialogs(): void {
  document.addEventListener("click", (event) => {
    const target = event.target instanceof Element ? event.target : null;
    const opener = target?.closest<HTMLElement>("[data-opens]");
    const dialog = opener && document.getElementById(opener.dataset.opens ?? "");
    if (dialog instanceof HTMLDialogElement) dialog.showModal();
    if (target?.closest("[data-closes]")) target.closest("dialog")?.close();
  });
}
