import { describe, expect, test } from "vitest";
import type { Task } from "../src/workbench/boot";
import { type Answerer, bench, DEFECTS, MOOD, task, until } from "./cast";

const busy: [number, unknown] = [503, { code: "busy", message: "busy", next: "", details: {} }];

/** A server with `n` items that remembers what was submitted, once for each id. */
function server(n: number) {
  const stored = new Map<string, Record<string, unknown>>();
  const all = Array.from({ length: n }, (_, at) => task(at + 1));
  let given = 0;
  const give = (want: number): Task[] => {
    const some = all.slice(given, given + want);
    given += some.length;
    return some;
  };
  const answer: Answerer = (path, body) => {
    if (path === "lease") return [200, { tasks: give(body.want as number), left: n - given }];
    if (path !== "submit") return [204, null];
    stored.set(body.id as string, body);
    const tasks = give(body.want as number);
    return [200, { annotation: { id: stored.size, revision: 1 }, tasks }];
  };
  return { answer, stored };
}

const slots = (stored: Map<string, Record<string, unknown>>) => [...stored.values()].map((body) => body.slot);

describe("the workbench", () => {
  test("shows the next item at once and holds two ahead, to the last one", async () => {
    const { answer, stored } = server(6);
    const { bench: on } = bench(MOOD, answer);
    await on.start();
    for (let slot = 1; slot <= 6; slot += 1) {
      expect(on.session.task.value?.slot).toBe(slot);
      on.press(on.session.field.value, "pos");
      on.submit();
      await until(() => on.outbox.entries.value.length === 0 && on.queue.state.value !== "filling");
    }
    expect(on.session.task.value).toBeNull();
    expect(on.queue.state.value).toBe("dry");
    expect(slots(stored)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(on.done.value).toBe(6);
  });

  test("lets a submit bring the next item along, without a call of its own", async () => {
    const { answer } = server(20);
    let leases = 0;
    const { bench: on } = bench(MOOD, (path, body) => {
      if (path === "lease") leases += 1;
      return answer(path, body);
    });
    await on.start();
    for (let slot = 1; slot <= 5; slot += 1) {
      on.press(on.session.field.value, "pos");
      on.submit();
      await until(() => on.outbox.entries.value.length === 0);
    }
    expect(leases).toBe(1);
    expect(on.queue.tasks.value.map((each) => each.slot)).toEqual([7, 8]);
  });

  test("does not say that nothing is left while an answer that may bring the next item is on its way", async () => {
    let arrive = () => {};
    const arrived = new Promise<void>((resolve) => {
      arrive = resolve;
    });
    let [leases, sent] = [0, 0];
    const { bench: on } = bench(MOOD, async (path) => {
      if (path === "lease") {
        leases += 1;
        return [200, { tasks: leases === 1 ? [task(1)] : [] }];
      }
      if (path !== "submit") return [204, null];
      sent += 1;
      await arrived;
      return [200, { annotation: { id: sent, revision: 1 }, tasks: sent === 1 ? [task(2)] : [] }];
    });
    await on.start();
    on.press(on.session.field.value, "pos");
    on.submit();
    await until(() => leases > 1 && on.queue.state.value === "dry");
    expect(on.session.task.value).toBeNull();
    expect(on.mayCome.value).toBe(true);
    arrive();
    await until(() => on.session.task.value !== null);
    expect(on.session.task.value?.slot).toBe(2);

    on.press(on.session.field.value, "pos");
    on.submit();
    await until(() => on.outbox.entries.value.length === 0 && !on.mayCome.value);
    expect(on.session.task.value).toBeNull();
  });

  test("does not submit a gap, nor what a check forbids", async () => {
    const { answer } = server(1);
    const { bench: on } = bench(MOOD, answer);
    await on.start();
    on.submit();
    expect(on.session.task.value?.slot).toBe(1);
    expect(on.notice.value?.tone).toBe("bad");

    const shape = { id: "b1", label: "crack", x: 0, y: 0, w: 4, h: 20 };
    const narrow = task(1, { answers: { defects: { kind: "box", shapes: [shape] } } });
    const { bench: other } = bench(DEFECTS, (path) => [200, { tasks: path === "lease" ? [narrow] : [] }]);
    await other.start();
    other.submit();
    expect(other.session.selected.value).toBe("b1");
    expect(other.outbox.entries.value).toEqual([]);
  });

  test("asks once before an image goes out without a box", async () => {
    const { answer, stored } = server(2);
    const { bench: on } = bench(DEFECTS, answer);
    await on.start();
    on.submit();
    expect(on.notice.value?.tone).toBe("warn");
    expect(on.session.task.value?.slot).toBe(1);
    on.submit();
    await until(() => stored.size === 1);
    expect([...stored.values()][0]?.answers).toEqual({ defects: { kind: "box", shapes: [] } });
  });

  test("keeps what the network did not take, and sends it in order when it is back", async () => {
    const { answer, stored } = server(3);
    let cut = true;
    const { bench: on, wake } = bench(MOOD, (path, body) =>
      path === "submit" && cut ? "no network" : answer(path, body),
    );
    await on.start();
    for (const label of ["pos", "neg"]) {
      on.press(on.session.field.value, label);
      on.submit();
    }
    await until(() => on.outbox.trouble.value !== null);
    expect(on.session.task.value?.slot).toBe(3);
    expect(on.outbox.waiting.value).toHaveLength(2);
    cut = false;
    wake();
    await until(() => on.outbox.entries.value.length === 0);
    expect(slots(stored)).toEqual([1, 2]);
    expect(on.outbox.trouble.value).toBeNull();
  });

  test("stores an answer once although its acknowledgement was lost", async () => {
    const { answer, stored } = server(1);
    let lost = true;
    const { bench: on, wake } = bench(MOOD, (path, body) => {
      const said = answer(path, body);
      if (path !== "submit" || !lost) return said;
      lost = false;
      return "no network";
    });
    await on.start();
    on.press(on.session.field.value, "pos");
    on.submit();
    await until(() => on.outbox.trouble.value !== null);
    wake();
    await until(() => on.outbox.entries.value.length === 0);
    expect(stored.size).toBe(1);
  });

  test("delivers after a reload what an earlier page left behind, and nobody else's", async () => {
    const { bench: first, name } = bench(MOOD, (path) => (path === "lease" ? [200, { tasks: [task(1)] }] : busy));
    await first.start();
    first.press(first.session.field.value, "neg");
    first.submit();
    await until(() => first.outbox.trouble.value !== null);

    const { answer, stored } = server(0);
    const { bench: second } = bench(MOOD, answer, name);
    await second.start();
    await until(() => stored.size === 1);
    expect([...stored.values()][0]).toMatchObject({ slot: 1, answers: { mood: { kind: "choice", labels: ["neg"] } } });
    expect(second.outbox.entries.value).toEqual([]);
  });

  test("a refused answer comes back next, with its reason, and its resubmission replaces it", async () => {
    const { answer, stored } = server(3);
    let refuse = true;
    const details = { problems: [{ message: "no" }], revision: 4 };
    const { bench: on } = bench(MOOD, (path, body) => {
      if (path !== "submit" || !refuse) return answer(path, body);
      refuse = false;
      return [409, { code: "stale-revision", message: "changed meanwhile", next: "look again", details }];
    });
    await on.start();
    on.press(on.session.field.value, "pos");
    on.submit();
    await until(() => on.outbox.refused.value.length === 1);
    expect(on.session.task.value?.slot).toBe(2);
    on.press(on.session.field.value, "neg");
    on.submit();
    expect(on.session.task.value?.slot).toBe(1);
    const back = on.session.task.value;
    expect(back && on.refusalOf(back)?.message).toBe("changed meanwhile");
    expect(on.session.encoded()).toEqual({ mood: { kind: "choice", labels: ["pos"] } });
    on.submit();
    await until(() => on.outbox.entries.value.length === 0);
    expect([...stored.values()].map((body) => [body.slot, body.revision])).toEqual([
      [2, 0],
      [1, 4],
    ]);
  });

  test("a lapsed lease is said in the server's words and blocks nothing", async () => {
    const refusal = { code: "lease-lapsed", message: "The lease lapsed.", next: "Take it again.", details: {} };
    const { answer } = server(2);
    const { bench: on } = bench(MOOD, (path, body) => (path === "submit" ? [409, refusal] : answer(path, body)));
    await on.start();
    on.press(on.session.field.value, "pos");
    on.submit();
    await until(() => on.outbox.entries.value.length === 0);
    expect(on.notice.value?.text).toBe("The lease lapsed. Take it again.");
    expect(on.session.task.value?.slot).toBe(2);
  });

  test("correcting an earlier answer leaves the item in hand where it was", async () => {
    const { answer, stored } = server(2);
    const { bench: on } = bench(MOOD, answer);
    await on.start();
    on.press(on.session.field.value, "pos");
    const earlier = {
      slot: 9,
      item: task(9).item,
      revision: 2,
      answers: { mood: { kind: "choice", labels: ["neg"] } },
      at: "",
    };
    on.reopen(earlier);
    expect(on.session.task.value).toMatchObject({ slot: 9, revision: 2, lease: "" });
    on.submit();
    expect(on.session.task.value?.slot).toBe(1);
    expect(on.session.encoded()).toEqual({ mood: { kind: "choice", labels: ["pos"] } });
    await until(() => stored.size === 1);
    expect([...stored.values()][0]).toMatchObject({ slot: 9, revision: 2, lease: "" });
  });

  test("a paused round takes nothing for now: the answer waits here, and goes out when the round goes on", async () => {
    const { answer, stored } = server(3);
    const refusal = { code: "round-closed", message: "The round is paused.", next: "", details: { state: "paused" } };
    let paused = true;
    const { bench: on, wake } = bench(MOOD, (path, body) =>
      path === "submit" && paused ? [409, refusal] : answer(path, body),
    );
    await on.start();
    on.press(on.session.field.value, "pos");
    on.submit();
    await until(() => on.closed.value);
    expect(on.paused.value).toBe(true);
    expect(on.session.task.value).toBeNull();
    expect(on.outbox.waiting.value.map((entry) => entry.task.slot)).toEqual([1]);
    paused = false;
    await new Promise((resolve) => setTimeout(resolve, 10));
    wake();
    await until(() => on.outbox.entries.value.length === 0 && on.session.task.value !== null);
    expect(slots(stored)).toEqual([1]);
    expect(on.closed.value).toBe(false);
  });

  test("choosing submits at once where the person wants it so", async () => {
    const { answer, stored } = server(1);
    const { bench: on } = bench(MOOD, answer);
    on.settings.submitOnChoice.value = true;
    await on.start();
    on.press(on.session.field.value, "pos");
    await until(() => stored.size === 1);
    expect(on.session.task.value).toBeNull();
  });
});
