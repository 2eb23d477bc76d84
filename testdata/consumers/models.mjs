// Do the Go models that the official command line makes compile, hold every property by its name on the
// wire, and give each example back as it was?
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { copyFileSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { resolveReference } from './reference.mjs';

// The Go type of what a payload is: a model, or a list of one.
function goType(document, reference) {
  const schema = resolveReference(document, reference);
  return schema.items ? `[]${goType(document, schema.items)}` : reference.$ref.split('/').at(-1);
}

// The tags of a struct, which name its properties on the wire.
function tags(source) {
  return [...source.matchAll(/`json:"([^",]+)/g)].map(match => match[1]).filter(name => name !== '-');
}

function holdProperties(sources, document) {
  for (const { payload } of Object.values(document.components.messages)) {
    const name = goType(document, payload).replace(/^\[\]/, '');
    const source = sources.find(text => text.includes(`type ${name} struct`));
    assert.ok(source !== undefined, `there is no model ${name}`);
    assert.deepEqual(tags(source).sort(), Object.keys(document.components.schemas[name].properties).sort(), `the properties of ${name}`);
  }
}

// A Go literal of the JSON text of a value: what JSON escapes, Go reads alike.
const goString = value => JSON.stringify(JSON.stringify(value));

// A payload without the properties that are one thing or another: the models hold them as a struct of all
// that they may be, which Go reads from no JSON.
function withoutUnions(document, payload, reference) {
  const { items, properties } = resolveReference(document, reference);
  if (items) return payload.map(item => withoutUnions(document, item, items));
  return Object.fromEntries(Object.entries(payload).filter(([name]) => properties[name]?.anyOf === undefined));
}

// Go source with the examples of all messages, for the test that takes them.
function examples(document) {
  const entries = Object.entries(document.components.messages).flatMap(([name, message]) =>
    message.examples.map(({ payload }) =>
      `\t{${JSON.stringify(name)}, new(${goType(document, message.payload)}), ${goString(withoutUnions(document, payload, message.payload))}},\n`));
  assert.ok(entries.length > 0, 'no message has an example');
  return `package books\n\nvar examples = []example{\n${entries.join('')}}\n`;
}

// The members of interfaces of TypeScript, of what generators often read wrongly.
const INTERFACES = {
  Record: [/ recordId: string;/, / free\?: Map<string, any>;/, / anything\?: any;/, / failure\?: Failure \| null;/, / cause\?: Failure \| null;/,
    / asset\?: Script \| Sheet;/, / payment\?: PaymentCard \| PaymentIban;/],
  Box: [/^interface Box \{\n  reservedName\??: string;\n\}/m],
  Sealed: [/ at\?: number\b/, / code\?: string\b/],
  Contact: [/ mail\?: string\b/, / phone\?: string\b/],
  PaymentCard: [/ reservedNumber: string;/],
  Widget: [/ widgetId: string;/, / sides: number;/],
};

export function modelChecks(asyncapi, folder, { file, document }, types) {
  return [{
    name: 'models of what is often read wrongly',
    run: async () => {
      const out = join(folder, 'types');
      await asyncapi('generate', 'models', 'typescript', types.file, '--tsModelType=interface', '-o', out, '--no-interactive');
      for (const [name, members] of Object.entries(INTERFACES)) {
        const source = readFileSync(join(out, `${name}.ts`), 'utf8');
        for (const member of members) assert.match(source, member);
      }
    },
  }, {
    name: 'models of the library',
    run: async () => {
      const out = join(folder, 'models');
      await asyncapi('generate', 'models', 'golang', file, '--packageName=books', '--goIncludeTags', '-o', out, '--no-interactive');
      holdProperties(readdirSync(out).map(name => readFileSync(join(out, name), 'utf8')), document);

      writeFileSync(join(out, 'go.mod'), 'module books\n\ngo 1.18\n');
      writeFileSync(join(out, 'examples_test.go'), examples(document));
      copyFileSync(join(import.meta.dirname, 'models_test.go'), join(out, 'models_test.go'));
      try {
        await promisify(execFile)(process.env.GO ?? 'go', ['test', '.'], { cwd: out, env: { ...process.env, GOFLAGS: '', GOWORK: 'off' } });
      } catch (error) {
        throw new Error(`${error.stdout}${error.stderr}`);
      }
    },
  }];
}
