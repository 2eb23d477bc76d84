// The texts of outputs.png: a definition, and one of its fields in each output. They are read from what firestone writes and
// from what the generated command line prints; only where to look is said here.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { python } from '../../testdata/python/ui/browser/site.mjs';

export const FIELD = 'availability';
export const definition = join(import.meta.dirname, 'book.yaml');

// Where to look in a document: keys from the root on, joined by spaces.
const PLACES = {
  asyncapi: ['channels books address', 'channels books title', `components schemas CreateBook properties ${FIELD}`],
  openapi: ['paths /books post operationId', `components schemas CreateBook properties ${FIELD}`],
};

const COLUMNS = 31; // of a terminal as wide as a panel
const COMMAND = ['books', 'create', '--title', 'Solaris', `--${FIELD}`, 'lent'];

// Returns the lines of all panels but the web interface's. A line is marked if it is about the field, and folded if lines
// after it are left out.
export function excerpts(site) {
  const documents = Object.entries(PLACES).map(([pack, places]) => [pack, outline(site.firestone('-t', pack, definition), places)]);
  const panels = { definition: outline(readFileSync(definition, 'utf8'), ['']), ...Object.fromEntries(documents), cli: session(site, COMMAND) };
  for (const [name, lines] of Object.entries(panels)) {
    if (!lines.some(line => line.isMarked)) throw new Error(`${name} has no line about ${FIELD}`);
  }
  return panels;
}

// Returns the lines of a YAML document that lead to places, and all lines below those.
export function outline(document, places) {
  const shown = [];
  const missing = new Set(places);
  let path = [];
  for (const [number, text] of document.trimEnd().split('\n').entries()) {
    const [, indent, key] = text.match(/^( *)(?:'?([^\s'#-][^']*?)'?:(?: |$))?/);
    if (key !== undefined) path = [...path.filter(parent => parent.indent < indent.length), { indent: indent.length, key }];
    const here = path.map(parent => parent.key).join(' ');
    const within = places.find(place => isBelow(here, place));
    missing.delete(within);
    if (here === '' || (within === undefined && !places.some(place => isBelow(place, here)))) continue;
    if (shown.length > 0) shown.at(-1).isFolded = number > shown.at(-1).number + 1;
    shown.push({ number, text, isMarked: path.some(parent => parent.key === FIELD), isFolded: false });
  }
  if (missing.size > 0) throw new Error(`the document has no ${[...missing].join(', no ')}`);
  return shown;
}

// Reports whether a path is another one or leads on from there. The empty path is the root.
const isBelow = (path, other) => other === '' || path === other || path.startsWith(`${other} `);

// Runs the generated command line in a terminal, and returns what is seen there: the command, a line for each option, and the answer.
function session(site, words) {
  const run = [join(import.meta.dirname, 'terminal.py'), python, '-m', site.name, ...words];
  const done = spawnSync(python, run, { encoding: 'utf8', cwd: site.folder, env: { ...site.settings(), TERM: 'xterm', COLUMNS: String(COLUMNS) } });
  if (done.status !== 0) throw new Error(`${site.name} ${words.join(' ')}\n${done.stdout}${done.stderr}`);
  const typed = `$ ${site.name} ${words.join(' ')}`.replaceAll(' --', ' \\\n    --').split('\n');
  const answer = done.stdout.trimEnd().split(/\s*\r\n/);
  return [...typed, ...answer].map(text => ({ text, isMarked: text.includes(FIELD), isFolded: false }));
}

// Returns the panels as text. A mark stands before the lines about the field.
export function written(panels) {
  const plain = text => text.replaceAll(/\x1b\[[\d;]*m/g, '').trimEnd(); // without the colours of a terminal
  const line = ({ text, isMarked, isFolded }) => `${isMarked ? '>' : ' '} ${plain(text)}${isFolded ? ' …' : ''}`.trimEnd();
  return Object.entries(panels).map(([name, lines]) => `${name}\n\n${lines.map(line).join('\n')}\n`).join('\n');
}
