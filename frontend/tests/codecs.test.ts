/** The fixtures that both sides share: what Python reads and writes, the browser reads and writes the same. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { allKinds, getKind } from "../src/kinds";
import { CodecError } from "../src/kinds/kind";

const folder = join(import.meta.dirname, "../../tests/kinds/fixtures");
const files = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith(".json")) : [];

describe("codecs", () => {
  test.each(allKinds().map((kind) => kind.id))("%s: empty survives the way to the wire and back", (id) => {
    const kind = getKind(id);
    expect(kind.decode(JSON.parse(JSON.stringify(kind.encode(kind.empty()))))).toEqual(kind.empty());
  });

  test("boxes are written with two decimals", () => {
    const shape = { id: "b1", label: "a", x: 1.005001, y: 2, w: Math.PI, h: 4 };
    expect(getKind("box").encode({ kind: "box", shapes: [shape] } as never)).toEqual({
      kind: "box",
      shapes: [{ ...shape, x: 1.01, w: 3.14 }],
    });
  });

  test.each([
    ["box", { kind: "choice", labels: [] }],
    ["box", { kind: "box", shapes: [{ id: "b1", label: "a", x: "1", y: 0, w: 1, h: 1 }] }],
    ["box", { kind: "box", shapes: [{ id: "b1", label: "a", x: 0, y: 0, w: 1 }] }],
    ["choice", { kind: "choice", labels: [1] }],
    ["choice", null],
  ])("%s refuses what is not its own", (id, value) => {
    expect(() => getKind(id).decode(value)).toThrow(CodecError);
  });
});

interface Row {
  readonly name: string;
  readonly wire: unknown;
  readonly problems: readonly string[];
  /** The one shape as it is written, where that is not how it was read. */
  readonly written?: unknown;
  readonly field: { readonly kind: string };
}
const rows = files.flatMap((name) => JSON.parse(readFileSync(join(folder, name), "utf8")) as Row[]);
/** What the server refuses to read at all; other problems are found by checking what was read. */
const UNREADABLE = ["bad-answer", "wrong-kind"];
const readable = rows.filter((row) => !row.problems.some((code) => UNREADABLE.includes(code)));
const unreadable = rows.filter((row) => !readable.includes(row));

describe.skipIf(rows.length === 0)("the fixtures shared with the server", () => {
  test.each(readable)("$field.kind: $name — is written as it was read", ({ field, wire, written }) => {
    const kind = getKind(field.kind);
    const again = JSON.parse(JSON.stringify(kind.encode(kind.decode(wire)))) as unknown;
    expect(again).toEqual(written ? { kind: field.kind, shapes: [written] } : rounded(wire));
  });

  test.each(unreadable)("$field.kind: $name — is refused", ({ field, wire }) => {
    expect(() => getKind(field.kind).decode(wire)).toThrow(CodecError);
  });
});

/** Numbers of the wire to two decimals, which is what both sides write. */
function rounded(wire: unknown): unknown {
  const two = (_: string, value: unknown) => (typeof value === "number" ? Math.round(value * 100) / 100 : value);
  return JSON.parse(JSON.stringify(wire, two)) as unknown;
}
