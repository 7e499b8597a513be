import { type Acts, hands } from "./hands";
import { type Colours, colour, hueOf, paint, pixel } from "./paint";
import { Grid, inside, middles, type Points, readPoints } from "./points";
import { Selection } from "./selection";
import { fitted, moved, under, type View, zoomed } from "./view";

export interface Boot {
  readonly project: number;
  readonly view: string;
  readonly shapes: boolean;
  readonly scenes: readonly { id: number; name: string; hue: number }[];
  readonly words: Readonly<Record<string, string>>;
}

const REACH = 8;
const ASK_MS = 140;

/** `<scene-map>`: a canvas with the points, a line that names what is under the pointer, a panel for what is selected. */
export class SceneMap extends HTMLElement {
  private boot!: Boot;
  private points!: Points;
  private grid!: Grid;
  private colours!: Colours;
  private view!: View;
  private canvas!: HTMLCanvasElement;
  private said!: HTMLElement;
  private selection!: Selection;
  private selected: number[] = [];
  private line: number[] = [];
  private lassoing = false;
  private waiting = 0;
  private asked = 0;
  private chosen = new Set<number>();
  private readonly over = new AbortController();
  /** How long the last frames took, for whoever measures. */
  readonly frames: number[] = [];

  async connectedCallback(): Promise<void> {
    this.boot = JSON.parse(document.getElementById("map-boot")?.textContent ?? "{}") as Boot;
    const answer = await fetch(this.dataset.points ?? "").catch(() => null);
    if (!answer?.ok) {
      this.textContent = this.word("undrawn");
      return;
    }
    this.points = readPoints(await answer.arrayBuffer());
    this.grid = new Grid(this.points);
    this.build();
    this.listen();
    this.recolour();
    this.fit();
    this.dataset.ready = String(this.points.count);
  }

  disconnectedCallback(): void {
    this.over.abort();
  }

