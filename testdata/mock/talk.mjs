// A conversation about the events of examples/library for Node and browsers. Their WebSocket can send credentials only in the
// query. talk.py holds the same conversation.

const NO_CONNECTION = 1006;

class Line {
  constructor(url) {
    Object.assign(this, { heard: [], waiting: [] });
    this.socket = new WebSocket(url);
    this.socket.onmessage = ({ data }) => this.hear(JSON.parse(data));
    this.socket.onclose = ({ code, reason }) => this.end({ code, reason });
    this.socket.onerror = () => this.end({ code: NO_CONNECTION }); // Node 20 reports a refused handshake by this event alone
  }

  end(how) {
    if (!this.hasEnded) this.hear(how);
    this.hasEnded = true;
  }

  hear(what) {
    if (this.waiting.length > 0) this.waiting.shift()(what);
    else this.heard.push(what);
  }

  // Returns the next message, or the code and reason of the close.
  next() {
    return this.heard.length > 0 ? this.heard.shift() : new Promise(done => this.waiting.push(done));
  }
}

// Returns what was received, one line each. The mock at the base URL accepts the token secret; stop() stops it.
export async function talk(base, stop) {
  const said = [];
  const events = base.replace(/^http/, 'ws');
  const say = (who, what) => said.push(`${who}: ${describe(what)}`);

  const reader = new Line(`${events}/books`);
  const books = await reader.next();
  say('reader', books);
  const { book_id: key, ...book } = books[0];

  reader.socket.send(JSON.stringify({ ...book, title: 'Solaris' }));
  say('reader', await reader.next());

  const writer = new Line(`${events}/books?access_token=secret`);
  say('writer', await writer.next());
  writer.socket.send(JSON.stringify({ ...book, title: 'Solaris' }));
  say('writer', await writer.next());
  say('reader', await reader.next());
  writer.socket.send(JSON.stringify({ ...book, title: 5 }));
  say('writer', await writer.next());
  writer.socket.send('{');
  say('writer', await writer.next());

  say('stranger', await new Line(`${events}/members`).next());
  const desk = new Line(`${events}/members/1?X-Desk-Key=secret`);
  say('desk', await desk.next());

  const one = new Line(`${events}/books/${key}`);
  say('one', await one.next());
  const { status } = await fetch(`${base}/books/${key}`, { method: 'DELETE', headers: { Authorization: 'Bearer secret' } });
  said.push(`deleted: ${status}`);
  say('one', await one.next());
  say('writer', await writer.next());
  say('reader', await reader.next());

  await stop();
  for (const [who, line] of Object.entries({ reader, writer, desk })) say(who, await line.next());
  return said;
}

function describe(what) {
  if (Array.isArray(what)) return `${what.length} books`;
  if (what.code !== undefined) return what.code === NO_CONNECTION ? 'no connection' : `closed with ${what.code}, ${what.reason}`;
  if (what.status !== undefined) return `${what.status}${what.errors === undefined ? '' : ` at ${what.errors.map(({ pointer }) => pointer)}`}`;
  return Object.keys(what)[0];
}
