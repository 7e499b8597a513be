// @vitest-environment happy-dom
import { beforeEach, describe, expect, test, vi } from "vitest";
import { Api } from "../src/workbench/api";
import { Settings } from "../src/workbench/settings";
import { SettingsSync } from "../src/workbench/settingsync";

type Answer = [number, unknown] | "no network";

/** A browser of person 7, and the account behind it. */
function browser(answer: (method: string, body: unknown) => Answer) {
  const asked: [string, unknown][] = [];
  const fetcher = (async (_: string, init: RequestInit) => {
    const body = init.body ? JSON.parse(String(init.body)) : null;
    asked.push([init.method ?? "GET", body]);
    const said = answer(init.method ?? "GET", body);
    if (said === "no network") throw new TypeError("Failed to fetch");
    return new Response(JSON.stringify(said[1]), { status: said[0] });
  }) as unknown as typeof fetch;
  const settings = new Settings(localStorage, 7);
  return { asked, settings, sync: new SettingsSync(settings, new Api("token", fetcher), localStorage, 7, 5) };
}

describe("settings on the account", () => {
  beforeEach(() => localStorage.clear());

  test("are taken over from this browser when the account has none", async () => {
    localStorage.setItem("guiju.left-handed.7", "true");
    const { asked, sync } = browser((method) => [200, { settings: null, method }]);
    await sync.start();
    expect(asked[1]).toEqual(["PUT", { settings: expect.objectContaining({ "left-handed": true }) }]);
  });

  test("hold in a browser that never saw them, but for what cannot be", async () => {
    const kept = { keys: { submit: ["Space"] }, snap: "broken", unknown: 1 };
    const { asked, settings, sync } = browser(() => [200, { settings: kept }]);
    await sync.start();
    expect(settings.keys.value).toEqual({ submit: ["Space"] });
    expect(settings.snap.value).toBe(false);
    expect(asked).toHaveLength(1);
  });

  test("that were chosen without a network go out when it is back, and are not overwritten", async () => {
    let away = false;
    const account = (method: string): Answer => {
      if (away) return "no network";
      return [200, { settings: method === "GET" ? { snap: false } : {} }];
    };
    const first = browser(account);
    await first.sync.start();
    away = true;
    first.settings.snap.value = true;
    await vi.waitFor(() => expect(first.asked).toHaveLength(2));
    away = false;
    const later = browser(account);
    await later.sync.start();
    expect(later.asked[0]).toEqual(["PUT", { settings: expect.objectContaining({ snap: true }) }]);
    expect(later.settings.snap.value).toBe(true);
    expect(localStorage.getItem("guiju.unsent-settings.7")).toBeNull();
  });

  test("that the server refuses stay in this browser", async () => {
    const { settings, sync, asked } = browser((method) =>
      method === "GET" ? [200, { settings: {} }] : [413, { code: "settings-too-large", message: "", next: "" }],
    );
    await sync.start();
    settings.submitKey.value = "Space";
    await vi.waitFor(() => expect(asked).toHaveLength(2));
    await vi.waitFor(() => expect(localStorage.getItem("guiju.unsent-settings.7")).toBeNull());
    expect(settings.submitKey.value).toBe("Space");
  });
});
