// Reads an AsyncAPI document with the official parser, and checks messages against the schemas that it finds there.
import { createRequire } from 'node:module';

// The parser and the validator are those of the referees, who judge the documents themselves.
const require = createRequire(new URL('../referees/package.json', import.meta.url));
const { Parser } = require('@asyncapi/parser');
const Ajv = require('ajv');
const addFormats = require('ajv-formats');

const parser = new Parser({ ruleset: { core: false, recommended: false } });

// Returns the channels of a document: { address, servers: [{ protocol, pathname }], sent, refusals, accepted }. The last three are
// lists of Message: what the server sends, how it refuses a message, and what a client may send.
export async function channelsOf(text) {
  const { document, diagnostics } = await parser.parse(text);
  if (!document) throw new Error(`the parser refuses the document: ${diagnostics.map(d => d.message).join('; ')}`);
  return document.channels().all().map(channel => {
    const operations = channel.operations().all();
    const messagesOf = list => list.flatMap(item => item.messages().all()).map(message => new Message(message, document.json()));
    return {
      name: channel.id(),
      address: channel.address(),
      servers: channel.servers().all().map(server => ({ protocol: server.protocol(), pathname: pathnameOf(server) })),
      sent: messagesOf(operations.filter(operation => operation.isSend())),
      refusals: messagesOf(operations.filter(operation => operation.isReceive() && operation.reply()).map(operation => operation.reply())),
      accepted: messagesOf(operations.filter(operation => operation.isReceive())),
    };
  });
}

// Returns the path of a server, with the defaults of its variables.
function pathnameOf(server) {
  const path = (server.pathname() ?? '').replace(/\/$/, '');
  return path.replaceAll(/\{(\w+)\}/g, (whole, name) => server.variables().get(name)?.defaultValue() ?? whole);
}

// Validators by schema: messages with the same payload share one.
const compiled = new WeakMap();

export class Message {
  constructor(message, document) {
    this.name = message.id();
    this.examples = message.examples().all().map(example => example.payload());
    const schema = message.payload()?.json() ?? true;
    this.type = schema.properties?.type?.const; // of a CloudEvent
    this.isProblem = /problem\+json/.test(message.contentType() ?? '') || schema.properties?.datacontenttype?.const === 'application/problem+json';
    Object.assign(this, { schema, document });
  }

  // Compiled on first use.
  get validate() {
    if (typeof this.schema !== 'object') return compile(this.schema, this.document);
    if (!compiled.has(this.schema)) compiled.set(this.schema, compile(this.schema, this.document));
    return compiled.get(this.schema);
  }

  // Returns what is wrong with a payload, or undefined.
  faults(payload) {
    const { validate } = this;
    if (validate(payload)) return undefined;
    return validate.errors.map(({ instancePath, message, params }) => `${instancePath || '(whole)'} ${message} ${JSON.stringify(params)}`).join('; ');
  }
}

function compile(schema, document) {
  const ajv = new Ajv({ strict: false, logger: false, ownProperties: true }); // a property can be called toString
  addFormats(ajv);
  return ajv.compile(withoutCycles(schema, document));
}

// The parser replaces most $refs with their targets, so that a recursive schema contains itself. This puts references back
// there.
function withoutCycles(schema, document) {
  const meant = part => (typeof part?.$ref === 'string' && referred(document, part.$ref)) || part;
  const cycles = new Map(); // from each part that contains itself to its name
  const around = new Set();
  const done = new Set();
  const find = part => {
    part = meant(part);
    if (typeof part !== 'object' || part === null) return;
    if (around.has(part) && !cycles.has(part)) cycles.set(part, `cycle${cycles.size}`);
    if (around.has(part) || done.has(part)) return;
    around.add(part);
    Object.values(part).forEach(find);
    around.delete(part);
    done.add(part);
  };
  find(schema);
  const copies = new Map();
  const copy = (part, isTop = false) => {
    part = meant(part);
    if (typeof part !== 'object' || part === null) return part;
    if (cycles.has(part) && !isTop) return { $ref: `#/definitions/${cycles.get(part)}` };
    if (!isTop && copies.has(part)) return copies.get(part);
    const made = Array.isArray(part) ? part.map(item => copy(item)) : Object.fromEntries(Object.entries(part).map(([key, item]) => [key, copy(item)]));
    copies.set(part, made);
    return made;
  };
  return { ...copy(schema, true), definitions: Object.fromEntries([...cycles].map(([part, name]) => [name, copy(part, true)])) };
}

function referred(document, reference) {
  const steps = reference.split('/').slice(1).map(step => decodeURIComponent(step).replaceAll('~1', '/').replaceAll('~0', '~'));
  return reference.startsWith('#/') ? steps.reduce((at, step) => at?.[step], document) : undefined;
}
