#!/usr/bin/env node
// Makes the pictures in docs/img: make pictures. They show what firestone generates at that moment, and need Chromium.
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Site, python, root } from '../../testdata/python/ui/browser/site.mjs';
import { Visitor, hasChromium, openBrowser } from '../../testdata/python/ui/browser/visitor.mjs';

const folder = join(root, 'docs/img');

const DENSITY = 2; // pixels of a picture for each pixel of the page

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

// Runs Python and returns what it prints.
function run(...words) {
  const done = spawnSync(python, words, { encoding: 'utf8' });
  if (done.status !== 0) throw new Error(`${words.join(' ')}\n${done.stderr}`);
  return done.stdout;
}

const fileOf = name => join(folder, `${name}.png`);

if (!hasChromium()) process.exitCode = 1;
else {
  const browser = await openBrowser();
  try {
    await pictureViews(browser);
  } finally {
    await browser.close();
  }
  run(join(import.meta.dirname, 'shrink.py'), ...VIEWS.map(({ name }) => fileOf(name)));
}
