#!/usr/bin/env node
// Renders the definitions of this repository with the firestone in its root, in every version, and lets the referees check
// each document. They must not report anything but asyncapi-latest-version, which a document of an older version cannot
// avoid, and a missing contact and license, if the definitions give none.
//
//   node referees.mjs [--sweep] [--compositions=COUNT] [WORD...]     only the documents whose pack or name holds one of the words
//
// Without --sweep each hard definition alone is judged in one version of each document, and all of them together in the others.
// Compositions are definitions that compositions.mjs makes, several to a document; COUNT is how many of them.
//
// Ends with "N passed, N failed". The documents of a run that failed are kept.
import { execFile, spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { composition } from './compositions.mjs';

const root = resolve(import.meta.dirname, '../..');
const firestone = join(root, 'firestone');
const isSweep = process.argv.includes('--sweep');
const words = process.argv.slice(2).filter(word => !word.startsWith('--'));
const compositions = Number(process.argv.find(word => word.startsWith('--compositions='))?.split('=')[1] ?? (isSweep ? 400 : 40));
const folder = mkdtempSync(join(tmpdir(), 'firestone-referees-'));

const VARIANTS = [
  ['asyncapi', '2.6.0', ['version=2.6.0']],
  ['asyncapi', '3.0.0', ['version=3.0.0']],
  ['asyncapi', '3.0.0-client', ['version=3.0.0', 'perspective=client']],
  ['asyncapi', '3.1.0', ['version=3.1.0']],
  ['openapi', '3.0.3', ['version=3.0.3']],
  ['openapi', '3.1.0', ['version=3.1.0', 'etag=true', 'prefix=/api']],
  ['openapi', '3.2.0', ['version=3.2.0', 'etag=true', 'failures=[402,406,408,409,413,429,500,502,503,504]']],
];
const TOGETHER = 20; // compositions in a document: few enough for all cores to have some
const SHOWN = 10; // findings of a document that are printed
const UNAVOIDABLE = 'asyncapi-latest-version';
const UNKNOWN = /\/(asyncapi-)?(info-)?(contact|license)(-properties|-url|-strict)? at /; // a contact or license that nobody gave
const COMPLETE = ['library/book', 'library/together']; // give both

// A definition without events gets these, so that its schemas reach a document.
const EVENTS = `
asyncapi:
  servers: {dev: {url: "ws://localhost:8080", protocol: ws}}
  channels: {resources: true, instances: true, instance_attrs: true}
`;

// Every set of definitions to check, as a name and the arguments of firestone.
function sources() {
  const all = [];
  for (const name of readdirSync(join(root, 'testdata/cases'))) all.push([`cases/${name}`, [join('testdata/cases', name)]]);

  const hard = join(folder, 'hard');
  cpSync(join(root, 'testdata/hard'), hard, { recursive: true });
  const files = readdirSync(hard).filter(name => name.endsWith('.yaml')).map(name => join(hard, name));
  for (const file of files) {
    const text = readFileSync(file, 'utf8');
    if (!/^asyncapi:/m.test(text)) writeFileSync(file, text + EVENTS);
    all.push([`hard/${basename(file, '.yaml')}`, [file]]);
  }
  all.push(['hard/together', files]);

  const library = readdirSync(join(root, 'examples/library')).filter(name => name.endsWith('.yaml') && !name.startsWith('_'));
  for (const name of library) all.push([`library/${basename(name, '.yaml')}`, [join('examples/library', name)]]);
  all.push(['library/together', ['examples/library']]);

  for (let first = 0; first < compositions; first += TOGETHER) {
    const batch = join(folder, `compositions-${first}`);
    mkdirSync(batch);
    for (let number = first; number < Math.min(first + TOGETHER, compositions); number++) {
      writeFileSync(join(batch, `case${number}.json`), JSON.stringify(composition(number)));
    }
    all.push([`compositions/${first}`, [batch]]);
  }
  return all;
}

// Runs work on each item, as many at a time as there are cores.
async function inParallel(items, work) {
  const queue = [...items];
  const worker = async () => {
    for (let item = queue.shift(); item !== undefined; item = queue.shift()) await work(item);
  };
  await Promise.all(Array.from({ length: availableParallelism() }, worker));
}

async function render(name, pack, variant, settings, args) {
  const file = join(folder, `${pack}-` + name.replaceAll('/', '-') + `-${variant}.yaml`);
  const set = settings.flatMap(setting => ['--set', setting]);
  await promisify(execFile)(firestone, ['-t', pack, ...set, '-o', file, ...args], { cwd: root });
  return file;
}

// The documents of one pack by the process that checks them: loading the referees takes as long as checking a small
// document, so there is one process per core, each with about the same number of bytes.
function shares(files) {
  const parts = Array.from({ length: availableParallelism() }, () => ({ files: [], bytes: 0 }));
  for (const file of [...files].sort((a, b) => statSync(b).size - statSync(a).size)) {
    const least = parts.reduce((a, b) => (b.bytes < a.bytes ? b : a));
    least.files.push(file);
    least.bytes += statSync(file).size + 10_000;
  }
  return parts.map(part => part.files).filter(part => part.length > 0);
}

// The findings by file; a file that the process did not reach has none, not even an empty list.
function judge(pack, files) {
  return new Promise(done => {
    const child = spawn(process.execPath, [join(import.meta.dirname, `check-${pack}.mjs`), '--strict', ...files]);
    let out = '';
    child.stdout.on('data', data => (out += data));
    child.stderr.on('data', data => process.stderr.write(data));
    child.on('close', () => {
      const found = new Map();
      let lines = [];
      for (const line of out.split('\n')) {
        const end = line.match(/^(.*): (?:ok|FAIL) \(\d+ errors, \d+ warnings, \d+ notes\)$/);
        if (!end) lines.push(line);
        else {
          found.set(end[1], lines.filter(text => text && !text.includes(UNAVOIDABLE)).map(text => text.replace(`${end[1]}: `, '')));
          lines = [];
        }
      }
      done(found);
    });
  });
}

if (!existsSync(firestone)) {
  console.log('there is no firestone to judge; run make build first');
  process.exit(1);
}
mkdirSync(folder, { recursive: true });

const failures = [];
const documents = new Map();
// A client's document differs from the server's in one word per operation, so it is skipped for the hard definitions,
// which are many and large.
function isJudged(name, pack, variant) {
  if (name.startsWith('compositions/')) return !variant.endsWith('-client');
  if (!name.startsWith('hard/')) return true;
  const isAlone = ['asyncapi 3.0.0', 'openapi 3.1.0'].includes(`${pack} ${variant}`);
  return !variant.endsWith('-client') && (isSweep || isAlone !== (name === 'hard/together'));
}
const jobs = sources().flatMap(([name, args]) => VARIANTS.filter(([pack, variant]) => isJudged(name, pack, variant)).map(variant => [name, args, variant]));
const wanted = jobs.filter(([name, , [pack]]) => words.length === 0 || words.some(word => `${pack} ${name}`.includes(word)));
await inParallel(wanted, async ([name, args, [pack, variant, settings]]) => {
  const title = `${pack} ${name} ${variant}`;
  try {
    documents.set(await render(name, pack, variant, settings, args), title);
  } catch (error) {
    failures.push([title, [error.stderr || error.message]]);
  }
});

for (const pack of new Set(VARIANTS.map(([pack]) => pack))) {
  const files = [...documents].filter(([, title]) => title.startsWith(`${pack} `)).map(([file]) => file);
  for (const found of await Promise.all(shares(files).map(part => judge(pack, part)))) {
    for (const [file, findings] of found) {
      const title = documents.get(file);
      const isComplete = COMPLETE.some(name => title.includes(` ${name} `));
      const counted = findings.filter(text => isComplete || !UNKNOWN.test(text));
      if (counted.length > 0) failures.push([title, counted]);
      documents.delete(file);
    }
  }
}
for (const name of documents.values()) failures.push([name, ['the referees did not come to it']]);

for (const [name, lines] of failures.sort(([a], [b]) => (a < b ? -1 : 1))) {
  console.log(`FAIL ${name}`);
  for (const line of lines.slice(0, SHOWN)) console.log(`  ${line.slice(0, 600).trimEnd()}`);
  if (lines.length > SHOWN) console.log(`  and ${lines.length - SHOWN} more`);
}
if (failures.length === 0) rmSync(folder, { recursive: true });
else console.log(`the documents are in ${folder}`);
console.log(`${wanted.length - failures.length} passed, ${failures.length} failed`);
process.exitCode = failures.length > 0 || wanted.length === 0 ? 1 : 0;
