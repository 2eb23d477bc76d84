// Runs firestone mock for the length of a test.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

export const root = resolve(import.meta.dirname, '../..');
export const firestone = join(root, 'firestone');

const PATIENCE = 20_000; // ms until the server listens, or has stopped

// Starts a server on a free port and returns { base, origin, log(), stop() }: base is the URL that all paths of the API
// follow. stop() stops it as Ctrl-C does and throws if its exit status is not 0.
export async function startMock(...args) {
  const folder = mkdtempSync(join(tmpdir(), 'firestone-mock-'));
  const ready = join(folder, 'ready');
  const child = spawn(firestone, ['mock', '--listen', '127.0.0.1:0', '--ready-file', ready, ...args], { cwd: root, stdio: ['ignore', 'ignore', 'pipe'] });
  let log = '';
  child.stderr.setEncoding('utf8').on('data', text => (log += text));
  const ended = once(child, 'close');
  const stop = async () => {
    child.kill('SIGTERM');
    const late = setTimeout(() => child.kill('SIGKILL'), PATIENCE);
    const [status] = await ended;
    clearTimeout(late);
    rmSync(folder, { recursive: true, force: true });
    if (status !== 0) throw new Error(`firestone mock ended with ${status}\n${log}`);
  };
  for (const began = Date.now(); !existsSync(ready); await sleep(5)) {
    if (child.exitCode !== null || Date.now() - began > PATIENCE) {
      await stop().catch(() => undefined);
      throw new Error(`firestone mock ${args.join(' ')} does not listen\n${log}`);
    }
  }
  const base = readFileSync(ready, 'utf8').trim();
  return { base, origin: new URL(base).origin, log: () => log, stop };
}

// Runs work with a server, and stops the server even if that fails.
export async function withMock(args, work) {
  const mock = await startMock(...args);
  let result;
  try {
    result = await work(mock);
  } catch (error) {
    await mock.stop().catch(() => undefined);
    throw error;
  }
  await mock.stop();
  return result;
}
