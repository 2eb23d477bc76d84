// Does the HTML documentation contain every operation with its channel and texts, and every message with its texts?
// Properties are not checked, since the page shows them only when they are opened.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { resolveReference } from './reference.mjs';

const ENTITIES = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#x27;': "'", '&#39;': "'" };

// The visible text of a part of a page.
function text(html) {
  return html.replaceAll(/<[^>]*>/g, ' ').replaceAll(/&[#\w]+;/g, entity => ENTITIES[entity] ?? entity).replaceAll(/\s+/g, ' ');
}

// The parts of a page by the identifiers that the beginning captures; a part ends where the next begins.
function parts(html, beginning) {
  const found = [...html.matchAll(beginning)];
  return new Map(found.map((match, i) => [match[1], text(html.slice(match.index, found[i + 1]?.index))]));
}

// The page without its scripts, which also contain the whole document: only the visible part counts.
function body(page) {
  const start = page.indexOf('<div id="root">');
  const end = page.indexOf('<script', start);
  assert.ok(start > 0 && end > start, 'the page has no root that is filled');
  return page.slice(start, end);
}

function holds(part, name, words) {
  assert.ok(part !== undefined, `the page has no part for ${name}`);
  for (const word of words) assert.ok(part.includes(word.replaceAll(/\s+/g, ' ').trim()), `${name}: the page does not say ${JSON.stringify(word)}`);
}

function holdsOperations(html, document) {
  // An operation with a reply is shown as a reply.
  const shown = parts(html, /<[^>]* id="operation-(?:send|receive|reply)-(\w+)"/g);
  assert.deepEqual([...shown.keys()].sort(), Object.keys(document.operations).sort());
  for (const [name, operation] of Object.entries(document.operations)) {
    const channel = resolveReference(document, operation.channel);
    const messages = operation.messages.map(message => resolveReference(document, message));
    holds(shown.get(name), name, [channel.address, channel.description, operation.summary, operation.description, ...messages.map(({ title }) => title)]);
  }
}

function holdsMessages(html, document) {
  const shown = parts(html, /<[^>]* id="message-(\w+)"/g);
  assert.deepEqual([...shown.keys()].sort(), Object.keys(document.components.messages).sort());
  for (const [name, message] of Object.entries(document.components.messages)) {
    holds(shown.get(name), name, [message.title, message.summary, message.contentType]);
  }
}

export function documentationChecks(asyncapi, folder, { file, document }) {
  return [{
    name: 'documentation of the library',
    run: async () => {
      const out = join(folder, 'documentation');
      // Without a version the template is the installed one; with one it would come from the registry.
      await asyncapi('generate', 'fromTemplate', file, '@asyncapi/html-template', '-p', 'singleFile=true', '-o', out, '--force-write', '--no-interactive');
      const html = body(readFileSync(join(out, 'index.html'), 'utf8'));
      holds(text(html), 'the page', [document.info.title, document.info.version, document.info.description, ...Object.values(document.servers).map(({ host }) => host)]);
      holdsOperations(html, document);
      holdsMessages(html, document);
    },
  }];
}
