// One conversation with a server about all that its definitions describe: it connects to every channel, changes everything
// over REST and by messages, and deletes it again.
import { setTimeout as sleep } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { Socket, Stream, messageOf, within } from './connection.mjs';
import { channelsOf } from './document.mjs';
import { keyText, parse, stringify } from './exact.mjs';
import { Rest, render, templateOf } from './rest.mjs';
import { withMock } from './server.mjs';

const PATIENCE = 5_000; // ms for anything to arrive
const SEED = 3;
const MANY = 50; // sockets
const WRONG = [null, 0, 'x', [], {}, true]; // most schemas accept only one or two of them
const GONE = { Socket: 4404, Stream: 'end' };
const STOPPED = { Socket: 1001, Stream: 'end' };

// Holds the conversation and returns its outcome: { channels, connections, messages, problems, tampered, refused, faults }.
export async function converse(definitions) {
  const document = await render('asyncapi', definitions);
  const channels = await channelsOf(document);
  let held;
  await withMock(['--seed', String(SEED), ...definitions], async mock => {
    held = new Conversation(mock, channels, await Rest.of(mock.base, definitions));
    await held.hold();
  });
  await held.expectEnd(held.connections, STOPPED, 'when the server stopped');
  return held.result();
}

class Conversation {
  constructor(mock, channels, rest) {
    Object.assign(this, { mock, channels, rest, connections: [], faults: [], refused: new Map(), done: new Map(), count: 0 });
  }

  async hold() {
    await this.fill();
    await this.complete();
    await this.connect();
    await this.change();
    await this.publish();
    await this.settle();
    await this.remove();
    await this.settle();
    this.expectEveryOperation();
    this.expectEveryMessage();
    this.expectNoSecrets();
  }

  // Creates records in the collections that are empty or cannot be read.
  async fill() {
    for (const change of this.changes('post')) {
      for (const path of await this.rest.paths(change.template)) {
        const there = await this.rest.keysIn(change.template, path, this.keyBelow(change.template));
        for (let n = there.length; n < SEED; n++) await this.create(change, path);
      }
    }
  }

  // Sets absent properties to their examples, so that their channels can be connected to.
  async complete() {
    for (const change of this.changes('put').filter(({ template }) => !this.rest.keys.has(template))) {
      const there = await this.existing(change.template);
      for (const path of (await this.rest.paths(change.template)).slice(-2)) if (!there.includes(path)) await this.ask(change, path, change.example, false);
    }
  }

  changes(...methods) {
    return this.rest.changes().filter(({ method }) => methods.includes(method));
  }

  // Returns the name of the key of a collection's records, or undefined if the template is not a collection's.
  keyBelow(template) {
    for (const [path, name] of this.rest.keys) if (path.startsWith(`${template}/{`) && path.indexOf('/', template.length + 1) < 0) return name;
    return undefined;
  }

  // Sends a request and notes whether it succeeded. changes is false if success makes no difference to the state.
  async ask({ method, template, contentType }, path, content, changes = true) {
    const answer = await this.rest.ask(method, template, path, content, contentType);
    const operation = `${method} ${template}`;
    if (answer.status >= 500) this.faults.push(`${method} ${path}: status ${answer.status}, ${answer.text}`);
    else if (answer.status >= 400) this.refused.set(operation, answer.text);
    else this.done.set(operation, changes || this.done.get(operation) === true);
    return answer;
  }

  // Creates the example. If its key is taken or a reference in it leads nowhere, takes another key and references that exist.
  async create(change, path) {
    const example = this.rest.fitted(change.template, change.example);
    const { status } = await this.ask(change, path, example);
    if (status !== 409) return;
    const keyName = this.keyBelow(change.template);
    const content = { ...example, ...(await this.known(change.template, path, example)) };
    const key = example[keyName];
    this.count++;
    for (const other of typeof key === 'string' ? [`${key}${'x'.repeat(this.count)}`, `${key}${this.count}`, `${this.count}`] : [1000 + this.count]) {
      if (key !== undefined) content[keyName] = other;
      if ((await this.ask(change, path, content)).status === 201) return;
    }
  }

