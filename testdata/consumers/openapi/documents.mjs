// The documents that the tools must accept.
import { execFile } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';

export const run = promisify(execFile);

const VERSIONS = ['3.0.3', '3.1.0', '3.2.0'];

// Runs work on each item, as many at a time as there are cores.
export async function inParallel(items, work) {
  const queue = [...items];
  const worker = async () => {
    for (let item = queue.shift(); item !== undefined; item = queue.shift()) await work(item);
  };
  await Promise.all(Array.from({ length: availableParallelism() }, worker));
}

// Every set of definitions, as a name and the arguments of firestone.
function sources(root) {
  const all = [['library', ['examples/library']]];
  for (const name of readdirSync(join(root, 'testdata/cases'))) all.push([`cases/${name}`, [join('testdata/cases', name)]]);
  for (const name of readdirSync(join(root, 'testdata/hard')).filter(name => name.endsWith('.yaml'))) {
    all.push([`hard/${basename(name, '.yaml')}`, [join('testdata/hard', name)]]);
  }
  return all;
}

// Writes the documents whose name holds one of the words into a folder; without words, all. Returns
// their source, version and file, and a failure, a name with lines, for each that could not be written.
export async function render(root, folder, words) {
  const documents = [];
  const failures = [];
  const all = sources(root).flatMap(([source, args]) => VERSIONS.map(version => ({ source, args, version })));
  const wanted = all.filter(({ source }) => words.length === 0 || words.some(word => source.includes(word)));
  await inParallel(wanted, async ({ source, args, version }) => {
    const file = join(folder, `${source.replaceAll('/', '_')}_${version.replaceAll('.', '_')}.json`);
    try {
      await run(join(root, 'firestone'), ['-t', 'openapi', '--set', `version=${version}`, '-o', file, ...args], { cwd: root });
      documents.push({ source, version, file });
    } catch (error) {
      failures.push([`firestone ${source} ${version}`, [error.stderr || error.message]]);
    }
  });
  return { documents, failures };
}
