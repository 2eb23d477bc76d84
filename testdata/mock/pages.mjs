#!/usr/bin/env node
// The pages of firestone mock, used in Chromium like people do.
//
//   node pages.mjs [WORD...]     only the visits whose name holds one of the words
//   SHOTS=FOLDER                 keeps a picture of each page
//
// Ends with "N passed, N failed".
import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Visitor, hasChromium, openBrowser } from '../python/ui/browser/visitor.mjs';
import { runAll } from './run.mjs';
import { root, withMock } from './server.mjs';

const LOOKS = { light: {}, dark: { dark: true }, phone: { width: 390, height: 844 } };

// A visitor of pages that are rendered immediately.
class Looker extends Visitor {
  async rests() {
    await this.page.waitForLoadState('load');
  }

  async fits(where) {
    const wide = await this.page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    assert.ok(wide <= 0, `${where} is ${wide} px too wide`);
  }

  async picture(name, { fullPage = true } = {}) {
    if (process.env.SHOTS) await this.page.screenshot({ path: join(process.env.SHOTS, `${name}.png`), fullPage });
  }

  async connect() {
    await this.press('Connect');
    await this.page.locator('.connected').waitFor();
    await this.sees(/^Connected to /);
  }

  // Waits for a message in the log of the console.
  async hears(text) {
    await this.page.locator('#log summary').filter({ hasText: text }).first().waitFor();
  }
}