  // Returns the properties of the last record in a collection that an example has too.
  async known(template, path, example) {
    if (!this.rest.canRead(template)) return {};
    const value = (await this.rest.ask('get', template, path)).value ?? [];
    return Object.fromEntries(Object.entries(value.at(-1) ?? {}).filter(([name]) => Object.hasOwn(example, name)));
  }

  // Connects to the last two records of each kind, over every server: most examples are like the first record.
  async connect() {
    const templates = new Set(this.channels.filter(({ servers }) => servers.some(isWeb)).map(({ address }) => templateOf(address)));
    for (const channel of this.channels) {
      const template = templateOf(channel.address);
      if (!channel.servers.some(isWeb) && (templates.has(template) || !this.rest.items.has(template))) continue;
      if (isLogOfRecords(channel)) continue;
      for (const path of (await this.existing(template)).slice(-2)) {
        const urls = new Set(channel.servers.map(server => `${kindOf(server).name} ${server.pathname}${path}`));
        for (const url of urls) await this.connectTo(channel, template, path, url);
      }
    }
    for (const heard of this.connections.filter(({ isEvents, channel }) => !isEvents && channel.sent.length > 0)) {
      await this.until(() => heard.states.length > 0, `${heard.path} sent nothing on connect`);
    }
  }

  async connectTo(channel, template, path, url) {
    const [kind, at] = url.split(' ');
    const connection = new (kind === 'Stream' ? Stream : Socket)(channel, template, path);
    const credentials = this.rest.connectionCredentials(template);
    if (this.rest.canRead(template)) connection.first = (await this.rest.ask('get', template, path)).value;
    this.connections.push(await connection.open(this.mock.origin + at + this.rest.query(template, 'get', credentials), credentials.headers));
  }

  // Returns the paths of a template that have connections, else the last two that exist.
  async used(template) {
    const heard = [...new Set(this.connections.filter(connection => connection.template === template).map(({ path }) => path))];
    return heard.length > 0 ? heard : (await this.existing(template)).slice(-2);
  }

  // Returns the paths of a template that exist: a property can be absent.
  async existing(template) {
    const paths = await this.rest.paths(template);
    if (!this.rest.canRead(template)) return paths;
    const answers = await Promise.all(paths.map(path => this.rest.ask('get', template, path)));
    return paths.filter((_, i) => answers[i].status === 200);
  }

  // Changes the first of the two over REST; properties before records, since the example of a record may lack some.
  async change() {
    for (const change of this.changes('post', 'patch', 'put').sort(smallestFirst)) {
      const [path] = await this.used(change.template);
      if (path === undefined) continue;
      if (change.method === 'post') await this.create(change, path);
      else await this.write(change, path);
    }
  }

  // Writes the example of a request, adapted to the record: with existing keys and references, and to a property another value.
  async write(change, path) {
    const { template, method, example } = change;
    const now = this.rest.canRead(template) ? await this.rest.ask('get', template, path) : undefined;
    const key = this.keyBelow(template);
    if (key !== undefined) {
      await this.ask(change, path, example.slice(0, now.value.length).map((patch, i) => ({ ...patch, [key]: now.value[i][key] })));
    } else if (this.rest.keys.has(template)) {
      const fitted = this.rest.fitted(template, example);
      const { status } = await this.ask(change, path, fitted);
      if (status === 409) await this.ask(change, path, { ...fitted, ...Object.fromEntries(Object.entries(now.value).filter(([name]) => Object.hasOwn(example, name))) });
      if (status === 422 && method === 'patch') { // the record is another alternative of a union: what belongs to that goes
        const others = Object.keys(now.value).filter(name => name !== this.rest.keys.get(template));
        await this.ask(change, path, { ...Object.fromEntries(others.map(name => [name, null])), ...fitted });
      }
    } else {
      const others = now === undefined ? [] : await Promise.all((await this.existing(template)).map(other => this.rest.ask('get', template, other)));
      const other = others.find(({ text }) => text !== now.text);
      const content = other === undefined ? example : other.value;
      await this.ask(change, path, content, now === undefined || stringify(content) !== now.text);
    }
  }

