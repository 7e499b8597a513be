/** Sounds fetched ahead of their turn, with what is drawn of them, so that they play and are seen without a network. */
import { signal } from "@preact/signals";
import { openWave, type Wave } from "./wave";

/** A larger file is played from the server, piece by piece. */
export const MOST_HELD = 64_000_000;

interface Held {
  wave: Wave | null;
  /** The whole file in this browser, once it is here. */
  file: string | null;
  failed: boolean;
}

export class Sounds {
  /** Changes whenever something has arrived or failed. */
  readonly arrived = signal(0);
  private readonly held = new Map<string, Held>();

  find(url: string): Readonly<Held> | undefined {
    return this.held.get(url);
  }

  /** Keep these, fetch what is missing, let go of the others. */
  keep(urls: ReadonlySet<string>): void {
    for (const [url, { file }] of this.held) {
      if (urls.has(url)) continue;
      this.held.delete(url);
      if (file) URL.revokeObjectURL(file);
    }
    for (const url of urls) if (!this.held.has(url)) void this.fetch(url);
  }

  async fetch(url: string): Promise<void> {
    const held: Held = { wave: null, file: null, failed: false };
    this.held.set(url, held);
    await openWave(`${url}/wave`).then(
      (wave) => {
        held.wave = wave;
      },
      () => {
        held.failed = true;
      },
    );
    this.arrived.value++;
    const file = await wholeFile(url).catch(() => null);
    if (!file) return;
    if (this.held.get(url) !== held) return;
    held.file = URL.createObjectURL(file);
    this.arrived.value++;
  }
}

async function wholeFile(url: string): Promise<Blob | null> {
  const scope = new AbortController();
  const response = await fetch(url, { signal: scope.signal });
  if (response.ok && Number(response.headers.get("Content-Length")) <= MOST_HELD) return response.blob();
  scope.abort();
  return null;
}
