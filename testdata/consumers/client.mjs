// Does the Python client that the official command line makes talk to a server, both ways?
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { WebSocketServer } from 'ws';

// The dependencies of the client must be the pinned ones, or what is tested is not what its users get.
function needsOnlyWhatIsPinned(client) {
  const lines = file => readFileSync(file, 'utf8').split('\n').map(line => line.trim()).filter(Boolean);
  const pinned = lines(join(import.meta.dirname, 'requirements.txt'));
  for (const line of lines(join(client, 'requirements.txt'))) assert.ok(pinned.includes(line), `requirements.txt does not pin ${line}`);
}

// A server on the loopback that greets each client with what the path has, notes what the client sends and
// answers it. It ends with the work that it is given to.
async function withServer(replies, work) {
  const heard = [];
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
  await once(server, 'listening');
  server.on('connection', (socket, request) => {
    const { pathname, searchParams } = new URL(request.url, 'ws://127.0.0.1');
    const reply = replies[pathname];
    if (reply === undefined) return socket.close();
    socket.on('message', data => {
      const message = JSON.parse(data);
      heard.push({ path: pathname, query: Object.fromEntries(searchParams), message });
      socket.send(JSON.stringify(reply.answer(message)));
    });
    socket.send(JSON.stringify(reply.greeting));
  });
  try {
    await work(`ws://127.0.0.1:${server.address().port}`);
  } finally {
    for (const socket of server.clients) socket.terminate();
    server.close();
  }
  return heard;
}

// What the client heard at a path, in order, after it sent the message there.
async function talk(python, client, url, arguments_) {
  const args = [join(import.meta.dirname, 'talk.py'), JSON.stringify({ ...arguments_, url })];
  const { stdout } = await promisify(execFile)(python, args, { env: { ...process.env, PYTHONPATH: client, PYTHONDONTWRITEBYTECODE: '1' }, timeout: 60_000 });
  return JSON.parse(stdout.trimEnd().split('\n').at(-1));
}

async function talksBothWays(python, client, document) {
  const example = message => document.components.messages[message].examples[0].payload;
  const [books, created, book, update] = ['Books', 'CreateBook', 'Book', 'UpdateBook'].map(example);
  const one = `/books/${book.book_id}`;
  const replies = {
    '/books': { greeting: books, answer: message => [...books, { ...book, ...message }] },
    [one]: { greeting: book, answer: message => ({ ...book, ...message }) },
  };
  const heard = await withServer(replies, async url => {
    const list = await talk(python, client, `${url}/books`, { send: 'publish_books', message: created, query: { title: 'Left Hand' } });
    assert.deepEqual(list, [books, [...books, { ...book, ...created }]]);
    // A single book is an object, so that the client can route it to the operation's own handler.
    const single = await talk(python, client, url + one,
      { send: 'publish_book', message: update, handle: 'register_subscribe_book_handler', key: 'book_id', value: book.book_id });
    assert.deepEqual(single, [book, { ...book, ...update }]);
  });
  assert.deepEqual(heard.map(({ path, message }) => ({ path, message })), [{ path: '/books', message: created }, { path: one, message: update }]);
  assert.equal(heard[0].query.title, 'Left Hand');
}

// Has the command line make the client of a document, and Python compile it.
async function make(asyncapi, python, { name, file }, folder) {
  const client = join(folder, `${name}-python`);
  await asyncapi('generate', 'client', 'python', file, '-p', 'server=dev', '-o', client, '--force-write', '--no-interactive');
  await promisify(execFile)(python, ['-m', 'compileall', '-q', client]);
  return client;
}

export function clientChecks(asyncapi, folder, books, library, python) {
  return [{
    name: 'client of the books',
    run: async () => {
      const client = await make(asyncapi, python, books, folder);
      needsOnlyWhatIsPinned(client);
      await talksBothWays(python, client, books.document);
    },
  }, {
    name: 'client of the library',
    run: async () => {
      const source = readFileSync(join(await make(asyncapi, python, library, folder), 'client.py'), 'utf8');
      for (const [name, { action }] of Object.entries(library.document.operations)) {
        const words = name.replaceAll(/([A-Z])/g, letter => `_${letter.toLowerCase()}`);
        const method = action === 'send' ? words : `register_${words}_handler`;
        assert.ok(source.includes(`  def ${method}(self, `), `the client has no method ${method}`);
      }
    },
  }];
}
