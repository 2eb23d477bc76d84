// Every view for every user: with a screen reader, in light and dark mode, on a phone, with only a keyboard.
import assert from 'node:assert/strict';

// The views of the library: each address with its heading.
async function views(site) {
  const [{ book_id: book }] = await site.ask('GET', '/books?limit=1');
  const [{ author_id: author, name }] = await site.ask('GET', '/authors?limit=1');
  const { title } = await site.ask('GET', `/books/${book}`);
  return [
    ['/', 'Library API'],
    ['/books', 'Books'],
    ['/books?title=nothing%20at%20all', 'Books'],
    ['/books?tab=chart', 'Books'],
    ['/books?tab=board', 'Books'],
    [`/books?view=show&id=${book}`, title],
    [`/books?view=edit&id=${book}`, `Edit ${title}`],
    ['/books?view=new', 'New book'],
    ['/books?view=import', 'Import books'],
    [`/authors?view=show&id=${author}`, name],
    ['/members?view=new', 'New member'],
    ['/member_loans', 'Member loans'],
    ['/books?view=show&id=6b7f0a9e-3c0b-4ed5-9d1c-0f6a1c2f5a11', undefined],
  ];
}

const look = (name, options) => ({
  name,
  site: { flags: ['--seed', '3'] },
  async run({ site, open }) {
    const visitor = await open(options);
    for (const [path, heading] of await views(site)) {
      await visitor.goto(path);
      if (heading) await visitor.heading(heading);
      else await visitor.sees('is gone');
      await visitor.accessible(path);
      await visitor.fits(path);
    }
  },
});

export default [
  look('every view in light colours', {}),
  look('every view in dark colours', { dark: true }),
  look('every view on a phone', { width: 390, height: 844 }),
  {
    name: 'signing in, and all of a form, by keyboard alone',
    site: { environment: { DESK_TOKEN: '' } },
    async run({ site, open }) {
      const visitor = await open();
      await visitor.goto('/authors?view=new');
      await visitor.heading('New author');
      await visitor.rests();
      const keys = visitor.page.keyboard;
      await visitor.tabTo('Name *');
      await keys.type('Stanisław Lem');
      await visitor.tabTo('Create author');
      await keys.press('Enter');
      await visitor.heading('Sign in');
      await visitor.accessible('signing in');
      await visitor.tabTo('Token');
      await keys.type('secret token');
      await visitor.tabTo('Sign in');
      await keys.press('Enter');
      await visitor.heading('New author');
      await visitor.rests();
      await visitor.tabTo('Create author');
      await keys.press('Enter');
      await visitor.heading('Stanisław Lem');
      await visitor.tabTo('Edit');
      await keys.press('Enter');
      await visitor.heading('Edit Stanisław Lem');
      await visitor.rests();
      await visitor.tabTo('Name *');
      await keys.press('End');
      await keys.type(' (1921)');
      await visitor.tabTo('Save');
      await keys.press('Enter');
      await visitor.heading('Stanisław Lem (1921)');
      assert.equal((await site.ask('GET', '/authors'))[0].name, 'Stanisław Lem (1921)');

      await site.ask('POST', '/members', { name: 'Ada', email: 'ada@example.org', pin: '1234' });
      await visitor.link('Members');
      await visitor.press('New member');
      await visitor.heading('New member');
      await visitor.rests();
      await visitor.tabTo('PIN *');
      await keys.type('4711'); // Tab leads to the button that shows it, inside of the same field
      await visitor.tabTo('Name *', { backwards: true });
      await keys.type('Grace');
      await visitor.tabTo('Email *');
      await keys.type('grace@example.org');
      await keys.press('Tab'); // sends the address
      await visitor.rests();
      await visitor.tabTo('Create member');
      await keys.press('Enter');
      await visitor.seesNot('PIN: is required');
      await visitor.page.waitForURL(/view=show/);
      assert.equal((await site.ask('GET', '/members')).length, 2);
    },
  },
];
