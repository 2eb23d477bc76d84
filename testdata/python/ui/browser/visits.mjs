#!/usr/bin/env node
// Generated web interfaces in Chromium, against firestone mock: what people do with them, from the first record on.
//
//   node visits.mjs [WORD...]     only the visits whose name holds one of the words
//
// Ends with "N passed, N failed".
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { runAll } from '../../../mock/run.mjs';
import { Site } from './site.mjs';
import { Visitor, hasChromium, openBrowser } from './visitor.mjs';

// Runs one visit with a site of its own. If it fails, the last page is printed.
async function passes(browser, { name, site: settings, run }) {
  const began = Date.now();
  const windows = [];
  let site;
  try {
    site = await Site.open(settings);
    const open = async options => {
      windows.push(await Visitor.open(browser, site, options));
      return windows.at(-1);
    };
    await run({ site, open });
    while (windows.length > 0) await windows.pop().close();
    console.log(`ok   ${name} (${((Date.now() - began) / 1000).toFixed(1)} s)`);
    return true;
  } catch (error) {
    const text = await windows.at(-1)?.page.locator('body').innerText({ timeout: 2000 }).catch(() => '');
    console.log(`FAIL ${name}\n${error.stack}\n--- ${windows.at(-1)?.page.url()}\n${(text ?? '').slice(0, 3000)}\n${windows.at(-1)?.faults.join('\n') ?? ''}\n${site?.streamlit?.log.slice(-2000) ?? ''}`);
    if (process.env.SHOTS) await windows.at(-1)?.page.screenshot({ path: join(process.env.SHOTS, `${name.replace(/\W+/g, '-')}.png`) }).catch(() => undefined);
    return false;
  } finally {
    for (const each of windows) await each.context.close().catch(() => undefined);
    await site?.close();
  }
}

const folder = join(import.meta.dirname, 'visits');
const visits = (await Promise.all(readdirSync(folder).sort().map(file => import(join(folder, file))))).flatMap(module => module.default);

if (hasChromium()) {
  const browser = await openBrowser();
  await runAll(visits, ({ name }) => name, visit => passes(browser, visit));
  await browser.close();
}
