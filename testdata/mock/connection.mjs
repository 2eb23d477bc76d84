// Connections to the channels of an AsyncAPI document. Each message is checked as it arrives.

const PATIENCE = 5_000; // ms

// The messages that arrive over one channel, and their faults.
class Connection {
  constructor(channel, template, path) {
    Object.assign(this, { channel, template, path, received: [], faults: [], lastId: -1, code: undefined });
    this.ended = new Promise(done => (this.end = code => {
      this.code ??= code;
      done(this.code);
    }));
  }

  // Adds a message, with the id of the server-sent event that it came in.
  take(text, id) {
    let payload;
    try {
      payload = JSON.parse(text);
    } catch (error) {
      return void this.faults.push(`not JSON: ${text.slice(0, 200)}`);
    }
    const message = messageOf(this.channel, payload);
    if (message === undefined) return void this.faults.push(`no message of the channel is like ${text.slice(0, 300)}`);
    const fault = message.faults(payload);
    if (fault) this.faults.push(`not a ${message.name}: ${fault}: ${text.slice(0, 300)}`);
    if (message.type !== undefined && id !== undefined && id !== payload.id) this.faults.push(`the event ${payload.id} has the id ${id}`);
    this.takeId(message.type === undefined ? id : payload.id);
    this.received.push({ message, payload, text });
  }

  takeId(id) {
    if (id === undefined) return;
    if (!/^\d+$/.test(id) || Number(id) <= this.lastId) this.faults.push(`the id ${id} comes after ${this.lastId}`);
    this.lastId = Number(id);
  }

  get states() {
    return this.received.filter(({ message }) => !message.isProblem);
  }

  get problems() {
    return this.received.filter(({ message }) => message.isProblem);
  }

  get isEvents() {
    return [...this.channel.sent, ...this.channel.refusals].some(({ type }) => type !== undefined);
  }
}

// Returns the only message of a channel that a payload can be: by the type of a CloudEvent, else by whether it is a problem.
export function messageOf(channel, payload) {
  const known = [...channel.sent, ...channel.refusals];
  if (known.some(({ type }) => type !== undefined)) return known.find(({ type }) => type === payload?.type);
  const isProblem = payload?.type === 'about:blank' && Number.isInteger(payload.status);
  return known.find(message => message.isProblem === isProblem);
}

export class Socket extends Connection {
  async open(url, headers) {
    this.socket = new WebSocket(url.replace(/^http/, 'ws'), { headers }); // the headers are an extension of Node
    this.socket.addEventListener('message', event => this.take(event.data));
    this.socket.addEventListener('close', event => this.end(event.code));
    await within(PATIENCE, `no connection to ${url}`, new Promise((done, fail) => {
      this.socket.addEventListener('open', done);
      this.socket.addEventListener('error', event => fail(new Error(`no connection to ${url}: ${event.message ?? ''}`)));
    }));
    return this;
  }

  send(text) {
    this.socket.send(text);
  }

  close() {
    this.socket.close();
  }
}

// Server-sent events.
export class Stream extends Connection {
  async open(url, headers) {
    this.canceller = new AbortController();
    const response = await fetch(url, { headers: { ...headers, Accept: 'text/event-stream' }, signal: this.canceller.signal });
    if (!response.ok || response.headers.get('Content-Type') !== 'text/event-stream') throw new Error(`${url}: status ${response.status}, ${await response.text()}`);
    this.read(response.body).then(() => this.end('end'), () => this.end('lost'));
    return this;
  }

  async read(body) {
    let rest = '';
    for await (const part of body.pipeThrough(new TextDecoderStream())) {
      const events = (rest + part).split('\n\n');
      rest = events.pop();
      for (const event of events) this.takeEvent(event.split('\n'));
    }
  }

  takeEvent(lines) {
    const fields = name => lines.filter(line => line.startsWith(`${name}: `)).map(line => line.slice(name.length + 2));
    const other = lines.filter(line => !/^(id|data): /.test(line));
    if (other.length > 0) this.faults.push(`not an event: ${other[0]}`);
    else this.take(fields('data').join('\n'), fields('id')[0]);
  }

  close() {
    this.canceller.abort();
  }
}

// Waits for a promise, and throws an error that names what, if it takes too long.
export async function within(ms, what, promise) {
  let timer;
  const late = new Promise((_, fail) => (timer = setTimeout(() => fail(new Error(what)), ms)));
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
