#!/usr/bin/env node
// Compiles the clients that examples/packs/typescript generates of every set of definitions, has their zod schemas judge the
// examples of the definitions, and runs the client of the library against firestone mock.
//
//   node typescript.mjs [WORD...]     only the definitions whose name holds one of the words
//
// Ends with "N passed, N failed". The files of a run that failed are kept.
import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { withMock } from '../../mock/server.mjs';
import { generate, root } from './cases.mjs';
import { compile, DRIVER } from './compile.mjs';
import { judge } from './schemas.mjs';

const SHOWN = 20; // lines of a failure that are printed
const TOKEN = 'secret';

if (!existsSync(join(root, 'firestone'))) {
  console.log('there is no firestone to make clients; run make build first');
  console.log('0 passed, 1 failed');
  process.exit(1);
}

const folder = join(mkdtempSync(join(tmpdir(), 'firestone-typescript-')), 'clients');
const { names, failures } = await generate(folder, process.argv.slice(2));
const hasLibrary = names.includes('library');
if (hasLibrary) copyFileSync(join(import.meta.dirname, DRIVER), join(folder, DRIVER));

let passed = 0;
const check = (name, lines) => {
  if (lines.length === 0) passed++;
  else failures.push([name, lines]);
};
for (const [name, lines] of compile(folder, names)) check(`compile ${name}`, lines);
let judged = 0;
for (const name of names) {
  const { lines, count } = await judge(folder, name).catch(error => ({ lines: [String(error.stack)], count: 0 }));
  judged += count;
  check(`schemas ${name}`, lines);
}
if (hasLibrary) {
  const { tests } = await import(pathToFileURL(join(folder, 'drive.js')));
  await withMock(['--token', TOKEN, 'examples/library'], async ({ base }) => {
    for (const [name, test] of Object.entries(tests)) {
      check(name, await test(base, TOKEN).then(() => [], error => [String(error.stack)]));
    }
  });
}

for (const [name, lines] of failures.sort(([a], [b]) => (a < b ? -1 : 1))) {
  console.log(`FAIL ${name}`);
  for (const line of lines.slice(0, SHOWN)) console.log(`  ${line.slice(0, 600).trimEnd()}`);
  if (lines.length > SHOWN) console.log(`  and ${lines.length - SHOWN} more lines`);
}
if (failures.length === 0) rmSync(join(folder, '..'), { recursive: true });
else console.log(`the files are in ${folder}`);
console.log(`the schemas judged ${judged} values`);
console.log(`${passed} passed, ${failures.length} failed`);
process.exitCode = failures.length > 0 || passed === 0 ? 1 : 0;
