/** The reader's theme: kept in this browser, set on the root element, and told to the server by a cookie so that the next page does not flash. */
export type Theme = "auto" | "light" | "dark";

const KEY = "guiju.theme";

function read(): string | null {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}

export function currentTheme(): Theme {
  const stored = read();
  return stored === "light" || stored === "dark" ? stored : "auto";
}

export function applyTheme(theme: Theme = currentTheme()): void {
  if (theme === "auto") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
}

export function setTheme(theme: Theme): void {
  try {
    localStorage.setItem(KEY, theme);
  } catch {
    // A browser that stores nothing still shows the theme on this page.
  }
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing on pages without HTTPS
  document.cookie = `guiju_theme=${theme}; path=/; max-age=31536000; samesite=lax`;
  applyTheme(theme);
}
