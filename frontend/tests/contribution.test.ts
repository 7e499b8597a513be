import { describe, expect, test } from "vitest";
import { giverOf } from "../src/kinds/contribution/giver";
import { type ContributionAnswer, faultsOf } from "../src/kinds/contribution/model";
import { wav } from "../src/kinds/contribution/recorder";
import { bench, field, rulebook, task, until } from "./cast";

const CONSENT = { version: "1", zh: "仅供训练", en: "for training" };
const ASKED = field("given", "contribution", [], { options: { mode: "text", most: 1, consent: CONSENT } });
const given = (id: string) => ({
  id,
  mode: "text" as const,
  hash: "c".repeat(64),
  media_type: "text/plain",
  size: 4,
  language: "zh",
  measures: { characters: 4 },
});

describe("what is given", () => {
  test("a recording is a WAV of 16 bits that does not wrap around where it is too loud", async () => {
    const file = wav([new Float32Array([0, 0.5]), new Float32Array([-1, 2])], 4, 48_000);
    const bytes = new DataView(await file.arrayBuffer());
    expect(bytes.byteLength).toBe(44 + 8);
    expect([bytes.getUint32(24, true), bytes.getUint32(40, true)]).toEqual([48_000, 8]);
    expect([44, 46, 48, 50].map((at) => bytes.getInt16(at, true))).toEqual([0, 16384, -32767, 32767]);
  });

  test("is kept while the network is away, and sent again under the same id", async () => {
    const ids: string[] = [];
    let online = false;
    const { bench: on, wake } = bench(rulebook([ASKED]), (path) => {
      if (path.startsWith("/api/v1/consents"))
        return [200, { consents: [{ ...CONSENT, project: 1, withdrawn_at: null }] }];
      if (!path.includes("/contributions")) return [200, { tasks: [] }];
      ids.push(new URL(path, "http://x").searchParams.get("id") ?? "");
      return online ? [200, { kept: true, given: given(ids[0] ?? ""), problems: [] }] : "no network";
    });
    on.session.open(task(1, { item: { ...task(1).item, media: "text", text: "请说" } }));
    const giver = giverOf(on, ASKED);
    await giver.begin(task(1));
    expect(giver.consent.value).toBe("agreed");
    giver.give(new Blob(["你好吗?"]));
    await until(() => giver.sending.value[0]?.state === "waiting");
    online = true;
    wake();
    await until(() => giver.sending.value.length === 0);
    expect(new Set(ids).size).toBe(1);
    expect((on.session.answer(ASKED) as ContributionAnswer).given).toHaveLength(1);
  });

  test("that is refused says why and stays out of the answer", async () => {
    const problem = {
      code: "given-wrong-language",
      message: "It seems to be English.",
      next: "Write Chinese.",
      details: {},
    };
    const { bench: on } = bench(rulebook([ASKED]), (path) => {
      if (path.startsWith("/api/v1/consents")) return [200, { consents: [] }];
      return [
        200,
        path.includes("/contributions") ? { kept: false, given: given("x"), problems: [problem] } : { tasks: [] },
      ];
    });
    on.session.open(task(2, { item: { ...task(2).item, media: "text", text: "请说" } }));
    const giver = giverOf(on, ASKED);
    await giver.begin(task(2));
    expect(giver.consent.value).toBe("needed");
    giver.give(new Blob(["Hello"]));
    await until(() => giver.sending.value[0]?.state === "refused");
    expect(giver.sending.value[0]?.said).toEqual(["It seems to be English. Write Chinese."]);
    expect(giver.answer.given).toEqual([]);
  });

  test("is as much as the field asks for", () => {
    const two = { kind: "contribution" as const, given: [given("a"), given("b")] };
    expect(faultsOf(two, ASKED).map(({ id }) => id)).toEqual(["too-many-given"]);
    const three = field("given", "contribution", [], { options: { least: 3, most: 5, consent: CONSENT } });
    expect(faultsOf(two, three).map(({ id }) => id)).toEqual(["nothing-given"]);
  });
});
