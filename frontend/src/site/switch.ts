/** The theme switch: a `<select data-theme-switch>` with the values auto, light, dark. */
import { applyTheme, currentTheme, setTheme, type Theme } from "../theme";

export function dressThemeSwitch(): void {
  applyTheme();
  for (const select of document.querySelectorAll<HTMLSelectElement>("select[data-theme-switch]")) {
    select.value = currentTheme();
    select.addEventListener("change", () => setTheme(select.value as Theme));
  }
}
