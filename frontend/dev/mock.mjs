// The built workbench and site with a made-up server behind them, to look at: `npm run build && npm run mock`.
// Pages: /steel and /mood (?locale=en&theme=dark&draft=1), /site. Query `cut=1` makes submits fail, `refuse=1` refuses.
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join } from "node:path";
import { MOOD, STEEL } from "./data.mjs";
import { steel } from "./png.mjs";

const here = import.meta.dirname;
const app = join(here, "../../src/guiju/web/static/app");
const port = Number(process.argv[2] ?? 7199);
// A JSON file of English sentences and their Chinese; without it the mock speaks English.
const words = process.argv[3] ? JSON.parse(readFileSync(process.argv[3], "utf8")) : {};
const types = { ".js": "text/javascript", ".css": "text/css", ".json": "application/json" };
const rooms = { steel: room(STEEL), mood: room(MOOD) };

function room(project) {
  return { project, at: 0, done: [], seen: new Map(), leases: 0 };
}

function built(entry) {
  const manifest = JSON.parse(readFileSync(join(app, "manifest.json"), "utf8"));
  const { file, css } = manifest[entry];
  const sheets = (css ?? []).map((each) => `<link rel="stylesheet" href="/app/${each}">`).join("");
  return `${sheets}<script type="module" src="/app/${file}"></script>`;
}

function workbench(name, query) {
  const { project } = rooms[name];
  const locale = query.get("locale") ?? "zh-Hans";
  const theme = query.get("theme");
  const zh = locale !== "en";
  const api = (what) => `/api/${name}/${what}?${query}`;
  const boot = {
    locale,
    words: zh ? words : {},
    csrf: "x",
    project: { id: 1, name: project.project[zh ? "zh" : "en"] },
    round: { id: name === "steel" ? 5 : 6, kind: "production", kind_name: zh ? "生产" : "Production", number: 2 },
    rulebook: project.rulebook,
    rulings: [],
    person: { id: 1, name: "Lin" },
    today: { done: 148 },
    urls: {
      lease: api("lease"),
      submit: api("annotations"),
      mine: `/api/${name}/mine`,
      questions: api("questions"),
      drafts: api("drafts"),
      back: "/site",
    },
  };
  const json = JSON.stringify(boot).replaceAll("<", "\\u003c");
  return `<!doctype html><html lang="${locale}"${theme ? ` data-theme="${theme}"` : ""}><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Guiju</title>${theme ? `<script>localStorage.setItem("guiju.theme","${theme}")</script>` : ""}${built("src/workbench/main.tsx")}<body><div id="workbench"></div><script type="application/json" id="boot">${json}</script>`;
}

function lease(state, want, query) {
  const { items, draft } = state.project;
  const found = items.slice(state.at, state.at + want);
  state.at += found.length;
  return found.map((item) => {
    state.leases += 1;
    const first = query.get("draft") && item.id === 1;
    return {
      slot: item.id,
      lease: `l${state.leases}`,
      lease_until: new Date(Date.now() + 600_000).toISOString(),
      item,
      revision: 0,
      answers: first ? draft : null,
      note: query.get("note") && item.id === 1 ? query.get("note") : null,
    };
  });
}

const refusal = {
  code: "answers-refused",
  message: "答案未通过检查。",
  next: "按原因改正后再提交。",
  details: {
    problems: [
      {
        code: "outside-image",
        message: "框 b2 超出图片 12 像素。",
        next: "收回框的右边。",
        field: "defects",
        shape: "b2",
      },
    ],
  },
};

function answer(state, what, body, query) {
  switch (what) {
    case "lease":
      return [
        200,
        {
          tasks: query.get("empty") ? [] : lease(state, body.want, query),
          left: query.get("empty") ? 0 : 212 - state.done.length,
        },
      ];
    case "annotations": {
      if (query.get("cut")) return [503, { code: "busy", message: "服务器暂时不可用。", next: "", details: {} }];
      if (query.get("refuse") && !state.refused) {
        state.refused = true;
        return [422, refusal];
      }
      if (state.seen.has(body.id)) return [200, { ...state.seen.get(body.id), tasks: [] }];
      const item = state.project.items.find((each) => each.id === body.slot);
      const revision = body.revision + 1;
      state.done = [
        { slot: body.slot, item, revision, answers: body.answers, at: new Date().toISOString() },
        ...state.done.filter((each) => each.slot !== body.slot),
      ];
      const reply = {
        annotation: { id: state.done.length, revision },
        tasks: lease(state, body.want, query),
        today: { done: 148 + state.done.length },
      };
      state.seen.set(body.id, reply);
      return [200, reply];
    }
    case "mine":
      return [200, { annotations: state.done.slice(0, 20) }];
    case "questions":
      return [200, { question: { id: 1 } }];
    default:
      return [204, null];
  }
}

async function read(request) {
  let text = "";
  for await (const part of request) text += part;
  return text === "" ? {} : JSON.parse(text);
}

createServer(async (request, response) => {
  const url = new URL(request.url, "http://mock");
  const [, first, second, third] = url.pathname.split("/");
  const send = (status, type, body) => response.writeHead(status, { "Content-Type": type }).end(body);
  if (first === "reset") {
    rooms.steel = room(STEEL);
    rooms.mood = room(MOOD);
    return send(200, "text/plain", "ok");
  }
  if (first in rooms) return send(200, "text/html", workbench(first, url.searchParams));
  if (first === "site") {
    const page = readFileSync(join(here, "site.html"), "utf8").replace("<!--built-->", built("src/site/main.ts"));
    const theme = `<script>localStorage.setItem("guiju.theme","${url.searchParams.get("theme") ?? "auto"}")</script>`;
    return send(200, "text/html", page.replace("<meta", `${theme}<meta`));
  }
  if (first === "app") return send(200, types[extname(second)] ?? "text/plain", readFileSync(join(app, second)));
  if (first === "media") return send(200, "image/png", steel(Number(second.replace(/\D/g, ""))));
  if (first === "api") {
    const [status, body] = answer(rooms[second], third, await read(request), url.searchParams);
    return send(status, "application/json", body === null ? undefined : JSON.stringify(body));
  }
  return send(404, "text/plain", "no such page");
}).listen(port, "127.0.0.1", () => console.log(`http://127.0.0.1:${port}/steel  /mood  /site`));
