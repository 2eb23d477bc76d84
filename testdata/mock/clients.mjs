#!/usr/bin/env node
// Do three independent WebSocket clients (Python, Node, Chromium) receive the same from firestone mock?
//
//   node --experimental-websocket clients.mjs [WORD...]     only the clients whose name holds one of the words
//
// Ends with "N passed, N failed".
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Site, hasChromium } from './chromium.mjs';
import { within } from './connection.mjs';
import { runAll } from './run.mjs';
import { root, startMock } from './server.mjs';
import { talk } from './talk.mjs';

const PATIENCE = 60_000; // ms for a conversation

// What every client must receive.
const WANT = `
reader: 3 books
reader: 401
writer: 3 books
writer: 4 books
reader: 4 books
writer: 422 at /title
writer: 400
stranger: no connection
desk: member_id
one: book_id
deleted: 204
one: closed with 4404, the resource was deleted
writer: 3 books
reader: 3 books
reader: closed with 1001, the server stops
writer: closed with 1001, the server stops
desk: closed with 1001, the server stops
`.trim();

const clients = {
  node: ({ base, stop }) => talk(base, stop),

  async python({ base, stop }) {
    const child = spawn(join(root, '.venv/mock/bin/python'), [join(import.meta.dirname, 'talk.py'), base], { stdio: ['ignore', 'pipe', 'inherit'] });
    const ended = once(child, 'close');
    const said = [];
    for await (const line of createInterface(child.stdout)) {
      if (line === 'stop') await stop();
      else said.push(line);
    }
    const [status] = await ended;
    if (status !== 0) throw new Error(`the client ended with ${status} after\n${said.join('\n')}`);
    return said;
  },

  async chromium({ base, stop }) {
    const site = await Site.open();
    try {
      return await site.visit('localhost', 'visitor.mjs', { base }, stop);
    } finally {
      site.close();
    }
  },
};

async function passes(name) {
  const mock = await startMock('--seed', '3', '--token', 'secret', 'examples/library');
  let stopped;
  const stop = () => (stopped ??= mock.stop());
  try {
    const said = (await within(PATIENCE, 'the conversation does not end', clients[name]({ base: mock.base, stop }))).join('\n');
    console.log(`${said === WANT ? 'ok' : 'FAIL'} ${name}: ${said.split('\n').length} things heard`);
    if (said !== WANT) console.log(`got\n${said}\nwant\n${WANT}`);
    return said === WANT;
  } catch (error) {
    console.log(`FAIL ${name}: ${error.stack}`);
    return false;
  } finally {
    await stop();
  }
}

await runAll(Object.keys(clients).filter(name => name !== 'chromium' || hasChromium()), name => name, passes);
