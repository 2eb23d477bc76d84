// Changes by several people: shown as they arrive, and never lost.
import assert from 'node:assert/strict';
import { addBooks } from './addresses.mjs';

export default [
  {
    name: 'a change that somebody else made while a form was open',
    async run({ site, open }) {
      const [{ book_id: id }] = await addBooks(site, 'Solaris');
      const visitor = await open();
      await visitor.goto(`/books?view=edit&id=${id}`);
      await visitor.heading('Edit Solaris');
      await visitor.sees('Live');
      await visitor.fill('Title *', 'Solaris (mine)');
      await site.ask('PATCH', `/books/${id}`, { title: 'Solaris (theirs)', language: 'pl' });
      await visitor.press('Save');
      await visitor.sees('Somebody else has changed it in the meantime');
      await visitor.sees('Solaris (theirs)');
      assert.equal((await site.ask('GET', `/books/${id}`)).title, 'Solaris (theirs)');
      await visitor.accessible('two versions');
      await visitor.press('Save these');
      await visitor.heading('Solaris (mine)');
      const { title, language } = await site.ask('GET', `/books/${id}`);
      assert.deepEqual({ title, language }, { title: 'Solaris (mine)', language: 'pl' });
    },
  },
  {
    name: 'a record that is deleted, and brought back',
    async run({ site, open }) {
      await addBooks(site, 'Solaris', 'Eden');
      const visitor = await open();
      await visitor.goto('/books');
      await visitor.cell('Eden');
      const onlooker = await open();
      await onlooker.goto('/books');
      await onlooker.cell('Eden');
      await onlooker.sees('Live');
      await visitor.tick(1);
      await visitor.sees('1 selected');
      await visitor.press('Delete');
      const dialog = visitor.page.getByRole('dialog');
      await dialog.getByText('Eden').waitFor();
      await visitor.accessible('the question');
      await dialog.getByRole('button', { name: 'Delete', exact: true }).click();
      await visitor.cell('Eden', { isGone: true });
      assert.equal((await site.ask('GET', '/books')).length, 1);
      await onlooker.cell('Eden', { isGone: true, within: 10_000 });
      await visitor.press('Undo');
      await visitor.cell('Eden');
      await onlooker.cell('Eden', { within: 10_000 });
    },
  },
];
