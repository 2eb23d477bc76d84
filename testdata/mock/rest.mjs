// A REST client that knows its operations from an OpenAPI document.
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { keyText, parse, stringify } from './exact.mjs';
import { firestone, root } from './server.mjs';

const METHODS = ['post', 'patch', 'put', 'delete']; // that change something, in the order in which they are tried
const MAX_BYTES = 256 << 20; // of a document

// Returns what firestone prints, or undefined for a usage error.
async function output(...args) {
  try {
    const { stdout } = await promisify(execFile)(firestone, args, { cwd: root, maxBuffer: MAX_BYTES });
    return stdout;
  } catch (error) {
    if (error.code === 2) return undefined;
    throw new Error(`firestone ${args.join(' ')}\n${error.stderr}`);
  }
}

// Returns the document that a pack renders, as JSON.
export async function render(pack, definitions) {
  const folder = mkdtempSync(join(tmpdir(), 'firestone-document-'));
  try {
    const file = join(folder, `${pack}.json`);
    await output('-t', pack, '-o', file, ...definitions);
    return readFileSync(file, 'utf8');
  } finally {
    rmSync(folder, { recursive: true });
  }
}

// Returns the names of the keys by the paths of instances: /books/{book_id} to book_id.
async function keyNames(definitions) {
  const names = new Map();
  for (let i = 0; ; i++) {
    const name = await output('model', '--get', `Resources.${i}.Key.Name`, ...definitions);
    if (name === undefined) return names;
    const path = await output('model', '--get', `Resources.${i}.Levels.instance.Path`, ...definitions);
    if (path !== undefined) names.set(templateOf(path.trimEnd()), name.trimEnd());
  }
}

