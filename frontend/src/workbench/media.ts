/** Images fetched and decoded ahead of their turn, so that the next item is painted in the frame it is asked for. */
import { signal } from "@preact/signals";
import { Tiles } from "./tiles";

export type Picture = ImageBitmap | HTMLImageElement;
type State = { readonly picture: Picture | null; readonly failed: boolean };

export class Pictures {
  /** Changes whenever a picture arrived or failed. */
  readonly arrived = signal(0);
  /** Of large pictures. */
  readonly tiles = new Tiles();
  private readonly held = new Map<string, State>();

  constructor(private readonly load: (url: string) => Promise<Picture> = loadPicture) {}

  find(url: string): State | undefined {
    return this.held.get(url);
  }

  /** Keep these, fetch what is missing, let go of the others. */
  keep(urls: ReadonlySet<string>): void {
    for (const [url, { picture }] of this.held) {
      if (urls.has(url)) continue;
      this.held.delete(url);
      release(picture);
    }
    for (const url of urls) if (!this.held.has(url)) void this.fetch(url);
  }

  async fetch(url: string): Promise<void> {
    this.held.set(url, { picture: null, failed: false });
    const state = await this.load(url).then(
      (picture) => ({ picture, failed: false }),
      () => ({ picture: null, failed: true }),
    );
    if (this.held.has(url)) this.held.set(url, state);
    else release(state.picture);
    this.arrived.value++;
  }
}

function release(picture: Picture | null): void {
  if (picture && "close" in picture) picture.close();
}

async function loadPicture(url: string): Promise<Picture> {
  const image = new Image();
  image.decoding = "async";
  image.src = url;
  await image.decode();
  // A bitmap is decoded once and stays so; where the browser cannot make one, the image itself does.
  return createImageBitmap(image).catch(() => image);
}
