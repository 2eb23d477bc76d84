#!/usr/bin/env node
// Is every message that firestone mock sends valid against the AsyncAPI document of the same definitions?
//
//   node --experimental-websocket events.mjs [--sweep] [WORD...]     only the cases whose name holds one of the words
//
// Without --sweep, skips the cases that take longest. REFUSED=1 shows which requests were refused, and why.
// Ends with "N passed, N failed".
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { allCases } from './cases.mjs';
import { converse } from './conversation.mjs';
import { runAll } from './run.mjs';

const SHOWN = 8; // faults of a case that are printed

async function run({ name, definitions }) {
  const began = Date.now();
  try {
    const { faults, refused, ...counts } = await converse(definitions);
    const said = Object.entries(counts).map(([what, count]) => `${count} ${what}`).join(', ');
    console.log(`${faults.length === 0 ? 'ok' : 'FAIL'} ${name}: ${said}, ${Date.now() - began} ms`);
    for (const fault of faults.slice(0, SHOWN)) console.log(`  ${fault}`);
    if (faults.length > SHOWN) console.log(`  and ${faults.length - SHOWN} more`);
    if (process.env.REFUSED) for (const [what, text] of refused) console.log(`  refused ${what}: ${text}`);
    return faults.length === 0;
  } catch (error) {
    console.log(`FAIL ${name}: ${error.stack}`);
    return false;
  }
}

const isSweep = process.argv.includes('--sweep');
const folder = mkdtempSync(join(tmpdir(), 'firestone-events-'));
const cases = allCases(folder).filter(({ isSwept }) => isSweep || !isSwept);
await runAll(cases, ({ name }) => name, run);
rmSync(folder, { recursive: true });