  // Sends valid and broken messages to every channel that accepts any; to nested ones first, since a message that replaces the
  // parent may delete them.
  async publish() {
    const sockets = this.connections.filter(connection => connection instanceof Socket && connection.channel.accepted.length > 0);
    for (const socket of sockets.sort(smallestFirst)) {
      if (socket.code !== undefined) continue;
      const examples = socket.channel.accepted.flatMap(message => message.examples);
      const before = socket.problems.length;
      const broken = brokenMessages(socket.channel, examples[0]).slice(0, this.connections.length > MANY ? 3 : undefined);
      for (const text of broken) socket.send(text);
      await this.until(() => socket.problems.length >= before + broken.length, `${socket.path} sent ${socket.problems.length - before} problems after ${broken.length} broken messages`);
      for (const example of examples) socket.send(stringify(this.fittedMessage(socket, example)));
    }
    this.rest.forget();
  }

  fittedMessage({ template, isEvents }, message) {
    if (this.keyBelow(template) === undefined && !this.rest.keys.has(template)) return message;
    return isEvents ? { ...message, data: this.rest.fitted(template, message.data) } : this.rest.fitted(template, message);
  }

  // Waits until every open connection has shown the same state as REST.
  async settle() {
    for (const connection of this.connections) {
      if (connection.code !== undefined || connection.channel.sent.length === 0 || !this.rest.canRead(connection.template)) continue;
      const shows = async () => {
        const now = await this.rest.ask('get', connection.template, connection.path);
        return connection.code !== undefined || (connection.isEvents ? this.agrees(connection, now.value) : connection.states.at(-1)?.text === now.text);
      };
      await this.until(shows, `${connection.path} did not show the last state`);
    }
  }

  // Reports whether the state on connect and the events since then add up to the present state.
  agrees({ template, states, first }, now) {
    const key = this.keyBelow(template);
    const events = states.map(({ text }) => parse(text));
    if (key === undefined) return isDeepStrictEqual(events.length > 0 ? events.at(-1).data : first, now);
    const items = new Map(first.map(item => [keyText(item[key]), item]));
    for (const { type, subject, data } of events) {
      if (type.endsWith('.deleted')) items.delete(keyText(subject));
      else items.set(keyText(subject), data);
    }
    return isDeepStrictEqual(items, new Map(now.map(item => [keyText(item[key]), item])));
  }

  // Deletes everything, properties and nested records first.
  async remove() {
    for (const change of this.changes('delete').sort(smallestFirst)) {
      for (const path of await this.existing(change.template)) {
        const { status } = await this.ask(change, path);
        if (status !== 204 || this.keyBelow(change.template) !== undefined) continue;
        const isAbout = ({ path: at, channel }) => at.startsWith(`${path}/`) || at === path && (channel.sent.length > 0 || this.rest.keys.has(change.template));
        await this.expectEnd(this.connections.filter(isAbout), GONE, `when ${path} was deleted`);
      }
    }
  }

  async expectEnd(connections, codes, when) {
    for (const connection of connections) {
      const want = codes[connection.constructor.name];
      const code = await within(PATIENCE, '', connection.ended).catch(() => 'no end');
      if (code !== want && code !== GONE[connection.constructor.name]) this.faults.push(`${connection.path} was closed with ${code} instead of ${want} ${when}`);
    }
  }

  async until(isDone, what) {
    for (const began = Date.now(); !(await isDone()); await sleep(10)) if (Date.now() - began > PATIENCE) return void this.faults.push(what);
  }

  // Every operation with an example must have succeeded, except deleting a required property.
  expectEveryOperation() {
    for (const { method, template, hasExample } of this.rest.changes()) {
      if (!hasExample) continue;
      const operation = `${method} ${template}`;
      const refusal = this.refused.get(operation) ?? 'no path to use it on';
      const isProperty = this.keyBelow(template) === undefined && !this.rest.keys.has(template);
      if (!this.done.has(operation) && !(method === 'delete' && isProperty)) this.faults.push(`${operation} never worked: ${refusal}`);
    }
  }

