/** The words of the interface: English sentences are the keys, the page's catalogue has the reader's language. */
export type Locale = "zh-Hans" | "zh-Hant" | "en";
export interface Two {
  readonly zh: string;
  readonly en: string;
}

let catalogue: Readonly<Record<string, string>> = {};
let chinese = true;

export function setWords(locale: Locale, words: Readonly<Record<string, string>>): void {
  catalogue = words;
  chinese = locale !== "en";
}

/** Say `msgid` in the reader's language; `{name}` places are filled from `values`. */
export function t(msgid: string, values: Readonly<Record<string, string | number>> = {}): string {
  const text = catalogue[msgid] || msgid;
  return text.replace(/\{(\w+)\}/g, (place, name: string) => String(values[name] ?? place));
}

/** What `run` says, said in English and without a catalogue: the msgids themselves. */
export function inEnglish(run: () => string): string {
  const [words, wasChinese] = [catalogue, chinese];
  [catalogue, chinese] = [{}, false];
  try {
    return run();
  } finally {
    [catalogue, chinese] = [words, wasChinese];
  }
}

/** The side of a bilingual text that the reader reads, or the other one where a side is blank. */
export function pick(text: Two): string {
  return (chinese ? text.zh || text.en : text.en || text.zh) ?? "";
}
