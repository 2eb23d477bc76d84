import { statusError } from "./errors.js";
import { type Parameter, place } from "./parameters.js";
import { authenticate, type Credential, type Scheme } from "./security.js";

/** What a request is made of, beside what the caller gives. */
export interface Operation {
  readonly method: string;
  readonly path: string;
  readonly parameters: readonly Parameter[];
  readonly contentType?: string;
  readonly accept?: string;
  /** The schemes that are needed together, for each of several ways. */
  readonly security: readonly (readonly string[])[];
}

/** What holds for all requests of a client. */
export interface ClientOptions {
  readonly baseUrl?: string;
  readonly headers?: { readonly [name: string]: string };
  /** By the key of a security scheme. */
  readonly credentials?: { readonly [key: string]: Credential };
  readonly schemes?: { readonly [key: string]: Scheme };
  readonly fetch?: (url: string, init: RequestInit) => Promise<Response>;
}

/** What holds for one request. */
export interface Options {
  readonly headers?: { readonly [name: string]: string };
  /** The entity tag that the record must still have (RFC 9110, section 13.1.1). */
  readonly ifMatch?: string;
  readonly signal?: AbortSignal;
  /** Is called with the response, before its body is read. */
  readonly onResponse?: (response: Response) => void;
}

/** One page of a list. Iterating over it goes through all pages from this one on. */
export class Page<Item> implements AsyncIterable<Item> {
  readonly items: readonly Item[];
  /** How many there are on all pages, if the server says so. */
  readonly total: number | undefined;
  readonly #next: (() => Promise<Page<Item>>) | undefined;

  constructor(items: readonly Item[], total: number | undefined, next: (() => Promise<Page<Item>>) | undefined) {
    this.items = items;
    this.total = total;
    this.#next = next;
  }

  get hasNext(): boolean {
    return this.#next !== undefined;
  }

  /** Returns the next page, or undefined behind the last one. */
  async next(): Promise<Page<Item> | undefined> {
    return this.#next?.();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Item, void, undefined> {
    for (let page: Page<Item> | undefined = this; page !== undefined; page = await page.next()) yield* page.items;
  }
}

/** Returns the target of the link to the next page (RFC 8288), or undefined. */
export function nextLink(header: string | null): string | undefined {
  for (const link of header?.matchAll(/<([^>]*)>((?:\s*;\s*[^\s=;,]+\s*=\s*(?:"[^"]*"|[^\s;,]*))*)/g) ?? []) {
    const relations = /;\s*rel\s*=\s*(?:"([^"]*)"|([^\s;,]*))/i.exec(link[2] ?? "");
    if ((relations?.[1] ?? relations?.[2] ?? "").toLowerCase().split(/\s+/).includes("next")) return link[1];
  }
  return undefined;
}

/** Sends requests. */
export class Http {
  readonly #options: ClientOptions;

  constructor(options: ClientOptions) {
    this.#options = options;
  }

  /** Sends a request and returns the body of the response. It throws a StatusError where the server refuses. */
  async send<T>(operation: Operation, parameters: object, body: unknown, options: Options): Promise<T> {
    const response = await this.#request(operation, parameters, body, options);
    return (await content(response)) as T;
  }

  /** Sends a request for a list and returns its first page. */
  async page<Item>(operation: Operation, parameters: object, body: unknown, options: Options): Promise<Page<Item>> {
    return this.#page(await this.#request(operation, parameters, body, options), operation, options);
  }

  async #page<Item>(response: Response, operation: Operation, options: Options): Promise<Page<Item>> {
    const items = (await content(response)) as readonly Item[];
    const total = response.headers.get("X-Total-Count");
    const link = nextLink(response.headers.get("Link"));
    if (link === undefined) return new Page(items, total === null ? undefined : Number(total), undefined);
    const url = new URL(link, response.url);
    if (url.origin !== new URL(response.url).origin) throw new TypeError(`the next page is on another server: ${url.origin}`);
    const next = { ...operation, path: url.pathname + url.search, parameters: [] };
    return new Page(items, total === null ? undefined : Number(total), async () =>
      this.#page(await this.#request(next, {}, undefined, options, url.origin), operation, options),
    );
  }

  async #request(operation: Operation, parameters: object, body: unknown, options: Options, base = this.#options.baseUrl ?? ""): Promise<Response> {
    const parts = place(operation.path, operation.parameters, parameters);
    const own = { ...this.#options.headers, ...options.headers };
    for (const [name, value] of Object.entries(own)) parts.headers.set(name, value);
    if (operation.accept !== undefined) parts.headers.set("Accept", `${operation.accept}, application/problem+json`);
    if (body !== undefined && operation.contentType !== undefined) parts.headers.set("Content-Type", operation.contentType);
    if (options.ifMatch !== undefined) parts.headers.set("If-Match", options.ifMatch);
    await authenticate(operation.security, this.#options.schemes ?? {}, this.#options.credentials ?? {}, parts);
    if (parts.cookies.length > 0) parts.headers.set("Cookie", parts.cookies.join("; "));
    const query = parts.query.length > 0 ? (parts.path.includes("?") ? "&" : "?") + parts.query.join("&") : "";
    const init: RequestInit = { method: operation.method, headers: parts.headers };
    if (body !== undefined) init.body = JSON.stringify(body);
    if (options.signal !== undefined) init.signal = options.signal;
    const send = this.#options.fetch ?? fetch;
    const response = await send(base.replace(/\/+$/, "") + parts.path + query, init);
    options.onResponse?.(response);
    if (!response.ok) throw await statusError(response);
    return response;
  }
}

/** Returns the body of a response: JSON, another text, or nothing. */
async function content(response: Response): Promise<unknown> {
  const text = await response.text();
  if (text === "") return undefined;
  return /[/+]json\b/i.test(response.headers.get("Content-Type") ?? "application/json") ? JSON.parse(text) : text;
}
