// Runs tests in parallel, one for each core.
import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { firestone } from './server.mjs';

// Runs all items, or those whose name contains a word of the command line. passes(item) prints the outcome and reports whether
// the item passed. Prints "N passed, N failed" at the end and sets the exit status to 1 if any failed.
export async function runAll(items, nameOf, passes) {
  const words = process.argv.slice(2).filter(word => !word.startsWith('--'));
  const wanted = items.filter(item => words.length === 0 || words.some(word => nameOf(item).includes(word)));
  const queue = [...wanted];
  let passed = 0;
  if (!existsSync(firestone)) console.log('firestone is not built; run make build first');
  else {
    await Promise.all(Array.from({ length: availableParallelism() }, async () => {
      for (let next = queue.shift(); next !== undefined; next = queue.shift()) if (await passes(next)) passed++;
    }));
  }
  console.log(`${passed} passed, ${wanted.length - passed} failed`);
  process.exitCode = passed < wanted.length || wanted.length === 0 ? 1 : 0;
}
