import type { Point, Rect, Size } from "../plane";

/** Pixels: a smaller part is not compared. */
export const LEAST = 8;

const between = (low: number, value: number, high: number) => Math.max(low, Math.min(value, high));

/** The box from one corner to the other, inside of the picture and no smaller than can be compared. */
export function drawn(from: Point, to: Point, size: Size): Rect {
  const w = between(LEAST, Math.round(Math.abs(to.x - from.x)), size.width);
  const h = between(LEAST, Math.round(Math.abs(to.y - from.y)), size.height);
  return moved({ x: Math.round(Math.min(from.x, to.x)), y: Math.round(Math.min(from.y, to.y)), w, h }, 0, 0, size);
}

export function moved(box: Rect, across: number, down: number, size: Size): Rect {
  const x = between(0, box.x + across, Math.max(0, size.width - box.w));
  const y = between(0, box.y + down, Math.max(0, size.height - box.h));
  return { ...box, x, y };
}

/** Wider and higher from its left upper corner. */
export function grown(box: Rect, across: number, down: number, size: Size): Rect {
  const w = between(LEAST, box.w + across, size.width - box.x);
  const h = between(LEAST, box.h + down, size.height - box.y);
  return { ...box, w, h };
}

/** What the field says, or `null` where that is no box inside of the picture. */
export function readBox(said: string, size: Size): Rect | null {
  const parts = said.split(/[,，]/).map((each) => each.trim());
  if (parts.length !== 4 || !parts.every((each) => /^\d{1,6}$/.test(each))) return null;
  const [x, y, w, h] = parts.map(Number) as [number, number, number, number];
  return w > 0 && h > 0 && x + w <= size.width && y + h <= size.height ? { x, y, w, h } : null;
}

const KEYS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** `<region-box data-width data-height data-label>` around a picture: a box on it and the form's `region` say the same. */
export class RegionBox extends HTMLElement {
  private readonly over = new AbortController();
  private readonly box = document.createElement("i");
  private field: HTMLInputElement | null = null;
  private from: Point | null = null;

  connectedCallback(): void {
    this.field = this.closest("form")?.querySelector<HTMLInputElement>('input[name="region"]') ?? null;
    this.tabIndex = 0;
    this.setAttribute("role", "group");
    this.setAttribute("aria-label", this.dataset.label ?? "");
    this.append(this.box);
    const { signal } = this.over;
    this.addEventListener("pointerdown", (event) => this.begin(event), { signal });
    this.addEventListener("pointermove", (event) => this.draw(event), { signal });
    for (const end of ["pointerup", "pointercancel"] as const) {
      this.addEventListener(
        end,
        () => {
          this.from = null;
        },
        { signal },
      );
    }
    this.addEventListener("keydown", (event) => this.key(event), { signal });
    this.field?.addEventListener("input", () => this.show(), { signal });
    this.show();
  }

  disconnectedCallback(): void {
    this.over.abort();
  }

  private get size(): Size {
    return { width: Number(this.dataset.width), height: Number(this.dataset.height) };
  }

  private at(event: PointerEvent): Point {
    const seen = this.getBoundingClientRect();
    const { width, height } = this.size;
    return {
      x: between(0, ((event.clientX - seen.left) / seen.width) * width, width),
      y: between(0, ((event.clientY - seen.top) / seen.height) * height, height),
    };
  }

  private begin(event: PointerEvent): void {
    if (event.button !== 0) return;
    event.preventDefault();
    this.focus({ preventScroll: true });
    this.setPointerCapture(event.pointerId);
    this.from = this.at(event);
  }

  private draw(event: PointerEvent): void {
    if (this.from) this.say(drawn(this.from, this.at(event), this.size));
  }

  private key(event: KeyboardEvent): void {
    const way = KEYS[event.key];
    if (!way || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    const { width, height } = this.size;
    const step = Math.max(1, Math.round(Math.max(width, height) / 100));
    const box = readBox(this.field?.value ?? "", this.size);
    const change = event.shiftKey ? grown : moved;
    this.say(box ? change(box, way[0] * step, way[1] * step, this.size) : this.middle());
  }

  /** Where a keyboard begins. */
  private middle(): Rect {
    const { width, height } = this.size;
    return drawn({ x: width / 4, y: height / 4 }, { x: width * 0.75, y: height * 0.75 }, this.size);
  }

  private say(box: Rect): void {
    if (this.field) this.field.value = [box.x, box.y, box.w, box.h].join(",");
    this.show();
  }

  private show(): void {
    const box = readBox(this.field?.value ?? "", this.size);
    this.box.hidden = !box;
    if (!box) return;
    const { width, height } = this.size;
    const share = (part: number, whole: number) => `${(100 * part) / whole}%`;
    const { style } = this.box;
    [style.left, style.top] = [share(box.x, width), share(box.y, height)];
    [style.width, style.height] = [share(box.w, width), share(box.h, height)];
  }
}
