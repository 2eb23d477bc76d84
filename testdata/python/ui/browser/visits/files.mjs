// Export and import of records.
import assert from 'node:assert/strict';
import { addBooks } from './addresses.mjs';

export default [
  {
    name: 'books that are exported and imported',
    async run({ site, open }) {
      const [{ author_id }] = await addBooks(site, 'Solaris', '=1+1');
      const visitor = await open();
      await visitor.goto('/books');
      await visitor.cell('Solaris');
      await visitor.press('Export');
      const csv = await visitor.download(/CSV/);
      assert.match(csv.name, /^books.*\.csv$/);
      assert.match(csv.text, /Solaris/);
      assert.match(csv.text, /'=1\+1/); // which a spreadsheet would run
      await visitor.page.keyboard.press('Escape');
      await visitor.press('Import');
      await visitor.heading('Import books');
      const file = { name: 'books.csv', mimeType: 'text/csv', buffer: Buffer.from(`title;author_id;availability\nEden;${author_id};available\nFiasco;${author_id};nowhere\n`) };
      await visitor.page.locator('input[type=file]').setInputFiles(file);
      await visitor.press(/^Create 1/);
      await visitor.sees('Created 1');
      const titles = (await site.ask('GET', '/books')).map(({ title }) => title);
      assert.deepEqual(titles.sort(), ['=1+1', 'Eden', 'Solaris']);
    },
  },
];
