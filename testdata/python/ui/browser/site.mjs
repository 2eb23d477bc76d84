// Runs a generated web interface and the mock of its API for the length of a visit.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

export const root = resolve(import.meta.dirname, '../../../..');
const firestone = process.env.FIRESTONE ?? join(root, 'firestone');
export const python = process.env.PYTHON ?? join(root, '.venv/ui/bin/python');

const PATIENCE = 60_000; // ms until a server answers, or has stopped

export class Site {
  // Generates the command line and the web interface of definitions as one package, and starts the mock and, unless ui is
  // false, Streamlit. load has the initial records, flags are for firestone mock, environment has further variables for
  // Streamlit.
  static async open({ definitions = ['examples/library'], name = 'desk', load, flags = [], environment = {}, ui = true } = {}) {
    const site = new Site();
    site.name = name;
    site.folder = mkdtempSync(join(tmpdir(), 'firestone-site-'));
    site.definitions = definitions;
    site.environment = environment;
    for (const pack of ['cli', 'streamlit']) site.firestone('-t', pack, '-o', `${join(site.folder, 'made')}/`, '--set', `package=${name}`, ...definitions);
    if (load !== undefined) {
      writeFileSync(join(site.folder, 'load.json'), JSON.stringify(load));
      flags = ['--load', join(site.folder, 'load.json'), ...flags];
    }
    try {
      site.api = await site.startMock(flags);
      if (ui) await site.startStreamlit();
    } catch (error) {
      await site.close();
      throw error;
    }
    return site;
  }

  firestone(...words) {
    const done = spawnSync(firestone, words, { cwd: root, encoding: 'utf8' });
    if (done.status !== 0) throw new Error(`firestone ${words.join(' ')}\n${done.stderr}`);
    return done.stdout;
  }

  async startMock(flags) {
    const ready = join(this.folder, 'ready');
    this.mock = new Process(firestone, ['mock', '--listen', '127.0.0.1:0', '--ready-file', ready, '--random', '1', ...flags, ...this.definitions]);
    await this.mock.until(() => existsSync(ready) && readFileSync(ready, 'utf8').trim() !== '');
    return readFileSync(ready, 'utf8').trim();
  }

  // Starts Streamlit on the same port as before.
  async startStreamlit() {
    this.port ??= await freePort();
    this.url = `http://127.0.0.1:${this.port}`;
    const script = join(this.folder, 'made/src', this.name, 'ui/app/app.py');
    const words = ['-m', 'streamlit', 'run', script, '--server.headless', 'true', '--server.address', '127.0.0.1', '--server.port', String(this.port)];
    this.streamlit = new Process(python, words, { ...this.settings(), ...this.environment }, this.folder);
    const answers = () => fetch(`${this.url}/_stcore/health`).then(answer => answer.ok, () => false);
    await this.streamlit.until(answers);
  }

  // Returns the environment in which Python finds the generated package, and the package its API.
  settings() {
    const prefix = this.name.toUpperCase();
    const found = { PATH: process.env.PATH, HOME: this.folder, PYTHONPATH: join(this.folder, 'made/src') };
    return { ...found, [`${prefix}_BASE_URL`]: this.api, [`${prefix}_TOKEN`]: 'token' };
  }

  async restart() {
    await this.streamlit.stop();
    await this.startStreamlit();
  }

  // Sends a request to the API as somebody else.
  async ask(method, path, body) {
    const type = method === 'PATCH' ? 'application/merge-patch+json' : 'application/json';
    const headers = { Authorization: 'Bearer outside', 'X-Desk-Key': 'outside', ...(body === undefined ? {} : { 'Content-Type': type }) };
    const answer = await fetch(this.api + path, { method, headers, body: body === undefined ? undefined : JSON.stringify(body) });
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
    const text = await answer.text();
    return text === '' ? undefined : JSON.parse(text);
  }

  async close() {
    await this.streamlit?.stop();
    await this.mock?.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

class Process {
  constructor(program, words, environment = process.env, folder = root) {
    this.log = '';
    this.child = spawn(program, words, { cwd: folder, env: environment, stdio: ['ignore', 'pipe', 'pipe'] });
    this.ended = once(this.child, 'close');
    for (const stream of [this.child.stdout, this.child.stderr]) stream.setEncoding('utf8').on('data', text => (this.log += text));
  }

  async until(condition) {
    for (const began = Date.now(); !(await condition()); await sleep(50)) {
      if (this.child.exitCode !== null || Date.now() - began > PATIENCE) throw new Error(`${this.child.spawnargs.join(' ')}\n${this.log}`);
    }
  }

  async stop() {
    this.child.kill('SIGTERM');
    const late = setTimeout(() => this.child.kill('SIGKILL'), 10_000);
    await this.ended;
    clearTimeout(late);
  }
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}
