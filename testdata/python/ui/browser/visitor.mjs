// A visitor with a browser. Hidden faults are recorded: errors on the console, and requests to other hosts.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { chromium } from 'playwright-core';

const program = process.env.CHROMIUM ?? 'chromium';
const PATIENCE = 20_000; // ms until something is there
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

// Streamlit's own requests below the path of the first page, which are not found.
const ITS_OWN = /\/_stcore\/(health|host-config)$/;

// Reports whether Chromium is installed, and prints that it is not; an error in CI.
export function hasChromium() {
  if (spawnSync(program, ['--version']).status === 0) return true;
  console.log('ui in a browser: skipped, Chromium is not installed, or CHROMIUM must say where');
  if (process.env.CI) process.exitCode = 1;
  return false;
}

export async function openBrowser() {
  const found = spawnSync('sh', ['-c', `command -v ${program}`], { encoding: 'utf8' }).stdout.trim();
  return chromium.launch({ executablePath: found, args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'] });
}

export class Visitor {
  static async open(browser, site, { width = 1280, height = 900, dark = false, density = 1 } = {}) {
    const visitor = new this();
    visitor.site = site;
    visitor.context = await browser.newContext({ viewport: { width, height }, deviceScaleFactor: density, colorScheme: dark ? 'dark' : 'light', acceptDownloads: true, reducedMotion: 'reduce' });
    visitor.page = await visitor.context.newPage();
    visitor.page.setDefaultTimeout(PATIENCE);
    visitor.faults = [];
    visitor.page.on('console', message => {
      if (message.type() === 'error' && !ITS_OWN.test(message.location().url)) visitor.faults.push(`console: ${message.text()} ${message.location().url}`);
    });
    visitor.page.on('pageerror', error => visitor.faults.push(`page: ${error.message}`));
    visitor.page.on('request', request => {
      const { protocol, host } = new URL(request.url());
      if (/^(http|ws)/.test(protocol) && host !== new URL(site.url).host) visitor.faults.push(`another host: ${request.url()}`);
    });
    return visitor;
  }

  async goto(path) {
    await this.page.goto(this.site.url + path);
    return this;
  }

  // Content

  async heading(text) {
    await this.page.getByRole('heading', { name: text, exact: true, level: 1 }).first().waitFor();
  }

  async sees(text) {
    await this.page.getByText(text).first().waitFor();
  }

  async seesNot(text) {
    await this.page.getByText(text).first().waitFor({ state: 'hidden' });
  }

  // Waits for a cell of a table. Tables are drawn on a canvas, but have texts for screen readers.
  async cell(text, { isGone = false, within = PATIENCE } = {}) {
    await this.page.locator('[role=gridcell]').filter({ hasText: text }).first().waitFor({ state: isGone ? 'detached' : 'attached', timeout: within });
  }

  async cells() {
    return this.page.locator('[role=gridcell]').allTextContents();
  }

  button(name) {
    return this.page.getByRole('button', { name, exact: typeof name === 'string' }).first();
  }

  field(label) {
    return this.page.getByLabel(label, { exact: typeof label === 'string' }).first();
  }

  query() {
    return Object.fromEntries(new URL(this.page.url()).searchParams);
  }

  path() {
    return new URL(this.page.url()).pathname;
  }

  async at(path, query) {
    await this.page.waitForURL(url => url.pathname === path && Object.entries(query).every(([name, value]) => url.searchParams.get(name) === value));
  }

  // Actions

  // Follows a link in the navigation, which keeps the session; goto starts a new one.
  async link(name) {
    await this.page.getByRole('link', { name, exact: true }).first().click();
  }

  async press(name) {
    await this.button(name).click();
  }

  async fill(label, text) {
    const field = this.field(label);
    await field.fill(text);
    await field.press('Tab');
    await this.rests();
  }

  // Waits until a field has a value: a redrawn field may appear a moment before its value.
  async holds(label, value) {
    const end = Date.now() + 5000;
    while (await this.field(label).inputValue() !== value && Date.now() < end) await this.page.waitForTimeout(50);
    assert.equal(await this.field(label).inputValue(), value);
  }

  // Presses Tab until the element with this name has the focus.
  async tabTo(name, { backwards = false } = {}) {
    const focused = () => document.activeElement.getAttribute('aria-label') ?? document.activeElement.innerText ?? '';
    for (let pressed = 0; pressed < 80; pressed++) {
      await this.page.keyboard.press(backwards ? 'Shift+Tab' : 'Tab');
      const words = (await this.page.evaluate(focused)).trim().split('\n');
      if (words.at(-1) === name) return;
    }
    assert.fail(`no Tab leads to ${name}`);
  }

  // Types a date, YYYYMMDD, into a field with separate parts for year, month and day.
  async fillDate(label, digits) {
    const year = this.page.getByRole('spinbutton', { name: `year, ${label}` });
    await year.click();
    await year.pressSequentially(digits);
    await this.page.keyboard.press('Tab');
    await this.rests();
  }

  // Opens a selectbox, and chooses the option that begins with a text.
  async choose(label, text) {
    const field = this.field(label);
    await field.click();
    await field.pressSequentially(text);
    await this.page.getByRole('option').filter({ hasText: text }).first().click();
    await this.rests();
  }

  // Ticks a row of the first table by its position.
  async tick(row, { rowHeight = 38, headerHeight = 36 } = {}) {
    const table = this.page.getByTestId('stDataFrame').first();
    await table.scrollIntoViewIfNeeded();
    await table.click({ position: { x: 16, y: headerHeight + rowHeight * row + rowHeight / 2 } });
    await this.rests();
  }

  // Waits until no script runs. Right after a click, the state is still that of the previous run, so wait for the expected
// content as well.
  async rests() {
    await this.page.waitForTimeout(300);
    await this.page.waitForFunction(() => document.querySelector('[data-testid=stApp]')?.getAttribute('data-test-script-state') === 'notRunning');
  }

  async download(name) {
    const [found] = await Promise.all([this.page.waitForEvent('download'), this.press(name)]);
    return { name: found.suggestedFilename(), text: readFileSync(await found.path(), 'utf8') };
  }

  // Fails for findings of axe that are serious or critical.
  async accessible(where) {
    await this.rests();
    await this.page.evaluate(axe);
    const { violations } = await this.page.evaluate(() => globalThis.axe.run());
    const grave = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
    assert.deepEqual(grave.map(({ id, nodes }) => `${where}: ${id} ${nodes[0].html.slice(0, 200)}`), []);
  }

  // Fails if the page is wider than the window.
  async fits(where) {
    const wide = await this.page.evaluate(() => {
      const parts = [document.documentElement, document.querySelector('[data-testid=stMain]')];
      return Math.max(...parts.map(part => part.scrollWidth - part.clientWidth));
    });
    assert.ok(wide <= 0, `${where} is ${wide} px too wide`);
  }

  // Closes the window; fails if there were faults.
  async close() {
    await this.context.close();
    assert.deepEqual(this.faults, []);
  }
}
