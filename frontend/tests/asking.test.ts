/** What is asked, what is wrong and what is put away, as the server decides it: one file of fixtures for both sides. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { kindOf } from "../src/kinds";
import { findAsked, putAway } from "../src/workbench/asking";
import type { Field, Item } from "../src/workbench/boot";
import { findProblems } from "../src/workbench/checks";
import { readAnswers, Session } from "../src/workbench/session";
import { rulebook, task } from "./cast";

interface Case {
  readonly name: string;
  readonly rulebook: string;
  readonly item: { readonly media: string; readonly width: number; readonly height: number; speakers?: string[] };
  readonly answers: Record<string, unknown>;
  readonly asked: Record<string, boolean | string[]>;
  readonly problems: [string, string, string | null][];
  readonly kept: Record<string, unknown>;
}
interface Shared {
  readonly rulebooks: Record<string, { fields: Field[]; checks: never[] }>;
  readonly cases: Case[];
}
const file = join(import.meta.dirname, "../../tests/rulebooks/fixtures/conditions.json");
const shared = JSON.parse(readFileSync(file, "utf8")) as Shared;
/** What only the server refuses: this page never makes it, or shows it otherwise. */
const SERVER_ONLY = new Set(["unknown-label", "wrong-kind", "wrong-parts"]);
const cases = shared.cases.filter((each) => !each.problems.some(([code]) => SERVER_ONLY.has(code)));

function rules(name: string) {
  const { fields, checks } = shared.rulebooks[name] ?? { fields: [], checks: [] };
  return { ...rulebook(fields, checks), fields };
}

function itemOf({ item }: Case): Item {
  const turns = (item.speakers ?? []).map((speaker) => ({ speaker, text: "…" }));
  const text = item.speakers ? JSON.stringify({ turns }) : null;
  return { id: 1, name: "one", url: null, ...item, text };
}

describe("what the rulebook asks", () => {
  test.each(cases)("$name", (each) => {
    const { fields } = rules(each.rulebook);
    const answers = readAnswers(rules(each.rulebook), each.answers);
    const asking = findAsked(fields, answers, itemOf(each));
    const asked = fields.map((field) => [
      field.id,
      field.target === "item" ? asking.fields.has(field.id) : asking.parts.get(field.id)?.map((part) => part.id),
    ]);
    expect(Object.fromEntries(asked)).toEqual(each.asked);
    const kept = putAway(fields, answers, asking);
    const wire = Object.entries(kept).map(([id, answer]) => {
      const field = fields.find((one) => one.id === id);
      return [id, field && kindOf(field).encode(answer)];
    });
    expect(Object.fromEntries(wire)).toEqual(each.kept);
  });

  test.each(cases)("what is not asked is not sent, and what is left lacks the same: $name", (each) => {
    const session = new Session(rules(each.rulebook));
    session.open(task(1, { item: itemOf(each), answers: each.answers }));
    const again = findProblems(session.rulebook, session.answers.value, itemOf(each));
    const gaps = each.problems.filter(([code]) => ["field-missing", "parts-missing", "check-failed"].includes(code));
    const found = new Set(again.map((problem) => `${problem.field} ${problem.check ? "check" : "gap"}`));
    expect(found).toEqual(
      new Set(gaps.map(([code, field]) => `${field} ${code === "check-failed" ? "check" : "gap"}`)),
    );
    for (const [code, field] of each.problems) {
      if (code === "not-asked") expect(session.encoded()).not.toHaveProperty(field);
    }
  });
});
