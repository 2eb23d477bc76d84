// From an empty library to a loan: the actions of its first user, while somebody else watches.
import assert from 'node:assert/strict';

async function signIn(visitor, label, secret) {
  await visitor.fill(label, secret);
  await visitor.page.getByTestId('stMain').getByRole('button', { name: 'Sign in' }).click();
}

export default [
  {
    name: 'from nothing to a loan',
    site: { environment: { DESK_TOKEN: '' } },
    async run({ site, open }) {
      const onlooker = await open();
      await onlooker.goto('/books');
      await onlooker.heading('Books');
      await onlooker.sees('No books yet');
      await onlooker.sees('Live');

      const librarian = await open();
      await librarian.goto('/authors');
      await librarian.press('New author');
      await librarian.heading('New author');
      await librarian.fill('Name *', 'Stanisław Lem');
      await librarian.press('Create author');
      await librarian.heading('Sign in'); // and what was typed is still there afterwards
      await signIn(librarian, 'Token', 'secret token');
      await librarian.heading('New author');
      assert.deepEqual(await site.ask('GET', '/authors'), []);
      await librarian.holds('Name *', 'Stanisław Lem');
      await librarian.press('Create author');
      await librarian.heading('Stanisław Lem');

      await librarian.link('Books');
      await librarian.press('New book');
      await librarian.heading('New book');
      await librarian.fill('Title *', 'Solaris');
      await librarian.choose('Author *', 'Stanisław Lem');
      await librarian.page.locator('label').filter({ hasText: /^available$/ }).click();
      await librarian.press('Create book');
      await librarian.heading('Solaris');
      await onlooker.cell('Solaris', { within: 10_000 });

      await librarian.link('Members');
      await librarian.heading('Members');
      await librarian.press('New member');
      await librarian.fill('Name *', 'Ada');
      await librarian.fill('Email *', 'ada@example.org');
      await librarian.fill('PIN *', '1234');
      await librarian.press('Create member');
      await librarian.heading('Ada');
      await librarian.page.getByTestId('stMain').getByRole('button', { name: 'Sign in' }).click();
      await librarian.heading('Sign in'); // the loans want the key of a desk as well
      await signIn(librarian, 'API key', 'desk key');
      await librarian.heading('Ada');
      await librarian.button(/^(Add|New) member loan/).click();
      await librarian.choose('Book *', 'Solaris');
      await librarian.fillDate('Due *', '20270131');
      await librarian.press('Create member loan');
      await librarian.cell('2027-01-31');
      const [member] = await site.ask('GET', '/members');
      const [book] = await site.ask('GET', '/books');
      const loans = await site.ask('GET', `/members/${member.member_id}/loans`);
      assert.deepEqual(loans.map(({ book_id, due }) => ({ book_id, due })), [{ book_id: book.book_id, due: '2027-01-31' }]);
      assert.ok(!librarian.page.url().includes('secret'));
    },
  },
];
