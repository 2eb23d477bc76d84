// What a program does with the client of the library: it is compiled with all clients, and run against firestone mock.
import { Client } from "./library/client.js";
import type { Channels } from "./library/events.js";
import { StatusError } from "./library/runtime/errors.js";
import { nextLink } from "./library/runtime/http.js";
import { place, queryParts } from "./library/runtime/parameters.js";
import * as schemas from "./library/schemas.js";
import type * as types from "./library/types.js";

function same(got: unknown, want: unknown): void {
  if (JSON.stringify(got) !== JSON.stringify(want)) throw new Error(`got ${JSON.stringify(got)}, want ${JSON.stringify(want)}`);
}

async function refused(call: Promise<unknown>): Promise<StatusError> {
  const got: unknown = await call.then(
    (value) => value,
    (error: unknown) => error,
  );
  if (!(got instanceof StatusError)) throw new Error(`got ${String(got)}, want a StatusError`);
  return got;
}

const AUTHOR: types.CreateAuthor = { name: "Ursula K. Le Guin", born: "1929-10-21" };

/** By name: each gets a client without credentials, and the credentials of a librarian. */
export const tests: { readonly [name: string]: (base: string, token: string) => Promise<void> } = {
  async "a record is created, read, changed, replaced and deleted"(base, token) {
    const client = new Client({ baseUrl: base, credentials: { librarian: token } });
    const author = await client.authors.createAuthor(AUTHOR);
    same(author.name, AUTHOR.name);
    let location: string | null = null;
    const created = await client.books.createBook(
      { title: "The Dispossessed", author_id: author.author_id ?? "", availability: "available", published: 1974 },
      { onResponse: (response) => void (location = response.headers.get("Location")) },
    );
    const book_id = created.book_id ?? "";
    same(new URL(location ?? "", base).pathname.endsWith(`/books/${book_id}`), true);
    const changed = await client.books.updateBook({ book_id }, { published: null, shelves: ["A/1", "B 2"] });
    same([changed.published ?? null, changed.shelves, changed.title], [null, ["A/1", "B 2"], "The Dispossessed"]);
    same(await client.books.replaceBookTitle({ book_id }, "Always Coming Home"), "Always Coming Home");
    same(await client.books.getBookTitle({ book_id }), "Always Coming Home");
    const replaced = await client.books.replaceBook({ book_id }, { title: "Tehanu", author_id: author.author_id ?? "", availability: "lent" });
    same(schemas.Book.parse(replaced).title, "Tehanu");
    same(await client.books.deleteBook({ book_id }), undefined);
    const gone = await refused(client.books.getBook({ book_id }));
    same([gone.status, gone.problem?.status, typeof gone.problem?.title], [404, 404, "string"]);
  },

  async "a list is read page by page"(base, token) {
    const client = new Client({ baseUrl: base, credentials: { librarian: token } });
    const { author_id = "" } = await client.authors.createAuthor(AUTHOR);
    const titles = ["page one", "page two", "page three", "page four", "page five"];
    for (const title of titles) await client.books.createBook({ title, author_id, availability: "available" });
    let page = await client.books.listBooks({ title: "page", limit: 2 });
    same([page.items.length, page.total, page.hasNext], [2, 5, true]);
    const second = await page.next();
    same(second?.items.length, 2);
    const all: string[] = [];
    for await (const book of page) all.push(book.title);
    same(all.sort(), titles.sort());
    page = await client.books.listBooks({ author_id, limit: 100, offset: 4 });
    same([page.items.length, page.hasNext, await page.next()], [1, false, undefined]);
  },

  async "a problem says what the server does not take"(base, token) {
    const librarian = new Client({ baseUrl: base, credentials: { librarian: () => Promise.resolve(token) } });
    const stranger = new Client({ baseUrl: base });
    same((await refused(stranger.authors.createAuthor(AUTHOR))).status, 401);
    const wrong = await refused(librarian.authors.createAuthor({ name: "" }));
    same([wrong.status, wrong.message.startsWith("422 "), Array.isArray(wrong.problem?.["errors"])], [422, true, true]);
    same((await refused(stranger.books.listBooks({ limit: 0 }))).status, 400);
  },

  async "a change that somebody else has outrun is refused"(base, token) {
    const client = new Client({ baseUrl: base, credentials: { librarian: token } });
    const { author_id = "" } = await client.authors.createAuthor(AUTHOR);
    let tag: string | null = null;
    const { book_id = "" } = await client.books.createBook({ title: "Rocannon's World", author_id, availability: "available" }, { onResponse: (response) => void (tag = response.headers.get("ETag")) });
    const ifMatch: string = tag ?? "";
    same((await client.books.updateBook({ book_id }, { language: "de" }, { ifMatch })).language, "de");
    same((await refused(client.books.updateBook({ book_id }, { language: "fr" }, { ifMatch }))).status, 412);
    same((await client.books.getBook({ book_id })).language, "de");
  },

  async "parameters are written in their styles"() {
    const list = ["a b", "c,d", "é"];
    same(queryParts("x", list, "form", true), ["x=a%20b", "x=c%2Cd", "x=%C3%A9"]);
    same(queryParts("x", list, "form", false), ["x=a%20b,c%2Cd,%C3%A9"]);
    same(queryParts("x", list, "pipeDelimited", false), ["x=a%20b%7Cc%2Cd%7C%C3%A9"]);
    same(queryParts("x", { a: 1, b: [true] }, "deepObject", true), ["x%5Ba%5D=1", "x%5Bb%5D=true"]);
    same(queryParts("x", { a: 1, b: "&" }, "form", true), ["a=1", "b=%26"]);
    const path = (style: string, explode: boolean, value: unknown): string =>
      place("/x/{id}/y", [{ key: "id", name: "id", in: "path", style, explode }], { id: value }).path;
    same(path("simple", false, "../a"), "/x/..%2Fa/y");
    same(path("simple", false, "$&"), "/x/%24%26/y");
    same(path("label", true, [1, 2]), "/x/.1.2/y");
    same(path("matrix", true, [1, 2]), "/x/;id=1;id=2/y");
    for (const value of ["", ".", "..", undefined]) {
      let thrown = "";
      try {
        path("simple", false, value);
      } catch (error) {
        thrown = String(error);
      }
      same(thrown.startsWith("TypeError: the parameter id"), true);
    }
    same(nextLink('<https://a/b,c?d>; rel="prev", </e?f=1;2>; title="a, b"; rel="last next"'), "/e?f=1;2");
    same([nextLink(null), nextLink("<a>; rel=prev")], [undefined, undefined]);
  },

  async "events have types"() {
    const address: Channels["book"]["address"] = "/books/{book_id}";
    const sent: Channels["books"]["sends"] = { title: "A", author_id: "b", availability: "reserved" };
    same([address, schemas.CreateBook.safeParse(sent).success], ["/books/{book_id}", true]);
  },
};
