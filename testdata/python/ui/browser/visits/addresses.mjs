// Addresses: opened first, and returned to.
import assert from 'node:assert/strict';

const BOOK = { title: 'Solaris', availability: 'available' };

// Adds an author and books by them, and returns the books as the server stored them.
export async function addBooks(site, ...titles) {
  const { author_id } = await site.ask('POST', '/authors', { name: 'Stanisław Lem' });
  const made = [];
  for (const title of titles) made.push(await site.ask('POST', '/books', { ...BOOK, title, author_id }));
  return made;
}

export default [
  {
    name: 'the first address that a fresh server gets',
    async run({ site, open }) {
      const [{ book_id: id }] = await addBooks(site, 'Solaris');
      for (const [path, heading] of [['/books', 'Books'], [`/books?view=edit&id=${id}`, 'Edit Solaris'], ['/', 'Library API']]) {
        await site.restart();
        const visitor = await open();
        await visitor.goto(path);
        await visitor.heading(heading);
        assert.equal(visitor.path() + new URL(visitor.page.url()).search, path);
        await visitor.close();
      }
    },
  },
  {
    name: 'Back and Forward, filters and bookmarks',
    async run({ site, open }) {
      const [{ book_id: id }] = await addBooks(site, 'Solaris', 'Eden', 'Fiasco');
      const visitor = await open();
      await visitor.goto('/books');
      await visitor.cell('Eden');
      await visitor.fill('Title', 'Sola');
      await visitor.at('/books', { title: 'Sola' });
      await visitor.cell('Eden', { isGone: true });
      await visitor.page.getByRole('heading', { name: 'Books', level: 1 }).waitFor();
      await visitor.link('Authors');
      await visitor.heading('Authors');
      await visitor.page.goBack();
      await visitor.heading('Books');
      await visitor.at('/books', { title: 'Sola' });
      await visitor.holds('Title', 'Sola');
      await visitor.page.goForward();
      await visitor.heading('Authors');

      const other = await open(); // what somebody sends to somebody else
      await other.goto('/books?title=Fia');
      await other.cell('Fiasco');
      assert.ok(!(await other.cells()).includes('Solaris'));
      await other.goto(`/books?view=show&id=${id}`);
      await other.heading('Solaris');
      await other.press('Edit');
      await other.heading('Edit Solaris');
      await other.page.goBack();
      await other.heading('Solaris');
    },
  },
];