  private word(key: string, values: Record<string, string | number> = {}): string {
    return (this.boot.words[key] ?? key).replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ""));
  }

  private build(): void {
    const tools = document.createElement("div");
    tools.className = "tools";
    for (const [key, act] of [
      ["closer", () => this.zoom(1.5)],
      ["farther", () => this.zoom(1 / 1.5)],
      ["whole", () => this.fit()],
    ] as const) {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = this.word(key);
      button.addEventListener("click", act);
      tools.append(button);
    }
    const lasso = document.createElement("button");
    lasso.type = "button";
    lasso.textContent = this.word("lasso");
    lasso.setAttribute("aria-pressed", "false");
    lasso.addEventListener("click", () => {
      this.lassoing = !this.lassoing;
      lasso.setAttribute("aria-pressed", String(this.lassoing));
      this.canvas.classList.toggle("lassoing", this.lassoing);
    });
    tools.append(lasso);
    this.canvas = document.createElement("canvas");
    this.canvas.tabIndex = 0;
    this.canvas.setAttribute("role", "application");
    this.canvas.setAttribute("aria-label", this.word("label", { n: this.points.count.toLocaleString() }));
    this.said = document.createElement("p");
    this.said.className = "said";
    this.said.setAttribute("role", "status");
    this.said.textContent = this.word("hint");
    this.selection = new Selection(
      this.boot,
      (key, values) => this.word(key, values),
      () => this.select([]),
    );
    this.replaceChildren(tools, this.canvas, this.said, this.selection.element);
  }

  private listen(): void {
    const signal = this.over.signal;
    hands(this.canvas, this.acts(), signal);
    const wheel = (event: WheelEvent) => {
      event.preventDefault();
      this.zoom(Math.exp(-event.deltaY * 0.0016), event.offsetX, event.offsetY);
    };
    this.canvas.addEventListener("wheel", wheel, { signal, passive: false });
    this.canvas.addEventListener("dblclick", (event) => this.zoom(2, event.offsetX, event.offsetY), { signal });
    this.canvas.addEventListener("keydown", (event) => this.key(event), { signal });
    const sized = new ResizeObserver(() => this.resize());
    sized.observe(this.canvas);
    signal.addEventListener("abort", () => sized.disconnect());
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.recolour(), { signal });
    new MutationObserver(() => this.recolour()).observe(document.documentElement, { attributeFilter: ["data-theme"] });
    for (const kind of ["pointerover", "focusin"] as const) {
      document.addEventListener(kind, (event) => this.follow(event.target as Element), { signal });
    }
  }

  private acts(): Acts {
    return {
      draws: (event) => this.lassoing || event.shiftKey,
      rest: (x, y) => this.look(x, y),
      move: (across, down) => this.move(across, down),
      zoom: (factor, x, y) => this.zoom(factor, x, y),
      line: (corners, over) => {
        this.line = [];
        for (let at = 0; at < corners.length; at += 2) {
          this.line.push(...under(this.view, corners[at] as number, corners[at + 1] as number));
        }
        if (over && corners.length) this.select(inside(this.points, this.grid, this.line));
        if (over) this.line = [];
        this.draw();
      },
      click: (x, y) => this.pick(x, y),
    };
  }

  /** A row of the table lights its scene up on the map, with all that stands below it. */
  private follow(target: Element): void {
    const row = target.closest?.<HTMLElement>("[data-scenes]");
    const wanted = new Set((row?.dataset.scenes ?? "").split(" ").filter(Boolean).map(Number));
    if (wanted.size === this.chosen.size && [...wanted].every((each) => this.chosen.has(each))) return;
    this.chosen = wanted;
    this.recolour();
  }

  private key(event: KeyboardEvent): void {
    const step = 60;
    const acts: Record<string, () => void> = {
      ArrowLeft: () => this.move(step, 0),
      ArrowRight: () => this.move(-step, 0),
      ArrowUp: () => this.move(0, step),
      ArrowDown: () => this.move(0, -step),
      "+": () => this.zoom(1.5),
      "=": () => this.zoom(1.5),
      "-": () => this.zoom(1 / 1.5),
      "0": () => this.fit(),
      " ": () => this.look(this.canvas.width / 2, this.canvas.height / 2, this.canvas.width),
      Escape: () => this.select([]),
    };
    const act = acts[event.key];
    if (!act || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    act();
  }

  private move(across: number, down: number): void {
    this.view = moved(this.view, across, down);
    this.draw();
  }

  private zoom(factor: number, x = this.canvas.width / 2, y = this.canvas.height / 2): void {
    this.view = zoomed(this.view, factor, x, y, fitted(this.canvas.width, this.canvas.height));
    this.draw();
  }

  private fit(): void {
    this.canvas.width = this.canvas.clientWidth;
    this.canvas.height = this.canvas.clientHeight;
    this.view = fitted(this.canvas.width, this.canvas.height);
    this.draw();
  }

  /** Who has moved or zoomed keeps the place, in the middle of what there is now. */
  private resize(): void {
    const { clientWidth: wide, clientHeight: high } = this.canvas;
    if (wide === this.canvas.width && high === this.canvas.height) return;
    const was = fitted(this.canvas.width, this.canvas.height);
    if (was.scale === this.view.scale && was.left === this.view.left && was.top === this.view.top) {
      this.fit();
      return;
    }
    this.view = moved(this.view, (wide - this.canvas.width) / 2, (high - this.canvas.height) / 2);
    [this.canvas.width, this.canvas.height] = [wide, high];
    this.draw();
  }

  private isDark(): boolean {
    return (
      getComputedStyle(this).colorScheme === "dark" ||
      getComputedStyle(this).getPropertyValue("--is-dark").trim() === "1"
    );
  }

  private recolour(): void {
    const hues = new Map(this.boot.scenes.map(({ id, hue }) => [id, hue]));
    this.colours = colour(this.points, hues, this.chosen, this.isDark());
    if (this.view) this.draw();
  }

  private draw(): void {
    if (this.waiting) return;
    this.waiting = requestAnimationFrame(() => {
      this.waiting = 0;
      const began = performance.now();
      this.frame();
      if (this.frames.push(performance.now() - began) > 300) this.frames.shift();
    });
  }

  private frame(): void {
    const context = this.canvas.getContext("2d");
    if (!context || !this.canvas.width || !this.canvas.height) return;
    const image = context.createImageData(this.canvas.width, this.canvas.height);
    const dark = this.isDark();
    paint(image, this.points, this.colours, this.view, this.selected, pixel(dark ? "#ef7a5f" : "#b3311d"));
    context.putImageData(image, 0, 0);
    this.label(context, dark);
    if (this.line.length > 3) this.trace(context);
  }

  private trace(context: CanvasRenderingContext2D): void {
    context.beginPath();
    for (let at = 0; at < this.line.length; at += 2) {
      context.lineTo(
        (this.line[at] as number) * this.view.scale + this.view.left,
        (this.line[at + 1] as number) * this.view.scale + this.view.top,
      );
    }
    context.closePath();
    context.strokeStyle = getComputedStyle(this).getPropertyValue("--accent-line") || "#b3311d";
    context.lineWidth = 1.5;
    context.stroke();
  }

  /** Names of the largest scenes first, as long as they do not lie on each other; closer by, more of them have room. */
  private label(context: CanvasRenderingContext2D, dark: boolean): void {
    const spots = this.spots();
    const taken: [number, number, number, number][] = [];
    context.font = `600 12px ${getComputedStyle(this).fontFamily}`;
    context.textBaseline = "middle";
    context.lineJoin = "round";
    for (const { name, x, y, hue, id } of spots) {
      if (this.chosen.size && !this.chosen.has(id)) continue;
      const width = context.measureText(name).width;
      const middle = x * this.view.scale + this.view.left;
      const top = y * this.view.scale + this.view.top;
      if (middle < 0 || middle > this.canvas.width || top < 0 || top > this.canvas.height) continue;
      // A name is read whole, though its scene lies at the edge.
      const left = Math.max(4, Math.min(middle - width / 2, this.canvas.width - width - 4));
      const box: [number, number, number, number] = [left - 14, top - 16, left + width + 14, top + 16];
      if (taken.some((other) => box[0] < other[2] && other[0] < box[2] && box[1] < other[3] && other[1] < box[3]))
        continue;
      taken.push(box);
      context.lineWidth = 4;
      context.strokeStyle = dark ? "#16181be6" : "#fbfaf7e6";
      context.strokeText(name, left, top);
      context.fillStyle = dark ? "#ffffff" : "#1c1d1f";
      context.fillText(name, left, top);
      context.fillStyle = hueOf(hue, dark);
      context.fillRect(left, top + 8, width, 2);
      if (taken.length > 40) return;
    }
  }

  private known: { id: number; name: string; hue: number; x: number; y: number }[] | null = null;

  private spots(): { id: number; name: string; hue: number; x: number; y: number }[] {
    if (!this.known) {
      const found = middles(this.points);
      const size = (id: number) => found.get(id)?.count ?? 0;
      this.known = this.boot.scenes
        .filter(({ id }) => found.has(id))
        .sort((a, b) => size(b.id) - size(a.id))
        .map(({ id, name, hue }) => {
          const { x, y } = found.get(id) ?? { x: 0, y: 0 };
          return { id, hue, x, y, name: name.length > 28 ? `${name.slice(0, 27)}…` : name };
        });
    }
    return this.known;
  }

  /** Say what is under a place, once the pointer rests. */
  private look(x: number, y: number, reach = REACH): void {
    const point = this.grid.nearest(...under(this.view, x, y), reach / this.view.scale);
    clearTimeout(this.asked);
    if (point < 0) return;
    this.asked = setTimeout(() => this.tell(point), ASK_MS) as unknown as number;
  }

  private async tell(point: number): Promise<void> {
    const item = this.points.items[point] as number;
    const path = `/api/v1/projects/${this.boot.project}/scenes/items?view=${this.boot.view}&ids=${item}`;
    const answer = await fetch(path).catch(() => null);
    if (!answer?.ok) return;
    const [found] = ((await answer.json()) as { items: { text: string; name: string }[] }).items;
    const scene = this.boot.scenes.find(({ id }) => id === this.points.scenes[point])?.name ?? this.word("nowhere");
    this.said.textContent = found ? `${scene} — ${found.text || found.name}` : scene;
  }

  /** A click marks the row of the scene there. */
  private pick(x: number, y: number): void {
    const point = this.grid.nearest(...under(this.view, x, y), REACH / this.view.scale);
    const scene = point < 0 ? -1 : (this.points.scenes[point] as number);
    for (const row of document.querySelectorAll<HTMLElement>("tr[data-scene]")) {
      const on = Number(row.dataset.scene) === scene;
      row.classList.toggle("on", on);
      if (on) row.scrollIntoView({ block: "nearest" });
    }
    if (point >= 0) void this.tell(point);
  }

  private select(points: number[]): void {
    this.selected = points;
    this.selection.show(points.map((point) => this.points.items[point] as number));
    this.draw();
  }
}
