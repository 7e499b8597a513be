/** Talking to the server: JSON both ways, and its refusals as values that can be shown. */
import { t } from "../words";

const ME = "/api/v1/me";
const PATIENCE_MS = 30_000;
const UPLOAD_PATIENCE_MS = 180_000;

interface Me {
  readonly id: number;
  readonly name: string;
  readonly csrf: string | null;
}

export interface Refusal {
  readonly code: string;
  readonly message: string;
  readonly next: string;
  readonly details: Readonly<Record<string, unknown>>;
}

/** The server understood and said no. */
export class Refused extends Error {
  constructor(
    readonly status: number,
    readonly refusal: Refusal,
    /** How long the server asks to be left alone, in milliseconds. */
    readonly after = 0,
  ) {
    super(refusal.message);
  }

  /** Whether the same may succeed later without a change: after signing in, in a calmer hour, once the round goes on. */
  get passing(): boolean {
    return this.status >= 500 || [401, 408, 425, 429].includes(this.status) || PASSING.has(this.refusal.code);
  }
}

const PASSING = new Set(["not-signed-in", "round-closed"]);

/** The browser's session is not this page's person any more: nobody is signed in, or somebody else of this name. */
export class NotYou extends Error {
  constructor(readonly who: string | null) {
    super(who ?? "nobody");
  }
}

/** No answer came: the network, or the server, is away. */
export class Unreachable extends Error {}

export class Api {
  /** Server clock minus this computer's, in milliseconds, by the last answer. */
  skew = 0;

  constructor(
    private csrf: string,
    private readonly fetcher: typeof fetch = (...args) => fetch(...args),
    /** Whose page this is; null where nobody asks. */
    private readonly person: number | null = null,
  ) {}

  get<T>(url: string): Promise<T> {
    return this.call<T>("GET", url);
  }

  send<T>(method: "POST" | "PUT", url: string, body: unknown, keepalive = false): Promise<T> {
    return this.call<T>(method, url, body, keepalive);
  }

  /** A file on its way; a slow network is given its time. */
  upload<T>(url: string, content: Blob): Promise<T> {
    return this.call<T>("POST", url, content);
  }

  /** A session that began anew is taken up, and the request made once more; anybody else's is never written under. */
  private async call<T>(method: string, url: string, body?: unknown, keepalive = false): Promise<T> {
    const used = this.csrf;
    try {
      return await this.once<T>(method, url, body, keepalive);
    } catch (error) {
      if (!(error instanceof Refused) || !isAboutWho(error) || !(await this.renewed(used))) throw error;
      return this.once<T>(method, url, body, keepalive);
    }
  }

  /** Whether this page's person has signed in anew since `used` was their token; throws NotYou where it is not them. */
  private async renewed(used: string): Promise<boolean> {
    if (this.person === null) return false;
    const me = await this.once<Me>("GET", ME).catch((error: unknown) => {
      throw error instanceof Refused && error.status === 401 ? new NotYou(null) : error;
    });
    if (me.id !== this.person) throw new NotYou(me.name);
    if (me.csrf === null || me.csrf === used) return false;
    this.csrf = me.csrf;
    return true;
  }

  private async once<T>(method: string, url: string, body?: unknown, keepalive = false): Promise<T> {
    const headers: Record<string, string> = { Accept: "application/json", "X-CSRF-Token": this.csrf };
    // A network that swallows everything is no network: nobody waits for it without being told.
    const signal = AbortSignal.timeout(PATIENCE_MS);
    const init: RequestInit = { method, headers, credentials: "same-origin", keepalive, signal };
    if (body instanceof Blob) {
      headers["Content-Type"] = "application/octet-stream";
      init.body = body;
      init.signal = AbortSignal.timeout(UPLOAD_PATIENCE_MS);
    } else if (body !== undefined) {
      headers["Content-Type"] = "application/json";
      init.body = JSON.stringify(body);
    }
    const response = await this.fetcher(url, init).catch((error: unknown) => {
      throw new Unreachable(String(error));
    });
    const date = Date.parse(response.headers.get("Date") ?? "");
    if (!Number.isNaN(date)) this.skew = date - Date.now();
    if (!response.ok) throw new Refused(response.status, await readRefusal(response), rest(response));
    return (response.status === 204 ? undefined : await readJson(response)) as T;
  }
}

async function readJson(response: Response): Promise<unknown> {
  try {
    return await response.json();
  } catch (error) {
    throw new Unreachable(String(error));
  }
}

function isAboutWho({ status, refusal }: Refused): boolean {
  return status === 401 || refusal.code === "forged-request";
}

/** What `Retry-After` says, where it says seconds. */
function rest(response: Response): number {
  const seconds = Number(response.headers.get("Retry-After") ?? "");
  return Number.isFinite(seconds) && seconds > 0 ? Math.min(seconds, 600) * 1000 : 0;
}

/** Whatever stands between us and the server may answer in its own way; then the status has to do. */
async function readRefusal(response: Response): Promise<Refusal> {
  const body = (await response.json().catch(() => ({}))) as Partial<Refusal>;
  return {
    code: body.code ?? `http-${response.status}`,
    message: body.message ?? said(response.status),
    next: body.next ?? "",
    details: body.details ?? {},
  };
}

function said(status: number): string {
  if (status === 413) return t("The answer is larger than the server takes.");
  return t("The server answered {status} and said no more.", { status });
}

/** A new id for a write, 32 hex digits; works on pages without HTTPS too. */
export function clientId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
