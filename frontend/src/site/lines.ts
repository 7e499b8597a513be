/** `textarea[data-lines]`: opens at its `data-at` line, and a click on `[data-line]` goes to that one. */
export function listenForLines(): void {
  const area = document.querySelector<HTMLTextAreaElement>("textarea[data-lines]");
  if (!area) return;
  document.addEventListener("click", (event) => {
    const link = (event.target as HTMLElement).closest<HTMLElement>("[data-line]");
    if (!link) return;
    event.preventDefault();
    goToLine(area, Number(link.dataset.line));
  });
  if (area.dataset.at) goToLine(area, Number(area.dataset.at));
}

/** Selects the line (from 1) and brings it a third down the box; beyond the end it is the last one. */
export function goToLine(area: HTMLTextAreaElement, line: number): void {
  const [start, end] = lineAt(area.value, line);
  area.focus({ preventScroll: true });
  area.setSelectionRange(start, end);
  const height = Number.parseFloat(getComputedStyle(area).lineHeight) || 21;
  area.scrollTop = Math.max(0, (line - 1) * height - area.clientHeight / 3);
  area.scrollIntoView({ block: "nearest" });
}

/** Where a line (from 1) begins and ends in the text. */
export function lineAt(text: string, line: number): [number, number] {
  const lines = text.split("\n");
  const place = Math.min(Math.max(1, line), lines.length);
  const start = lines.slice(0, place - 1).reduce((sum, one) => sum + one.length + 1, 0);
  return [start, start + (lines[place - 1]?.length ?? 0)];
}
