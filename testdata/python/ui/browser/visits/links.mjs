// Links from one view of a resource to another: the address changes, and the next action applies to the displayed view.
import assert from 'node:assert/strict';

const inPage = visitor => visitor.page.getByTestId('stMain').getByRole('link').first();

export default [
  {
    name: 'links back, from a form and from a record',
    site: { flags: ['--seed', '3'] },
    async run({ site, open }) {
      const [{ book_id: id, title }] = await site.ask('GET', '/books?limit=1');
      const visitor = await open();
      await visitor.goto('/books');
      await visitor.heading('Books');
      await visitor.press('New book');
      await visitor.heading('New book');
      await inPage(visitor).click();
      await visitor.heading('Books');
      await visitor.page.waitForURL(url => url.search === '');
      await visitor.tick(0); // the run of a widget takes the address from the browser
      await visitor.sees('1 selected');
      await visitor.close();

      const another = await open();
      await another.goto(`/books?view=edit&id=${id}`);
      await another.heading(`Edit ${title}`);
      await inPage(another).click();
      await another.heading(title);
      await another.at('/books', { view: 'show', id });
      await inPage(another).click();
      await another.heading('Books');
      await another.page.waitForURL(url => url.search === '');
      await another.page.goBack();
      await another.heading(title);
      await another.page.goBack();
      await another.heading(`Edit ${title}`);
      await another.page.goForward();
      await another.heading(title);
      assert.equal(another.query().view, 'show');
      await another.close();
    },
  },
];