  expectEveryMessage() {
    for (const channel of this.channels) {
      const connections = this.connections.filter(connection => connection.channel === channel);
      if (connections.length === 0) continue;
      const heard = new Set(connections.flatMap(({ received }) => received.map(({ message }) => message)));
      const due = [...channel.sent.filter(message => this.isDue(message, connections[0].template)), ...(connections[0] instanceof Socket ? channel.refusals : [])];
      for (const message of due) if (!heard.has(message)) this.faults.push(`${channel.address} never sent ${message.name}`);
    }
  }

  // Schemas are open, so that they do not notice what must never be sent.
  expectNoSecrets() {
    const secrets = this.rest.secrets();
    for (const { path, states } of this.connections) {
      for (const name of secrets) if (states.some(({ text }) => text.includes(`${JSON.stringify(name)}:`))) this.faults.push(`${path} sent the write-only property ${name}`);
    }
  }

  // Reports whether a message must have been sent. Documents also list events that no request of the API causes.
  isDue({ type }, template) {
    const event = type?.slice(type.lastIndexOf('.') + 1);
    const isDone = (...methods) => [...this.done].some(([operation, isChanged]) => {
      const [method, at] = operation.split(' ');
      return isChanged && methods.includes(method) && (at === template || this.keyBelow(template) !== undefined && at.startsWith(`${template}/{`) && at.lastIndexOf('/{') === template.length && this.rest.keys.has(at));
    });
    return { undefined: true, created: isDone('post'), updated: isDone('put', 'patch'), deleted: isDone('delete') }[event];
  }

  // Returns the outcome.
  result() {
    const all = this.connections;
    const sum = count => all.reduce((total, connection) => total + count(connection), 0);
    const tampered = sum(tamperedOf);
    const faults = [...this.faults, ...all.flatMap(({ path, faults }) => faults.map(fault => `${path}: ${fault}`))];
    if (tampered === 0 && all.some(({ received }) => received.length > 0)) faults.push('no tampered message was noticed');
    return {
      channels: new Set(all.map(({ channel }) => channel)).size, connections: all.length, messages: sum(({ received }) => received.length),
      problems: sum(({ problems }) => problems.length), tampered, refused: this.refused, faults,
    };
  }
}

const depth = template => template.split('/').length;
const smallestFirst = (a, b) => depth(b.template) - depth(a.template);
// Without an envelope, part of the information on a Kafka topic is in the keys of messages, which a WebSocket lacks.
const isLogOfRecords = ({ servers, sent }) => servers.every(({ protocol }) => protocol.startsWith('kafka')) && sent.some(({ type }) => type === undefined);
const isWeb = ({ protocol }) => ['ws', 'wss', 'http', 'https'].includes(protocol);
const kindOf = ({ protocol }) => (protocol.startsWith('http') ? Stream : Socket);

// Returns messages that a channel must refuse.
function brokenMessages(channel, example) {
  const isFit = payload => channel.accepted.some(message => message.faults(payload) === undefined);
  const others = channel.accepted[0].type === undefined ? [] : [{ ...example, type: 'x' }, ...WRONG.map(data => ({ ...example, data }))];
  return ['{', '"\ud800', ...[...WRONG, ...others].filter(payload => !isFit(payload)).map(payload => JSON.stringify(payload))];
}

// Returns how many messages of a connection would have failed the check if they had been tampered with.
function tamperedOf({ channel, received }) {
  const isNoticed = payload => messageOf(channel, payload)?.faults(payload) !== undefined || messageOf(channel, payload) === undefined;
  const changed = ({ payload, message }) => (message.type === undefined ? WRONG : [{ ...payload, data: undefined }, { ...payload, type: 'x' }, { ...payload, specversion: 1 }]);
  return received.filter(one => changed(one).some(isNoticed)).length;
}
