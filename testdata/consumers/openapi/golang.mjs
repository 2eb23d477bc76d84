// kin-openapi loads and validates documents, and oapi-codegen generates packages from them, which compile.
import { cpSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './documents.mjs';

const module = join(import.meta.dirname, 'golang');
const LONGEST = 64 << 20; // of an output, in bytes

// Returns the failures of each tool by document. Compiling the packages of all definitions in all versions would take
// minutes, and the types hardly differ, so that 3.1.0 stands for the others.
export async function golang(documents, folder) {
  const go = process.env.GO || 'go';
  const taken = documents.filter(({ source, version }) => source === 'library' || version !== '3.2.0');
  const compiled = taken.filter(({ source, version }) => source === 'library' || version === '3.1.0');
  const packages = new Map(compiled.map(document => [document.file, document]));

  const found = { 'kin-openapi': new Map(), 'oapi-codegen': new Map() };
  mkdirSync(folder);
  for (const name of ['go.mod', 'go.sum']) cpSync(join(module, name), join(folder, name));
  const program = join(folder, 'consumer');
  await run(go, ['build', '-o', program, '.'], { cwd: module });

  const judged = await run(program, [folder, ...taken.map(({ file }) => file)], { maxBuffer: LONGEST });
  const folders = new Map();
  for (const line of judged.stdout.trim().split('\n')) {
    const { file, invalid, refused, packaged } = JSON.parse(line);
    const document = taken.find(document => document.file === file);
    found['kin-openapi'].set(document, invalid.split('\n').filter(line => line !== ''));
    if (!packages.has(file)) continue;
    found['oapi-codegen'].set(document, refused.split('\n').filter(line => line !== ''));
    if (packaged !== '') folders.set(`consumers/${packaged}`, document);
  }

  const names = [...folders.keys()].map(name => name.replace('consumers', '.'));
  if (names.length > 0) {
    const build = await run(go, ['build', ...names], { cwd: folder, maxBuffer: LONGEST }).catch(error => error);
    spread(build, folders, found['oapi-codegen']);
  }
  return found;
}

// Assigns the lines of a build to packages; the lines of each package follow its name.
function spread(build, folders, found) {
  let document;
  for (const line of build.stderr.split('\n')) {
    const name = line.match(/^# (\S+)/);
    if (name) document = folders.get(name[1]);
    else if (document !== undefined && line !== '') found.get(document).push(line);
  }
  if (build.code !== undefined && [...folders.values()].every(document => found.get(document).length === 0)) {
    throw new Error(`go build: ${build.stderr || build.message}`);
  }
}
