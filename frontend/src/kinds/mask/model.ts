/** Masks: sets of an item's pixels, each with a label. On the wire as COCO's run lengths, in memory as their edges. */
import type { Point, Rect, Size } from "../../plane";
import { t } from "../../words";
import { CodecError, type Fault, members } from "../kind";
import { freshName, named, removeShape, type Shaped, type Shapes } from "../shapes/model";
import { ringsOf } from "./rings";
import { areaOf, boundsOf, combined, type Edges, isWritten, readEdges, readRuns, writeEdges } from "./runs";

export interface MaskShape extends Shaped {
  readonly size: Size;
  readonly counts: string;
}
export interface MaskAnswer extends Shapes<MaskShape> {
  readonly kind: "mask";
}

export const NO_MASKS: MaskAnswer = { kind: "mask", shapes: [] };
/** What the server takes of one answer. */
const MOST_CHARACTERS = 1_000_000;

export function decodeMasks(value: unknown): MaskAnswer {
  const { kind, shapes } = members(value, ["kind", "shapes"]);
  if (kind !== "mask") throw new CodecError("not masks");
  if (!Array.isArray(shapes)) throw new CodecError("shapes must be a list");
  return { kind: "mask", shapes: shapes.map(decodeShape) };
}

function decodeShape(value: unknown): MaskShape {
  const { id, label, size, counts } = members(value, ["id", "label", "size", "counts"]);
  if (!Array.isArray(size) || size.length !== 2) throw new CodecError("a size is height and width");
  if (typeof counts !== "string" || !isWritten(counts)) throw new CodecError("counts are no run lengths");
  return { ...named(id, label), size: { height: side(size[0]), width: side(size[1]) }, counts };
}

function side(value: unknown): number {
  if (typeof value === "number" && Number.isInteger(value) && value > 0 && value <= 1_000_000) return value;
  throw new CodecError("a size is whole numbers");
}

export function encodeMasks(answer: MaskAnswer): unknown {
  const shapes = answer.shapes.map(({ id, label, size, counts }) => {
    return { id, label, size: [size.height, size.width], counts };
  });
  return { kind: "mask", shapes };
}

/** What is read off a mask once, however often it is looked at. */
interface Read {
  readonly edges: Edges;
  readonly bounds: Rect;
  readonly area: number;
  rings?: Point[][];
}
const known = new WeakMap<object, Read>();

export function read(shape: MaskShape): Read {
  const found = known.get(shape);
  return found ?? keep(shape, readEdges(shape.counts, shape.size));
}

function keep(shape: MaskShape, edges: Edges): Read {
  const made = { edges, bounds: boundsOf(edges, shape.size.height), area: areaOf(edges) };
  known.set(shape, made);
  return made;
}

/** The rings around a mask's pixels, in item pixels. */
export function outlineOf(shape: MaskShape): Point[][] {
  const found = read(shape);
  found.rings ??= ringsOf(found.edges, shape.size.height);
  return found.rings;
}

function withEdges(shape: MaskShape, edges: Edges): MaskShape {
  const made = { ...shape, counts: writeEdges(edges, shape.size) };
  keep(made, edges);
  return made;
}

const meets = (one: Rect, other: Rect): boolean =>
  one.x < other.x + other.w && other.x < one.x + one.w && one.y < other.y + other.h && other.y < one.y + one.h;

export interface Painting {
  /** The pixels that are painted or taken away. */
  readonly edges: Edges;
  readonly size: Size;
  /** The mask that they belong to; null begins a new one. */
  readonly into: string | null;
  readonly label: string;
  /** Whether a pixel may belong to several masks; else the others give up what is painted. */
  readonly overlap: boolean;
}

/** The answer with more pixels, and the mask that has them; the answer itself where nothing is new. */
export function painted(answer: MaskAnswer, painting: Painting): readonly [MaskAnswer, string | null] {
  const { edges, size, label, overlap } = painting;
  const into = answer.shapes.find((each) => each.id === painting.into);
  if (edges.length === 0) return [answer, into?.id ?? null];
  const before = into ?? { id: freshName(answer, "m"), label, size, counts: writeEdges(new Uint32Array(), size) };
  const after = withEdges(before, combined(read(before).edges, edges, "either"));
  if (into && after.counts === into.counts) return [answer, into.id];
  const others = overlap ? answer : erased(answer, edges, size, into?.id ?? null);
  const shapes = into ? others.shapes.map((each) => (each === into ? after : each)) : [...others.shapes, after];
  return [{ ...answer, shapes }, after.id];
}

/** The answer without these pixels, of all masks but `except`; a mask that has none left goes. */
export function erased(answer: MaskAnswer, edges: Edges, size: Size, except: string | null = null): MaskAnswer {
  const around = boundsOf(edges, size.height);
  const shapes = answer.shapes.map((shape) => (shape.id === except ? shape : lessened(shape, edges, around)));
  if (shapes.every((shape, at) => shape === answer.shapes[at])) return answer;
  const gone = shapes.filter((shape) => read(shape).area === 0);
  return gone.reduce((left, { id }) => removeShape(left, id), { ...answer, shapes });
}

/** Of the held mask alone. */
export function erasedFrom(answer: MaskAnswer, edges: Edges, size: Size, id: string): MaskAnswer {
  const [only] = answer.shapes.filter((each) => each.id === id);
  if (!only) return answer;
  const [left] = erased({ ...answer, shapes: [only] }, edges, size).shapes;
  if (left === only) return answer;
  const shapes = answer.shapes.flatMap((each) => (each === only ? (left ? [left] : []) : [each]));
  return { ...answer, shapes };
}

function lessened(shape: MaskShape, edges: Edges, around: Rect): MaskShape {
  const here = read(shape);
  if (!meets(here.bounds, around)) return shape;
  const left = combined(here.edges, edges, "without");
  return areaOf(left) === here.area ? shape : withEdges(shape, left);
}

/** What the server would refuse. */
export function findFaults({ shapes }: MaskAnswer): readonly Fault[] {
  const long = shapes.reduce((sum, { counts }) => sum + counts.length, 0) > MOST_CHARACTERS;
  const text = t("The masks have too many loose pixels to be stored. Smooth their edges, or remove specks.");
  const worst = [...shapes].sort((one, other) => other.counts.length - one.counts.length)[0];
  const tooLong = long && worst ? [{ id: "too-detailed", shape: worst.id, text }] : [];
  return [...tooLong, ...shapes.filter((shape) => !fills(shape)).map(brokenRuns)];
}

const sound = new WeakMap<MaskShape, boolean>();

function fills(shape: MaskShape): boolean {
  const found = sound.get(shape);
  if (found !== undefined) return found;
  const sum = readRuns(shape.counts)?.reduce((total, run) => total + run, 0);
  const made = sum === shape.size.width * shape.size.height && read(shape).area > 0;
  sound.set(shape, made);
  return made;
}

function brokenRuns({ id }: MaskShape): Fault {
  return { id: "broken-runs", shape: id, text: t("The mask cannot be read. Remove it and paint it again.") };
}
