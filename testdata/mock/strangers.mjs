#!/usr/bin/env node
// Can web pages of other origins read or change the records of firestone mock, and can allowed ones? Chromium visits pages
// of several origins, which try everything in attack.mjs.
//
//   node strangers.mjs [WORD...]     only the pages whose name holds one of the words
//
// Ends with "N passed, N failed".
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Site, hasChromium } from './chromium.mjs';
import { runAll } from './run.mjs';
import { withMock } from './server.mjs';

const BOOKS = `
kind: book
methods: {resource: [get, post], instance: [get, put, patch, delete]}
schema:
  type: array
  key: {name: book_id, schema: {type: integer}}
  items: {type: object, properties: {title: {type: string}}, required: [title]}
asyncapi:
  servers:
    dev: {url: "ws://localhost:8080", protocol: ws}
    feed: {url: "http://localhost:8080", protocol: http}
`;

// What an allowed page learns; what it does not send as JSON has no effect either.
const EVERYTHING = {
  read: '3 books', readWithCredentials: '3 books', readHeaders: 'ETag "3"', readBlindly: 'nothing', readProblem: '400', readAsScript: 'nothing', readAsStyle: 'nothing',
  create: '/books/4', createAsText: 'nothing', createBlindly: 'nothing', createByBeacon: 'nothing', createByForm: 'nothing',
  replace: '200', change: '200', remove: '204', listen: '3 books', publish: 'by message', publishBlindly: 'a connection', stream: '5 books',
  readDocument: 'OpenAPI 3.1.0',
  takeState: 'nothing', takeStateBlindly: 'nothing', putState: 'nothing', deleteState: 'nothing', seeRequests: 'nothing', cutSockets: 'nothing', controlByForm: 'nothing', frame: 'nothing',
};
const TITLES = ['by change', 'Title 3', 'by create', 'by message', 'by blind message'];
const NOTHING = Object.fromEntries(Object.keys(EVERYTHING).map(name => [name, 'nothing']));

// The pages by host name. A rebound one reaches the server under its own name.
const PAGES = [
  { title: 'a page of another origin', host: 'attacker.example', learns: NOTHING },
  { title: 'a page of another origin whose name begins with localhost', host: 'localhost.attacker.example', learns: NOTHING },
  { title: 'a page after DNS rebinding', host: 'rebound.example', isRebound: true, learns: { ...NOTHING, readProblem: '421' } },
  { title: 'a page of another origin than the allowed one', host: 'attacker.example', allowed: 'friend.example', learns: NOTHING },
  { title: 'a page of the allowed origin', host: 'friend.example', allowed: 'friend.example', learns: EVERYTHING },
  { title: 'a page of this machine', host: 'localhost', learns: EVERYTHING },
  { title: 'a page of this machine under its address', host: '127.0.0.1', learns: EVERYTHING },
];

async function visit({ host, isRebound, allowed, learns }, folder) {
  const site = await Site.open();
  const definitions = join(folder, 'book.yaml');
  const requests = join(folder, 'requests');
  writeFileSync(definitions, BOOKS);
  writeFileSync(requests, '');
  const flags = allowed === undefined ? [] : ['--allow-origin', `http://${allowed}:${site.port}`];
  try {
    await withMock(['--seed', '3', '--requests', requests, ...flags, definitions], async ({ base }) => {
      if (isRebound) site.forward = base;
      const state = async () => {
        const answer = await fetch(`${base}/books`);
        return { text: await answer.text(), number: answer.headers.get('Last-Event-ID') };
      };
      const before = await state();
      const report = await site.visit(host, 'attack.mjs', { base: isRebound ? `http://${host}:${site.port}` : base });
      assert.deepEqual(report, learns);
      const after = await state();
      if (learns === EVERYTHING) assert.deepEqual(JSON.parse(after.text).map(({ title }) => title), TITLES);
      else expectNothing(readFileSync(requests, 'utf8'), before, after, `http://${host}:${site.port}`);
    });
  } finally {
    site.close();
  }
}

// The state must be unchanged, and every write and handshake refused for its origin or host.
function expectNothing(requests, before, after, origin) {
  assert.deepEqual(after, before);
  const all = requests.trimEnd().split('\n').map(line => JSON.parse(line)).filter(({ headers }) => `http://${headers.Host}` === origin || headers.Origin?.[0] === origin);
  const statuses = all.filter(({ method, headers }) => !['GET', 'OPTIONS'].includes(method) || headers.Upgrade !== undefined).map(({ status }) => status);
  assert.ok(statuses.length >= 6, `only ${statuses.length} of its requests arrived`);
  for (const status of statuses) assert.ok(status === 403 || status === 421, `status ${status}`);
}

async function passes(page) {
  const folder = mkdtempSync(join(tmpdir(), 'firestone-strangers-'));
  try {
    await visit(page, folder);
    console.log(`ok ${page.title}`);
    return true;
  } catch (error) {
    console.log(`FAIL ${page.title}: ${error.message}`);
    return false;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

if (hasChromium()) await runAll(PAGES, ({ title }) => title, passes);
