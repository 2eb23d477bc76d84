#!/usr/bin/env node
// Makes the pictures in docs/img: make pictures. They show what firestone generates at that moment.
//
//   node pictures.mjs            makes all of them; needs Chromium
//   node pictures.mjs --check    fails if outputs.png shows lines that the outputs no longer have; needs no browser
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Site, python, root } from '../../testdata/python/ui/browser/site.mjs';
import { Visitor, hasChromium, openBrowser } from '../../testdata/python/ui/browser/visitor.mjs';
import { FIELD, definition, excerpts, written } from './excerpts.mjs';
import { connect, cutOff, page } from './outputs.mjs';

const folder = join(root, 'docs/img');
const record = join(import.meta.dirname, 'outputs.txt'); // what outputs.png shows, as text

const DENSITY = 2; // pixels of a picture for each pixel of the page
const FORM_WIDTH = 306; // the inside of a panel
const FORM_SCALE = 1.1; // makes the text of the form as large as that of the other panels

// Views of the library. path gets the book whose form is shown.
const VIEWS = [
  { name: 'list', path: () => '/books', heading: 'Books', height: 860 },
  { name: 'dark', path: () => '/books', heading: 'Books', height: 860, dark: true },
  { name: 'board', path: () => '/books?tab=board', heading: 'Books', height: 860 },
  { name: 'record', path: ({ author_id }) => `/authors?view=show&id=${author_id}`, heading: 'Ursula K. Le Guin', height: 600 },
  { name: 'form', path: ({ book_id }) => `/books?view=edit&id=${book_id}`, heading: 'Edit The Dispossessed', height: 760 },
];

// Runs a function with a site that is closed afterwards.
async function withSite(settings, run) {
  const site = await Site.open(settings);
  try {
    return await run(site);
  } finally {
    await site.close();
  }
}

// The definition of outputs.png. The name is the one by which the command line is shown.
const small = { definitions: [definition], name: 'library' };

async function check() {
  const shown = await withSite({ ...small, ui: false }, excerpts);
  assert.equal(written(shown), readFileSync(record, 'utf8'), 'docs/img/outputs.png is out of date: run make pictures');
}

// Opens a view and waits for it.
async function open(browser, site, path, heading, options) {
  const visitor = await Visitor.open(browser, site, { density: DENSITY, ...options });
  await visitor.goto(path);
  await visitor.heading(heading);
  await visitor.rests();
  return visitor;
}

// Returns a picture of a page once nothing on it waits for the server, and two in a row are the same: nothing says when the
// canvas of a table is drawn.
async function pictureOf(page, clip) {
  for (let last, tries = 0; tries < 20; tries++) {
    await page.waitForFunction(() => document.querySelector('[data-testid=stSkeleton], [data-stale=true]') === null);
    const image = await page.screenshot({ clip, animations: 'disabled' });
    if (last?.equals(image)) return image;
    last = image;
    await page.waitForTimeout(500);
  }
  throw new Error(`${page.url()} does not come to rest`);
}

async function pictureViews(browser) {
  await withSite({ load: JSON.parse(readFileSync(join(import.meta.dirname, 'library.json'), 'utf8')) }, async site => {
    const [book] = await site.ask('GET', '/books?title=The%20Dispossessed');
    for (const { name, path, heading, height, dark = false } of VIEWS) {
      const visitor = await open(browser, site, path(book), heading, { height, dark });
      await visitor.sees('Live');
      writeFileSync(fileOf(name), await pictureOf(visitor.page));
      await visitor.close();
    }
  });
}

async function pictureOutputs(browser) {
  await withSite(small, async site => {
    const shown = excerpts(site);
    for (const [name, dark] of [['outputs', false], ['outputs-dark', true]]) {
      const form = await pictureForm(browser, site, dark);
      const sheet = await browser.newPage({ viewport: { width: 1000, height: 600 }, deviceScaleFactor: DENSITY, colorScheme: dark ? 'dark' : 'light' });
      await sheet.setContent(page(shown, form, fonts()));
      await sheet.evaluate(() => document.fonts.ready);
      await sheet.evaluate(connect);
      assert.deepEqual(await sheet.evaluate(cutOff), [], 'a panel is too narrow');
      await sheet.locator('body').screenshot({ path: fileOf(name) });
      await sheet.close();
    }
    writeFileSync(record, written(shown));
  });
}

// Returns a picture of a record's form, down to the field, and where in it the field is.
async function pictureForm(browser, site, dark) {
  const width = Math.round(FORM_WIDTH / FORM_SCALE);
  const [{ book_id, title: heading }] = await site.ask('GET', '/books'); // which the command line has created
  const visitor = await open(browser, site, `/books?view=edit&id=${book_id}`, `Edit ${heading}`, { width, dark, density: DENSITY * FORM_SCALE });
  const title = await visitor.page.getByTestId('stTextInput').boundingBox();
  const field = await visitor.page.getByTestId('stRadio').filter({ hasText: new RegExp(FIELD, 'i') }).boundingBox();
  const [top, bottom] = [title.y - 8, field.y + field.height + 12];
  const image = await pictureOf(visitor.page, { x: 0, y: top, width, height: bottom - top });
  await visitor.close();
  const part = y => (y - top) / (bottom - top);
  return { url: dataOf(image, 'image/png'), top: part(field.y - 6), bottom: part(field.y + field.height + 4) };
}

// Returns the fonts of Streamlit, so that text looks the same in all panels and on all machines.
function fonts() {
  const media = join(run('-c', 'import importlib.util as util; print(util.find_spec("streamlit").origin)').trim(), '../static/static/media');
  const font = start => dataOf(readFileSync(join(media, readdirSync(media).find(file => file.startsWith(start)))), 'font/woff2');
  return { 'Source Sans': font('SourceSansVF-Upright'), 'Source Code': font('SourceCodeVF-Upright') };
}

// Runs Python and returns what it prints.
function run(...words) {
  const done = spawnSync(python, words, { encoding: 'utf8' });
  if (done.status !== 0) throw new Error(`${words.join(' ')}\n${done.stderr}`);
  return done.stdout;
}

const fileOf = name => join(folder, `${name}.png`);

const dataOf = (bytes, type) => `data:${type};base64,${bytes.toString('base64')}`;

if (process.argv.includes('--check')) await check();
else if (!hasChromium()) process.exitCode = 1;
else {
  const browser = await openBrowser();
  try {
    await pictureOutputs(browser);
    await pictureViews(browser);
  } finally {
    await browser.close();
  }
  run(join(import.meta.dirname, 'shrink.py'), ...['outputs', 'outputs-dark', ...VIEWS.map(({ name }) => name)].map(fileOf));
}
