/**
 * The English sentences that the script says, found in its own sources.
 * They are written beside the built files as `msgids.json`, so that the server knows which words to send along.
 */
const CALL = /\bt\(\s*"((?:[^"\\]|\\.)*)"/g;

export function messageIds(sources: readonly string[]): string[] {
  const found = new Set<string>();
  for (const text of sources) {
    for (const match of text.matchAll(CALL)) found.add(JSON.parse(`"${match[1]}"`) as string);
  }
  return [...found].sort();
}
