#!/usr/bin/env node
// Lets common tools consume AsyncAPI documents unchanged: the official command line validates them and generates
// documentation, a client that talks to a server, and models that compile.
//
//   node consumers.mjs [WORD...]     only the checks whose name holds one of the words
//
// Ends with "N passed, N failed". The files of a run that failed are kept.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { commandLine, newNode } from './asyncapi.mjs';
import { clientChecks } from './client.mjs';
import { documentationChecks } from './documentation.mjs';
import { modelChecks } from './models.mjs';
import { validationChecks } from './validation.mjs';

const SHOWN = 30; // lines of a failure that are printed

const root = resolve(import.meta.dirname, '../..');
const firestone = join(root, 'firestone');
const words = process.argv.slice(2);

// Writes the document of the definitions into the run's folder and returns its path and content.
function render(folder, name, settings, ...definitions) {
  const file = join(folder, `${name}.json`);
  const set = settings.flatMap(setting => ['--set', setting]);
  execFileSync(firestone, ['-t', 'asyncapi', ...set, '-o', file, ...definitions], { cwd: root });
  return { name, file, document: JSON.parse(readFileSync(file, 'utf8')) };
}

function checks(folder, asyncapi) {
  const library = render(folder, 'library-3.0.0', [], 'examples/library');
  const older = render(folder, 'library-2.6.0', ['version=2.6.0'], 'examples/library');
  const newer = render(folder, 'library-3.1.0', ['version=3.1.0'], 'examples/library');
  const client = render(folder, 'book-client', ['perspective=client'], 'examples/library/book.yaml');
  const large = render(folder, 'library-client', ['perspective=client'], 'examples/library');
  // The documentation takes longest, so it starts first.
  return [
    ...documentationChecks(asyncapi, folder, library),
    ...clientChecks(asyncapi, folder, client, large, join(root, '.venv/consumers/bin/python')),
    ...modelChecks(asyncapi, folder, library, render(folder, 'types', [], 'testdata/consumers/types')),
    ...validationChecks(asyncapi, folder, [library, older, newer, client, large], join(root, 'testdata/cases')),
  ];
}

async function run(all) {
  const failures = [];
  const queue = [...all];
  const worker = async () => {
    for (let check = queue.shift(); check !== undefined; check = queue.shift()) {
      try {
        await check.run();
      } catch (error) {
        failures.push([check.name, error.message]);
      }
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, worker));
  return failures.sort(([a], [b]) => (a < b ? -1 : 1));
}

const node = newNode();
if (node === undefined) {
  console.log('skipped: there is no Node 24 on this machine, nor one from npm for it');
  const failed = process.env.CI ? 1 : 0;
  console.log(`0 passed, ${failed} failed`);
  process.exit(failed);
}
if (!existsSync(firestone)) {
  console.log('there is no firestone to make documents; run make build first');
  console.log('0 passed, 1 failed');
  process.exit(1);
}

const folder = mkdtempSync(join(tmpdir(), 'firestone-consumers-'));
const all = checks(folder, commandLine(node, folder));
const wanted = all.filter(({ name }) => words.length === 0 || words.some(word => name.includes(word)));
const failures = await run(wanted);
for (const [name, message] of failures) {
  const lines = message.trimEnd().split('\n');
  console.log(`FAIL ${name}`);
  for (const line of lines.slice(0, SHOWN)) console.log(`  ${line.slice(0, 600).trimEnd()}`);
  if (lines.length > SHOWN) console.log(`  and ${lines.length - SHOWN} more lines`);
}
if (failures.length === 0) rmSync(folder, { recursive: true });
else console.log(`the files are in ${folder}`);
console.log(`${wanted.length - failures.length} passed, ${failures.length} failed`);
process.exitCode = failures.length > 0 || wanted.length === 0 ? 1 : 0;