// Returns the path of a document as it appears in a URL, with its {parameters}: both documents then write it alike.
export function templateOf(path) {
  const steps = path.replace(/^\//, '').split('/');
  return steps.map(step => `/${isParameter(step) ? step : encodeURIComponent(decodeURIComponent(step))}`).join('');
}

const isParameter = step => /^\{.*\}$/.test(step);

export class Rest {
  // base is the URL that the paths of the document follow; document the document itself.
  constructor(base, document, keys) {
    Object.assign(this, { base, document, keys, made: new Map(), listed: new Map() });
    this.items = new Map(Object.entries(document.paths).map(([path, item]) => [templateOf(path), item]));
  }

  static async of(base, definitions) {
    const [document, keys] = await Promise.all([render('openapi', definitions), keyNames(definitions)]);
    return new Rest(base, parse(document), keys);
  }

  // Returns the operations that change something: { template, method, contentType, hasExample, example }.
  changes() {
    return METHODS.flatMap(method => [...this.items].filter(([, item]) => item[method]).map(([template, item]) => {
      const [contentType, content] = Object.entries(item[method].requestBody?.content ?? {})[0] ?? [];
      const hasExample = content === undefined || content.example !== undefined || content.examples !== undefined;
      return { template, method, contentType, hasExample, example: content && this.exampleOf(content) };
    }));
  }

  // Returns the example of a media type object, or, without one, a guess at the smallest valid value.
  exampleOf({ example, examples = {}, schema }) {
    const [given = example] = Object.values(examples).map(({ value }) => value);
    if (given !== undefined) return given;
    const { type, properties = {}, patternProperties = {}, required = [] } = this.resolved(schema);
    const names = [...required, ...Object.keys(patternProperties).filter(pattern => /^\^\w+\$$/.test(pattern)).map(pattern => pattern.slice(1, -1))];
    if (type === 'object') return Object.fromEntries(names.map(name => [name, this.exampleOf({ schema: properties[name] ?? {} })]));
    return { array: [], boolean: true, integer: 1, number: 1 }[type] ?? 'text';
  }

  // Returns the names of properties that are only ever written.
  secrets() {
    const written = new Set();
    const read = new Set();
    const find = part => {
      if (typeof part !== 'object' || part === null) return;
      for (const [name, property] of Object.entries(part.properties ?? {})) (property.writeOnly === true ? written : read).add(name);
      for (const inside of Object.values(part)) find(inside);
    };
    find(this.document.components?.schemas);
    return [...written].filter(name => !read.has(name));
  }

  // Returns the query string, including credentials, with which an operation affects all records.
  query(template, method, credentials = this.credentials(template, method)) {
    const item = this.items.get(template) ?? {};
    const query = new URLSearchParams(credentials.query);
    for (const parameter of [...(item.parameters ?? []), ...(item[method]?.parameters ?? [])].map(one => this.resolved(one))) {
      const text = parameter.in === 'query' ? this.textFor(parameter) : undefined;
      if (text !== undefined) query.set(parameter.name, text);
    }
    return query.size > 0 ? `?${query}` : '';
  }

  // Returns the content with the values of the list's required filters, so that the list includes it.
  fitted(template, content) {
    const collection = this.keys.has(template) ? template.slice(0, template.lastIndexOf('/')) : template;
    const fitted = { ...content };
    for (const [name, text] of new URLSearchParams(this.query(collection, 'get'))) if (typeof content[name] === 'string' && text !== '') fitted[name] = text;
    return fitted;
  }

  // Returns the value of a query parameter, or undefined to omit it: large pages, and no filter by default.
  textFor({ name, required, schema, ...content }) {
    if (/limit|size/i.test(name) && schema.type === 'integer') return Math.min(100, schema.maximum ?? 100);
    if (typeof schema.default === 'string' && schema.enum === undefined) return '';
    return required ? schema.default ?? this.exampleOf({ schema, ...content }) : undefined;
  }

  // Returns credentials that satisfy the first security requirement of an operation.
  credentials(template, method) {
    const [first = {}] = this.items.get(template)?.[method]?.security ?? this.document.security ?? [];
    const schemes = this.document.components?.securitySchemes ?? {};
    return credentialsOf(Object.keys(first).map(name => this.resolved(schemes[name])));
  }

  // Returns the credentials of a connection: for reading, and for publishing too.
  connectionCredentials(template) {
    const all = METHODS.concat('get').map(method => this.credentials(template, method));
    return { headers: Object.assign({}, ...all.map(({ headers }) => headers)), query: Object.assign({}, ...all.map(({ query }) => query)) };
  }

  resolved(part) {
    if (part.$ref === undefined) return part;
    return part.$ref.slice(2).split('/').reduce((at, step) => at[decodeURIComponent(step).replaceAll('~1', '/').replaceAll('~0', '~')], this.document);
  }

  async ask(method, template, path, content, contentType) {
    const headers = { ...this.credentials(template, method).headers, ...(content === undefined ? {} : { 'Content-Type': contentType ?? 'application/json' }) };
    const response = await fetch(this.base + path + this.query(template, method), { method: method.toUpperCase(), headers, body: content === undefined ? undefined : stringify(content) });
    const text = await response.text();
    if (method !== 'get' && (this.keys.has(template) || method !== 'put')) this.forget();
    if (response.status === 201) this.note(path, response.headers.get('Location'));
    return new Answer(response.status, text);
  }

  // Drops the cached keys.
  forget() {
    this.listed.clear();
  }

  // Remembers the key of a new record: its collection may not be readable.
  note(path, location) {
    this.made.set(path, [...(this.made.get(path) ?? []), location.slice(location.lastIndexOf('/') + 1)]);
  }

  canRead(template) {
    return this.items.get(template)?.get !== undefined;
  }

  // Returns the paths of all records that match a template.
  async paths(template) {
    let found = [''];
    let at = '';
    for (const segment of template.slice(1).split('/')) {
      const around = at;
      at += `/${segment}`;
      if (!isParameter(segment)) found = found.map(path => `${path}/${segment}`);
      else found = (await Promise.all(found.map(async path => (await this.keysIn(around, path, this.keys.get(at))).map(key => `${path}/${key}`)))).flat();
    }
    return found;
  }

  async keysIn(template, path, name) {
    if (!this.canRead(template)) return this.made.get(path) ?? [];
    if (!this.listed.has(path)) {
      const { value } = await this.ask('get', template, path);
      this.listed.set(path, (value ?? []).map(item => keyText(item[name])));
    }
    return this.listed.get(path);
  }
}

class Answer {
  constructor(status, text) {
    Object.assign(this, { status, text });
  }

  // The content of a successful response.
  get value() {
    return this.status < 300 && this.text !== '' ? parse(this.text) : undefined;
  }
}

// Returns credentials for all of the security schemes.
function credentialsOf(schemes) {
  const headers = {};
  const query = {};
  const cookies = [];
  for (const { type, scheme, in: place, name } of schemes) {
    if (type === 'http' && scheme.toLowerCase() === 'basic') headers.Authorization = `Basic ${btoa('ann:secret')}`;
    else if (type === 'http' && scheme.toLowerCase() !== 'bearer') headers.Authorization = `${scheme} secret`;
    else if (type !== 'apiKey' && type !== 'mutualTLS') headers.Authorization = 'Bearer secret';
    else if (place === 'header') headers[name] = 'secret';
    else if (place === 'query') query[name] = 'secret';
    else if (place === 'cookie') cookies.push(`${name}=secret`);
  }
  if (cookies.length > 0) headers.Cookie = cookies.join('; ');
  return { headers, query };
}
