/** Images fetched and decoded ahead of their turn. */
export type Picture = ImageBitmap | HTMLImageElement;

export class Pictures {
  private readonly held = new Map<string, Promise<Picture>>();

  get(url: string): Promise<Picture> {
    let picture = this.held.get(url);
    if (!picture) {
      picture = load(url);
      // A failure is not kept: the next look tries again.
      picture.catch(() => this.held.delete(url));
      this.held.set(url, picture);
    }
    return picture;
  }

  /** Keep these, let go of the others. */
  keep(urls: ReadonlySet<string>): void {
    for (const url of urls) this.get(url).catch(() => {});
    for (const [url, picture] of this.held) {
      if (urls.has(url)) continue;
      this.held.delete(url);
      picture.then((each) => "close" in each && each.close()).catch(() => {});
    }
  }
}

async function load(url: string): Promise<Picture> {
  const image = new Image();
  image.decoding = "async";
  image.src = url;
  await image.decode();
  // A bitmap is decoded once and stays so; where the browser cannot make one, the image itself does.
  return createImageBitmap(image).catch(() => image);
}
