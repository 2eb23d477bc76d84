#!/usr/bin/env node
// Lets common tools consume OpenAPI documents unchanged: generators of a Python client, of TypeScript types and of a Go
// package, and a Go library that reads them. Also checks the generated types.
//
//   node consumers.mjs [WORD...]     only the definitions whose name holds one of the words
//
// Ends with "N passed, N failed". The files of a run that failed are kept.
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { render } from './documents.mjs';
import { golang } from './golang.mjs';
import { python } from './python.mjs';
import { REFUSALS } from './refusals.mjs';
import { renderTypes, types } from './types.mjs';
import { typescript } from './typescript.mjs';

const SHOWN = 20; // lines of a failure that are printed

const root = resolve(import.meta.dirname, '../../..');

// Returns the number of documents that the tools accepted and, as names with lines, the failures of the others.
function weigh(found) {
  let passed = 0;
  const failures = [];
  for (const [tool, documents] of Object.entries(found)) {
    for (const [{ source, version }, lines] of documents) {
      const name = `${tool} ${source} ${version}`;
      const isRefused = REFUSALS[tool]?.[source] !== undefined;
      if (isRefused === lines.length > 0) passed++;
      else failures.push([name, isRefused ? ['takes it now, so it is to go from refusals.mjs'] : lines]);
    }
  }
  return { passed, failures };
}

if (!existsSync(join(root, 'firestone'))) {
  console.log('there is no firestone to make documents; run make build first');
  console.log('0 passed, 1 failed');
  process.exit(1);
}

const folder = mkdtempSync(join(tmpdir(), 'firestone-openapi-'));
const at = name => join(folder, name);
mkdirSync(at('documents'));
const words = process.argv.slice(2);
const environment = join(root, '.venv/openapi');
const rendered = await render(root, at('documents'), words);
const read = words.length === 0 || words.some(word => 'types'.includes(word)) ? await renderTypes(root, at('documents')) : [];
const [clients, packages] = await Promise.all([
  python(rendered.documents, at('python'), environment),
  golang([...rendered.documents, ...read], at('golang')),
]);
const declarations = await typescript(rendered.documents, at('typescript'));
const looked = await types(read, at('types'), at('golang'), environment);

const { passed, failures } = weigh({ 'openapi-generator': clients, 'openapi-typescript': declarations, ...packages, ...looked });
failures.push(...rendered.failures);
for (const [name, lines] of failures.sort(([a], [b]) => (a < b ? -1 : 1))) {
  console.log(`FAIL ${name}`);
  for (const line of lines.slice(0, SHOWN)) console.log(`  ${line.slice(0, 600).trimEnd()}`);
  if (lines.length > SHOWN) console.log(`  and ${lines.length - SHOWN} more lines`);
}
if (failures.length === 0) rmSync(folder, { recursive: true });
else console.log(`the files are in ${folder}`);
console.log(`${passed} passed, ${failures.length} failed`);
process.exitCode = failures.length > 0 || passed === 0 ? 1 : 0;
