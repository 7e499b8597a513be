/** Talking to the server: JSON both ways, and its refusals as values that can be shown. */
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
  ) {
    super(refusal.message);
  }

  /** Whether the same request may succeed later without a change: after signing in, or when the server is less busy. */
  get passing(): boolean {
    return this.status >= 500 || [401, 408, 425, 429].includes(this.status) || this.refusal.code === "not-signed-in";
  }
}

/** No answer came: the network, or the server, is away. */
export class Unreachable extends Error {}

export class Api {
  /** Server clock minus this computer's, in milliseconds, by the last answer. */
  skew = 0;

  constructor(
    private readonly csrf: string,
    private readonly fetcher: typeof fetch = (...args) => fetch(...args),
  ) {}

  get<T>(url: string): Promise<T> {
    return this.call<T>("GET", url);
  }

  send<T>(method: "POST" | "PUT", url: string, body: unknown, keepalive = false): Promise<T> {
    return this.call<T>(method, url, body, keepalive);
  }

  private async call<T>(method: string, url: string, body?: unknown, keepalive = false): Promise<T> {
    const headers: Record<string, string> = { Accept: "application/json", "X-CSRF-Token": this.csrf };
    const init: RequestInit = { method, headers, credentials: "same-origin", keepalive };
    if (body !== undefined) {
      headers["Content-Type"] = "application/json";
      init.body = JSON.stringify(body);
    }
    const response = await this.fetcher(url, init).catch((error: unknown) => {
      throw new Unreachable(String(error));
    });
    const date = Date.parse(response.headers.get("Date") ?? "");
    if (!Number.isNaN(date)) this.skew = date - Date.now();
    if (!response.ok) throw new Refused(response.status, await readRefusal(response));
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

/** Whatever stands between us and the server may answer in its own way; then the status has to do. */
async function readRefusal(response: Response): Promise<Refusal> {
  const body = (await response.json().catch(() => ({}))) as Partial<Refusal>;
  return {
    code: body.code ?? `http-${response.status}`,
    message: body.message ?? response.statusText,
    next: body.next ?? "",
    details: body.details ?? {},
  };
}

/** A new id for a write, 32 hex digits; works on pages without HTTPS too. */
export function clientId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