const visits = [
  ...Object.entries(LOOKS).map(([look, options]) => ({
    name: `every page, ${look}`,
    definitions: 'examples/library',
    async run({ open }) {
      const looker = await open(options);
      for (const [path, name] of [['/', 'Library API'], ['/_mock/console/', 'Authors'], ['/_mock/console/?channel=member_loan', 'Member loan']]) {
        await looker.goto(path);
        await looker.heading(name);
        await looker.accessible(path);
        await looker.fits(path);
        await looker.picture(`${name}-${look}`);
      }
      await looker.goto('/_mock/console/?channel=books');
      await looker.connect();
      await looker.page.getByLabel(/, as JSON/).fill('{"title": 5}');
      await looker.press('Send');
      await looker.sees('Unauthorized');
      await looker.accessible('a refusal');
      await looker.fits('a refusal');
      await looker.picture(`refusal-${look}`);
    },
  })),
  {
    name: 'an operation in Swagger UI, and its event in the console',
    definitions: 'examples/library',
    async run({ open }) {
      const console = await open();
      await console.goto('/');
      await console.page.getByRole('link', { name: /^Console of Books: The first page/ }).click();
      await console.heading('Books');
      await console.connect();
      await console.hears('2 records');

      const swagger = await open();
      await swagger.goto('/');
      await swagger.page.getByRole('link', { name: 'Try Create a book' }).click();
      await swagger.page.getByRole('button', { name: 'Authorize' }).click();
      await swagger.page.locator('.auth-container input').first().fill('any token');
      await swagger.page.locator('.auth-btn-wrapper button[type=submit]').first().click();
      await swagger.page.locator('.btn-done').first().click();
      await swagger.page.getByRole('button', { name: 'Execute' }).click();
      await swagger.page.locator('.responses-table.live-responses-table').getByText('201').first().waitFor();
      await swagger.picture('swagger', { fullPage: false });
      await console.hears('3 records');
    },
  },
  {
    name: 'a message that is sent, and one that is refused',
    definitions: 'examples/library',
    async run({ open, mock }) {
      const [{ author_id }] = await (await fetch(`${mock.origin}/authors`)).json();
      const looker = await open();
      await looker.goto('/_mock/console/?channel=books');
      await looker.press('Send');
      await looker.sees('Connect first.');
      await looker.page.locator('input[name=access_token]').fill('any token');
      await looker.connect();
      await looker.hears('2 records');
      const text = looker.page.getByLabel(/, as JSON/);
      const example = JSON.parse(await text.inputValue());
      await text.fill(JSON.stringify({ ...example, author_id }));
      await looker.press('Send');
      await looker.hears('3 records');
      await text.fill(JSON.stringify({ title: 5, availability: 'lost?' }));
      await text.press('Control+Enter');
      await looker.hears('422 Unprocessable Content');
      assert.deepEqual(await looker.page.locator('#refusal code').allTextContents(), ['/title', '/availability', '/author_id']);
      assert.equal(await text.getAttribute('aria-invalid'), 'true');
      await looker.press('Disconnect');
      await looker.sees('Not connected');
    },
  },
  {
    name: 'a connection that is refused, and one that is cut',
    definitions: 'examples/library',
    async run({ open }) {
      const looker = await open();
      await looker.goto('/_mock/console/?channel=book');
      const key = looker.page.locator('[data-key]');
      const there = await key.inputValue();
      await key.fill('none');
      await looker.press('Connect');
      await looker.sees('Refused: 400 Bad Request');
      assert.deepEqual(await looker.page.locator('#log code').allTextContents(), ['book_id']);
      looker.faults.length = 0; // Chromium prints a connection that is refused
      await key.fill(there);
      await looker.connect();
      await fetch(`${looker.site.url}/_mock/sockets`, { method: 'DELETE' });
      await looker.sees('Closed: 1012 the connections were reset');
      await looker.connect();
      await fetch(`${looker.site.url}/books/${there}`, { method: 'DELETE', headers: { Authorization: 'Bearer any' } });
      await looker.sees('Closed: 4404 the resource was deleted');
    },
  },
  {
    name: 'the console by keyboard alone',
    definitions: 'examples/library',
    async run({ open }) {
      const looker = await open();
      const keys = looker.page.keyboard;
      await looker.goto('/');
      await keys.press('Tab');
      assert.equal(await looker.page.evaluate(() => document.activeElement.textContent), 'Skip to the content');
      await looker.tabTo('Channels');
      await keys.press('Enter');
      await looker.heading('Authors');
      await looker.tabTo('Connect');
      await keys.press('Enter');
      await looker.sees('Connected to /authors');
      await looker.hears('2 records');
      await looker.tabTo('Send');
      await keys.press('Enter');
      await looker.sees('Unauthorized');
    },
  },
  {
    name: 'definitions that change',
    flags: ['--watch'],
    prepare(folder) {
      cpSync(join(root, 'examples/library'), folder, { recursive: true });
      return folder;
    },
    async run({ open, folder, mock }) {
      const looker = await open();
      await looker.goto('/_mock/console/?channel=authors');
      await looker.connect();
      const before = await (await fetch(`${looker.site.url}/authors`)).json();
      const file = join(folder, 'author.yaml');
      const text = readFileSync(file, 'utf8');
      await looker.page.evaluate(() => (globalThis.isOld = true));
      writeFileSync(file, text.replace(/^kind: .*$/m, 'kind: 5'));
      for (let i = 0; i < 200 && !mock.log().includes('author.yaml:'); i++) await looker.page.waitForTimeout(50);
      assert.match(mock.log(), /author\.yaml:\d+:\d+: /); // and the definitions before are served on
      assert.deepEqual(await (await fetch(`${looker.site.url}/authors`)).json(), before);
      writeFileSync(file, text.replace(/^( *)properties:$/m, '$&\n$1  pen_name: {type: string}'));
      await looker.page.waitForFunction(() => globalThis.isOld === undefined);
      await looker.heading('Authors');
      assert.deepEqual(await (await fetch(`${looker.site.url}/authors`)).json(), before);
      assert.match(await (await fetch(`${looker.site.url}/openapi.yaml`)).text(), /pen_name/);
      await looker.connect();
    },
  },
  {
    name: 'hostile definitions',
    definitions: 'testdata/cases/evil_text',
    async run({ open, mock }) {
      const looker = await open();
      looker.page.on('dialog', dialog => looker.faults.push(`a dialog: ${dialog.message()}`));
      await looker.goto('/');
      await looker.page.locator('h1').waitFor();
      await looker.fits('/');
      const consoles = await looker.page.getByRole('link', { name: /^Console of / }).evaluateAll(links => [...new Set(links.map(link => link.getAttribute('href')))]);
      assert.ok(consoles.length > 0);
      for (const path of consoles) {
        await looker.goto(path);
        await looker.press('Connect');
        await looker.page.locator('#status').filter({ hasText: /Connected|Refused|Closed/ }).waitFor();
        await looker.fits(path);
      }
      await looker.goto('/_mock/swagger/');
      await looker.page.locator('.opblock').first().waitFor();
      assert.equal(await looker.page.evaluate(() => document.querySelectorAll('main script, main iframe').length), 0);
    },
  },
];

// Runs one visit with a server of its own.
async function passes(browser, visit) {
  const folder = mkdtempSync(join(tmpdir(), 'firestone-pages-'));
  const windows = [];
  const began = Date.now();
  try {
    const definitions = visit.prepare?.(folder) ?? visit.definitions;
    await withMock(['--seed', '2', ...(visit.flags ?? []), definitions], async mock => {
      try {
        const open = async options => {
          windows.push(await Looker.open(browser, { url: mock.origin }, options));
          return windows.at(-1);
        };
        await visit.run({ open, folder, mock });
        while (windows.length > 0) await windows.pop().close();
      } catch (error) {
        throw new Error(`${error.stack}\n--- ${windows.at(-1)?.page.url()}\n${windows.at(-1)?.faults.join('\n')}\n${mock.log().slice(-2000)}`);
      } finally {
        for (const each of windows) await each.context.close().catch(() => undefined);
      }
    });
    console.log(`ok   ${visit.name} (${((Date.now() - began) / 1000).toFixed(1)} s)`);
    return true;
  } catch (error) {
    console.log(`FAIL ${visit.name}\n${error.message}`);
    return false;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

if (hasChromium()) {
  const browser = await openBrowser();
  await runAll(visits, ({ name }) => name, visit => passes(browser, visit));
  await browser.close();
}
