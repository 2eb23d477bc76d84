import { encoded, type Parts } from "./parameters.js";

/** How a client authenticates (OpenAPI 3.1, section 4.8.27). What does not belong to its type is empty. */
export interface Scheme {
  readonly type: string;
  readonly scheme: string;
  readonly in: string;
  readonly name: string;
}

/** A token or key, a name with a password, or a function that gets a token when a request needs it. */
export type Credential = string | { readonly username: string; readonly password: string } | (() => string | Promise<string>);

function basic(name: string, password: string): string {
  return btoa(String.fromCharCode(...new TextEncoder().encode(`${name}:${password}`)));
}

async function apply(scheme: Scheme, credential: Credential, parts: Parts): Promise<void> {
  const given = typeof credential === "function" ? await credential() : credential;
  const token = typeof given === "string" ? given : basic(given.username, given.password);
  if (scheme.type !== "apiKey") {
    const word = scheme.type === "http" && scheme.scheme !== "" ? scheme.scheme : "Bearer";
    parts.headers.set("Authorization", `${word.charAt(0).toUpperCase()}${word.slice(1)} ${token}`);
  } else if (scheme.in === "query") {
    parts.query.push(`${encoded(scheme.name)}=${encoded(token)}`);
  } else if (scheme.in === "header") {
    parts.headers.set(scheme.name, token);
  } else {
    parts.cookies.push(`${encoded(scheme.name)}=${encoded(token)}`);
  }
}

/**
 * Adds the credentials of the first requirement that they fulfil. A scheme of mutual TLS needs none here. Where they fulfil
 * none, the request is sent without, and the server says what it misses.
 */
export async function authenticate(
  security: readonly (readonly string[])[],
  schemes: { readonly [key: string]: Scheme },
  credentials: { readonly [key: string]: Credential },
  parts: Parts,
): Promise<void> {
  const isMet = (key: string): boolean => Object.hasOwn(credentials, key) || schemes[key]?.type === "mutualTLS";
  const keys = security.find((one) => one.every(isMet)) ?? [];
  for (const key of keys) {
    const scheme = schemes[key];
    const credential = credentials[key];
    if (scheme !== undefined && credential !== undefined) await apply(scheme, credential, parts);
  }
}
