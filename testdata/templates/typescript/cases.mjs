// The clients that the pack generates, one for each set of definitions, beside the zod that they import.
import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

export const root = resolve(import.meta.dirname, '../../..');

// Every set of definitions, as a name and what firestone takes.
function sources() {
  const all = [['library', 'examples/library']];
  for (const name of readdirSync(join(root, 'testdata/cases'))) all.push([name, join('testdata/cases', name)]);
  for (const name of readdirSync(join(root, 'testdata/hard')).filter(name => name.endsWith('.yaml'))) {
    all.push([basename(name, '.yaml'), join('testdata/hard', name)]);
  }
  return all;
}

// Returns what firestone takes for a client.
export const sourceOf = name => sources().find(([known]) => known === name)[1];

// Writes the clients whose name holds one of the words into a folder, without words all of them; they share the runtime, which
// is the same in all. Returns their names, and a failure, a name with lines, for each that could not be written.
export async function generate(folder, words) {
  const names = [];
  const failures = [];
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{"type": "module"}\n');
  symlinkSync(join(import.meta.dirname, 'node_modules'), join(folder, 'node_modules'), 'dir');
  cpSync(join(root, 'examples/packs/typescript/runtime'), join(folder, 'runtime'), { recursive: true });
  const queue = sources().filter(([name]) => words.length === 0 || words.some(word => name.includes(word)));
  const worker = async () => {
    for (let item = queue.shift(); item !== undefined; item = queue.shift()) {
      const [name, source] = item;
      try {
        await run(join(root, 'firestone'), ['-t', 'examples/packs/typescript', '-o', join(folder, name), source], { cwd: root });
        rmSync(join(folder, name, 'runtime'), { recursive: true });
        symlinkSync(join(folder, 'runtime'), join(folder, name, 'runtime'), 'dir');
        names.push(name);
      } catch (error) {
        failures.push([`firestone ${name}`, [error.stderr || error.message]]);
      }
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, worker));
  return { names: names.sort(), failures };
}
