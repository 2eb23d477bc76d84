// The zod schemas accept the example of each component, and refuse it with a member missing or of another kind.
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { moduleOf } from './compile.mjs';
import { root, sourceOf } from './cases.mjs';

// By kind, a value of another one; there is none for any and for a union.
const OTHERS = { string: 7, integer: 'seven', number: 'seven', boolean: 'yes', object: 'text', map: 'text', array: 'text', tuple: 'text', never: 7 };

// Yields what is wrong with the example of the component, as a word and a value.
function* mutants({ example, kind, fields }) {
  if (OTHERS[kind] !== undefined) yield ['another kind', OTHERS[kind]];
  if (kind !== 'object' || typeof example !== 'object' || example === null) return;
  for (const { name, isRequired, kind } of fields) {
    if (isRequired && Object.hasOwn(example, name)) {
      yield [`without ${name}`, Object.fromEntries(Object.entries(example).filter(([key]) => key !== name))];
    }
    if (OTHERS[kind] !== undefined) yield [`${name} of another kind`, Object.fromEntries([...Object.entries(example), [name, OTHERS[kind]]])];
  }
}

// Returns the lines of what is wrong with the schemas of a client, and how many values they judged.
export async function judge(folder, name) {
  const schemas = await import(pathToFileURL(moduleOf(folder, name, 'schemas')));
  const text = execFileSync(join(root, 'firestone'), ['-t', './testdata/templates/typescript/examples', sourceOf(name)], { cwd: root, encoding: 'utf8', maxBuffer: 1 << 28, stdio: ['ignore', 'pipe', 'pipe'] });
  const lines = [];
  let count = 0;
  for (const component of JSON.parse(text)) {
    if (!component.hasExample) continue;
    const schema = schemas[component.name] ?? schemas[`${component.name}_`];
    const accepted = schema.safeParse(component.example);
    if (!accepted.success) lines.push(`${component.name} refuses its example: ${accepted.error.message}`);
    for (const [what, value] of mutants(component)) {
      count++;
      if (schema.safeParse(value).success) lines.push(`${component.name} accepts its example ${what}`);
    }
    count++;
  }
  return { lines, count };
}
