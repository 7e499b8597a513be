import { describe, expect, it } from "vitest";
import type { Entry } from "../src/rulebook/boot";
import { offer } from "../src/rulebook/completing";
import { Keeping } from "../src/rulebook/keeping";
import { sectionAt } from "../src/rulebook/language";
import { lineFor, placeFor } from "../src/rulebook/preview";
import { Saving, type State } from "../src/rulebook/saving";
import { changesBetween } from "../src/rulebook/textdiff";
import { Refused } from "../src/rulebook/wire";

const entry = (group: string, id: string, line: number): Entry => ({ group, id, name: id, line, level: 1 });
const KNOWN = {
  entries: [
    entry("fields", "defects", 3),
    entry("labels", "scratch", 5),
    entry("labels", "crack", 8),
    entry("clauses", "C3", 12),
  ],
  kinds: ["choice", "box"],
};
const labels = (section: string, before: string) => offer(section, before, KNOWN)?.names.map((one) => one.label);

describe("names are offered where they fit", () => {
  it.each([
    ["fields", "    kind: ", ["choice", "box"]],
    ["fields", "    labels: [scratch, ", ["scratch", "crack"]],
    ["labels", "    parent: sc", ["scratch", "crack"]],
    ["examples", "    clause: ", ["C3"]],
    ["examples", "    polarity: ", ["positive", "negative", "boundary"]],
    ["checks", "    field: ", ["defects"]],
    ["clauses", "labels: scratch, ", ["scratch", "crack"]],
    ["clauses", "over: ", ["C3"]],
    ["clauses", "see C", ["C3"]],
  ])("in %s behind “%s”", (section, before, names) => expect(labels(section, before)).toEqual(names));

  it("offers keys of the section at the start of a line, and nothing inside a sentence", () => {
    expect(labels("labels", "    de")).toContain("definition");
    expect(labels("clauses", "A groove that ")).toBeUndefined();
  });

  it("knows which part a line stands in", () => {
    const lines = ["---", "fields:", "  - id: a", "labels:", "  - id: b", "---", "", "## C1 a | b"];
    expect([1, 2, 4, 7].map((line) => sectionAt(lines, line))).toEqual(["fields", "fields", "labels", "clauses"]);
  });
});

describe("from one text to another", () => {
  const apply = (text: string, changes: ReturnType<typeof changesBetween>) =>
    [...changes].reverse().reduce((now, one) => now.slice(0, one.from) + one.insert + now.slice(one.to), text);

  it.each([
    ["a\nb\nc\n", "a\nB\nc\n"],
    ["a\nb\nc\nd\n", "b\nx\nc\nd\ny"],
    ["", "a\n"],
    ["a\na\nb\na\n", "a\nb\na\na\n"],
    ["same", "same"],
  ])("%j becomes %j", (before, after) => expect(apply(before, changesBetween(before, after))).toBe(after));

  it("touches only what changed, so that a cursor elsewhere stays", () => {
    const before = Array.from({ length: 50 }, (_, n) => `line ${n}\n`).join("");
    const after = before.replace("line 10\n", "line ten\n").replace("line 40\n", "");
    expect(changesBetween(before, after).map((one) => one.to - one.from)).toEqual([8, 8]);
  });
});

describe("reading and text stay at the same place", () => {
  const places = [
    { line: 20, top: 0 },
    { line: 3, top: 100 },
    { line: 9, top: 200 },
  ];
  it("shows the last thing that begins at the line or above", () => expect(placeFor(places, 15)?.top).toBe(200));
  it("shows the line of what is at the top", () => expect(lineFor(places, 150)).toBe(3));
});

function store() {
  const kept = new Map<string, string>();
  return {
    kept,
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  };
}

function desk(
  send: (id: string, document: string, revision: number) => Promise<{ document: string; revision: number }>,
) {
  const local = store();
  const keeping = new Keeping(local, "k");
  const seen = {
    text: "saved\n",
    states: [] as State[],
    ids: [] as string[],
    later: [] as (() => void)[],
    conflicts: 0,
  };
  const saving = new Saving(
    {
      read: () => seen.text,
      send: (id, document, revision) => {
        seen.ids.push(id);
        return send(id, document, revision);
      },
      join: async (document) => ({
        document: `${document}theirs\n`,
        revision: 7,
        conflicts: [{ place: "C1", mine: "a", theirs: "b", marks: [] }],
      }),
      keep: (document, revision) => keeping.keep(document, revision),
      forget: () => keeping.forget(),
      take: (_, document, open) => {
        seen.text = document;
        seen.conflicts = open.length;
      },
      show: (state) => seen.states.push(state),
      newId: () => `id-${seen.ids.length}`,
      later: (run) => seen.later.push(run),
    },
    1,
  );
  return { seen, saving, keeping };
}

describe("nothing that was typed is lost", () => {
  it("keeps what is typed until the server has it", async () => {
    const { seen, saving, keeping } = desk(async (_, document) => ({ document, revision: 2 }));
    seen.text = "more\n";
    saving.typed();
    expect(keeping.read()).toMatchObject({ document: "more\n", revision: 1 });
    await saving.save();
    expect([keeping.read(), saving.revision, saving.state]).toEqual([null, 2, "saved"]);
  });

  it("sends the same text again under the same id when the server did not answer", async () => {
    let answers = false;
    const { seen, saving, keeping } = desk(async (_, document) => {
      if (!answers) throw new Refused("", "gone");
      return { document, revision: 2 };
    });
    seen.text = "more\n";
    saving.typed();
    await saving.save();
    expect([saving.state, keeping.read()?.document]).toEqual(["unreachable", "more\n"]);
    answers = true;
    seen.later[0]?.();
    await Promise.resolve();
    await new Promise((resolve) => setTimeout(resolve));
    expect([saving.state, new Set(seen.ids).size, seen.ids.length]).toEqual(["saved", 1, 2]);
  });

  it("leaves to a person what both changed, from the others' save on", async () => {
    const { seen, saving, keeping } = desk(async () => {
      throw new Refused("rulebook-conflict", "both");
    });
    seen.text = "mine\n";
    await saving.save();
    expect([seen.text, seen.conflicts, saving.revision, saving.state]).toEqual(["mine\ntheirs\n", 1, 7, "changed"]);
    expect(keeping.read()?.revision).toBe(7);
  });

  it("does not trust what a store of an older page holds", () => {
    const local = store();
    local.kept.set("k", '{"document": 3}');
    expect(new Keeping(local, "k").read()).toBeNull();
  });
});
