// Visits pages with Chromium.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { connect, createServer as createTCPServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const chromium = process.env.CHROMIUM ?? 'chromium';
const PATIENCE = 60_000; // ms for a visit
const FLAGS = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--no-first-run', '--disable-background-networking', '--disable-extensions'];

// A page that calls run(settings, ask) of a script and reports the result. An image on it is answered only after that, which
// holds back the load event, on which Chromium prints the page and exits by itself.
const page = (script, settings) => `<!doctype html>
<title>${script}</title>
<img src="/_page/last">
<script type="module">
  const ask = async what => (await fetch('/_page/ask', { method: 'POST', body: what })).text();
  let report;
  try {
    const { run } = await import('/_page/${script}');
    report = { result: await run(${JSON.stringify(settings)}, ask) };
  } catch (error) {
    report = { error: String(error.stack) };
  }
  await fetch('/_page/report', { method: 'POST', body: JSON.stringify(report) });
</script>
`;

// Reports whether Chromium is installed, and prints that it is not; an error in CI.
export function hasChromium() {
  if (spawnSync(chromium, ['--version']).status === 0) return true;
  console.log('skipped: Chromium is not installed, or CHROMIUM must say where');
  if (process.env.CI) throw new Error('Chromium is not installed');
  return false;
}

export class Site {
  // Opens a site on a free port of the loopback interface. If site.forward is set, requests for anything but the page go to the
  // server there: what a page sees after DNS rebinding.
  static async open() {
    const site = new Site();
    site.pages = createServer((request, response) => site.serve(request, response).catch(error => response.destroy(error)));
    site.server = createTCPServer(connection => site.accept(connection));
    site.server.listen(0, '127.0.0.1');
    await once(site.server, 'listening');
    site.port = site.server.address().port;
    return site;
  }

  // Routes a connection by its first request.
  accept(connection) {
    connection.on('error', () => undefined);
    connection.once('data', first => {
      connection.pause();
      connection.unshift(first);
      if (this.forward === undefined || /^\S+ \/_page\//.test(first.toString('latin1'))) {
        this.pages.emit('connection', connection);
        return void process.nextTick(() => connection.resume());
      }
      const { hostname, port } = new URL(this.forward);
      const other = connect(port, hostname);
      other.on('error', () => connection.destroy());
      connection.pipe(other).pipe(connection);
    });
  }

  async serve(request, response) {
    const what = request.url.replace(/^\/_page\//, '');
    const answer = (type, text) => response.writeHead(200, { 'Content-Type': type, Connection: 'close' }).end(text);
    if (what === 'visit') answer('text/html', page(this.script, this.settings));
    else if (what === 'last') this.last = response;
    else if (what === 'ask') answer('text/plain', String(await this.asked(await textOf(request))));
    else if (what === 'report') {
      this.report = JSON.parse(await textOf(request));
      answer('text/plain', '');
      this.last.writeHead(204, { Connection: 'close' }).end();
    } else if (/^[a-z]+\.mjs$/.test(what)) answer('text/javascript', readFileSync(join(import.meta.dirname, what)));
    else response.writeHead(404, { Connection: 'close' }).end();
  }

  // Visits the site under a host name and returns the result of the script's run(settings, ask); ask calls asked here.
  async visit(name, script, settings, asked = () => '') {
    Object.assign(this, { script, settings, asked, report: undefined });
    const profile = mkdtempSync(join(tmpdir(), 'firestone-chromium-'));
    const rules = '--host-resolver-rules=MAP * 127.0.0.1';
    const child = spawn(chromium, [...FLAGS, rules, `--user-data-dir=${profile}`, '--dump-dom', `http://${name}:${this.port}/_page/visit`], { stdio: ['ignore', 'ignore', 'pipe'] });
    let said = '';
    child.stderr.setEncoding('utf8').on('data', text => (said += text));
    const late = setTimeout(() => child.kill('SIGKILL'), PATIENCE);
    const [status] = await once(child, 'close');
    clearTimeout(late);
    rmSync(profile, { recursive: true, force: true });
    if (status !== 0 || this.report === undefined) throw new Error(`Chromium ended with ${status}\n${said}`);
    if (this.report.error !== undefined) throw new Error(this.report.error);
    return this.report.result;
  }

  close() {
    this.pages.closeAllConnections();
    this.server.close();
  }
}

async function textOf(request) {
  let text = '';
  for await (const part of request.setEncoding('utf8')) text += part;
  return text;
}
