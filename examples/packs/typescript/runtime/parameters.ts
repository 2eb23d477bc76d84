/** A parameter of an operation (OpenAPI 3.1, section 4.8.12). */
export interface Parameter {
  /** How the caller names it. */
  readonly key: string;
  readonly name: string;
  readonly in: string;
  readonly style: string;
  readonly explode: boolean;
}

const DELIMITERS: { readonly [style: string]: string } = { spaceDelimited: "%20", pipeDelimited: "%7C" };

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function plain(value: unknown): string {
  return typeof value === "string" ? value : (JSON.stringify(value) ?? "");
}

/** Encodes everything that is not unreserved (RFC 3986). */
export function encoded(value: unknown): string {
  return encodeURIComponent(plain(value)).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
}

/** Returns the parts of a query, in which a list or an object is written in the style. */
export function queryParts(name: string, value: unknown, style: string, explode: boolean): string[] {
  const delimiter = DELIMITERS[style] ?? ",";
  if (Array.isArray(value)) {
    return explode ? value.map((item) => `${encoded(name)}=${encoded(item)}`) : [`${encoded(name)}=${value.map(encoded).join(delimiter)}`];
  }
  if (!isObject(value)) return [`${encoded(name)}=${encoded(value)}`];
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  if (style === "deepObject") return members.flatMap(([key, member]) => queryParts(`${name}[${key}]`, member, "form", true));
  if (explode) return members.map(([key, member]) => `${encoded(key)}=${encoded(member)}`);
  return [`${encoded(name)}=${members.flat().map(encoded).join(delimiter)}`];
}

/** Returns the text of a value in the style simple, which headers and paths have. */
export function simple(value: unknown, explode: boolean, write: (part: unknown) => string): string {
  if (Array.isArray(value)) return value.map(write).join(",");
  if (!isObject(value)) return write(value);
  return Object.entries(value).map(([key, member]) => write(key) + (explode ? "=" : ",") + write(member)).join(",");
}

/** Returns the text of a path parameter. */
function segment(parameter: Parameter, value: unknown): string {
  const { name, style, explode } = parameter;
  const text = simple(value, explode, encoded);
  if (style === "label") return "." + (explode ? text.replaceAll(",", ".") : text);
  if (style !== "matrix") return text;
  return explode && typeof value === "object" ? queryParts(name, value, "form", true).map((part) => `;${part}`).join("") : `;${encoded(name)}=${text}`;
}

/** What a request has beside its body. */
export interface Parts {
  path: string;
  query: string[];
  headers: Headers;
  cookies: string[];
}

/** Writes each parameter that is given where it belongs. A path without one of its parameters is an error. */
export function place(path: string, parameters: readonly Parameter[], given: object): Parts {
  const parts: Parts = { path, query: [], headers: new Headers(), cookies: [] };
  for (const parameter of parameters) {
    const value: unknown = Object.hasOwn(given, parameter.key) ? Reflect.get(given, parameter.key) : undefined;
    if (value === undefined) {
      if (parameter.in === "path") throw new TypeError(`the parameter ${parameter.key} is missing`);
      continue;
    }
    switch (parameter.in) {
      case "path": {
        const text = segment(parameter, value);
        if (text === "" || text === "." || text === "..") throw new TypeError(`the parameter ${parameter.key} cannot be ${plain(value)}`);
        parts.path = parts.path.replaceAll(`{${parameter.name}}`, () => text);
        break;
      }
      case "query":
        parts.query.push(...queryParts(parameter.name, value, parameter.style, parameter.explode));
        break;
      case "header":
        parts.headers.set(parameter.name, simple(value, parameter.explode, plain));
        break;
      default:
        parts.cookies.push(...queryParts(parameter.name, value, "form", parameter.explode));
    }
  }
  return parts;
}
