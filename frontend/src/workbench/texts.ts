/** Long texts lie at an address of their own; an item is shown once its text is there. */
import type { Item } from "./boot";

interface HasItem {
  readonly item: Item;
}
/** What is words: a text, or a document of several in JSON. */
const WRITTEN = ["text", "dialogue", "comparison"];
type Fetch = (url: string) => Promise<Response>;

/** The same with their texts. Rejects where one cannot be had: half an item is none. */
export function withTexts<T extends HasItem>(tasks: readonly T[], get: Fetch = (url) => fetch(url)): Promise<T[]> {
  return Promise.all(tasks.map((task) => withText(task, get)));
}

export function lacksText({ media, text, url }: Item): boolean {
  return WRITTEN.includes(media) && text === null && url !== null;
}

async function withText<T extends HasItem>(task: T, get: Fetch): Promise<T> {
  const { item } = task;
  if (!lacksText(item) || item.url === null) return task;
  const response = await get(item.url);
  if (!response.ok) throw new Error(`no text: ${response.status}`);
  // A mark at the beginning is a character of the text: offsets count it.
  const text = new TextDecoder("utf-8", { ignoreBOM: true }).decode(await response.arrayBuffer());
  return { ...task, item: { ...item, text } };
}
