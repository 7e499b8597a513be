/** `table[data-rows]`: J and K go from row to row, X ticks, Enter opens; `/` goes to `[data-find]`. */
export function listenForRows(): void {
  const table = document.querySelector<HTMLTableElement>("table[data-rows]");
  const find = document.querySelector<HTMLInputElement>("input[data-find]");
  if (!table && !find) return;
  let at = -1;
  const rows = () => [...(table?.querySelectorAll<HTMLTableRowElement>("tbody tr") ?? [])];
  const go = (place: number) => {
    const all = rows();
    all[at]?.classList.remove("on");
    at = Math.max(0, Math.min(all.length - 1, place));
    all[at]?.classList.add("on");
    all[at]?.scrollIntoView({ block: "nearest" });
  };
  const acts: Readonly<Record<string, () => void>> = {
    j: () => go(at + 1),
    k: () => go(at - 1),
    x: () => rows()[at]?.querySelector<HTMLInputElement>("input[type=checkbox]")?.click(),
    enter: () => rows()[at]?.querySelector<HTMLAnchorElement>("a")?.click(),
    "/": () => find?.focus(),
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
    const target = event.target as HTMLElement;
    if (target.closest("textarea, select, [contenteditable], input:not([type=checkbox])")) return;
    if (event.key === "Enter" && (at < 0 || target.closest("a, button"))) return;
    const act = acts[event.key.toLowerCase()];
    if (!act || document.querySelector("dialog[open]")) return;
    event.preventDefault();
    act();
  });
}
