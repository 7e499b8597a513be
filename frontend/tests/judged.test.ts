/** Every kind can be judged, corrected and laid beside others: the fixtures of both sides, one field at a time. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { allKinds } from "../src/kinds";
import { encodeDifferences, findDifferences } from "../src/review/differences";
import { Other } from "../src/workbench/others";
import { readAnswers } from "../src/workbench/session";
import { field, rulebook, task } from "./cast";

interface Row {
  readonly name: string;
  readonly wire: { readonly kind: string };
  readonly problems: readonly string[];
  readonly field: { readonly kind: string; readonly labels?: string[] };
}
const folder = join(import.meta.dirname, "../../tests/kinds/fixtures");
const rows = readdirSync(folder)
  .filter((name) => name.endsWith(".json"))
  .flatMap((name) => JSON.parse(readFileSync(join(folder, name), "utf8")) as Row[]);
const known = new Set(allKinds().map((kind) => kind.id));
const right = rows.filter(
  (row) => row.problems.length === 0 && known.has(row.field.kind) && row.wire.kind === row.field.kind,
);

/** Whether the answer is made of marks that have ids of their own. */
function marks(wire: object): boolean {
  return Object.values(wire).some(
    (value) => Array.isArray(value) && value.some((each) => typeof each?.id === "string"),
  );
}

describe("judging every kind", () => {
  test("there is a right answer of each", () => {
    expect(new Set(right.map((row) => row.field.kind))).toEqual(known);
  });

  test.each(right)("$field.kind: $name — is no correction of itself, and taking it away is one", ({ wire, ...row }) => {
    const rules = rulebook([field("f", row.field.kind, row.field.labels ?? [])]);
    const judged = readAnswers(rules, { f: wire });
    expect(findDifferences(rules, judged, readAnswers(rules, { f: wire }))).toEqual([]);
    const kind = allKinds().find(({ id }) => id === row.field.kind);
    const answer = judged.f;
    const empty = answer === undefined || kind?.isEmpty(answer);
    const gone = findDifferences(rules, judged, {});
    expect(gone.length).toBe(empty ? 0 : 1);
    if (!empty) expect(encodeDifferences(gone)).toEqual({ f: kind?.encode(kind.empty()) });
  });

  test.each(right)("$field.kind: $name — lies beside others as it was answered", ({ wire, ...row }) => {
    const rules = rulebook([field("f", row.field.kind, row.field.labels ?? [])]);
    const parts = { id: "voice", name: "A", color: "#d55e00", answers: { f: wire } };
    const other = new Other(parts, rules, task(1));
    expect(other.session.answers.value).toEqual(readAnswers(rules, { f: wire }));
    const alike = new Other({ ...parts, apartFrom: { f: wire } }, rules, task(1)).session.answers.value.f;
    const kind = allKinds().find(({ id }) => id === row.field.kind);
    if (marks(wire)) expect(alike === undefined || kind?.isEmpty(alike)).toBe(true);
    else
      expect(new Other({ ...parts, apartFrom: { f: wire } }, rules, task(1)).session.encoded()).toEqual(
        other.session.encoded(),
      );
  });
});
