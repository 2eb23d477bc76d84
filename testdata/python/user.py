"""Code that uses the client of the library. Type checkers must report the lines that end in "error", and no others."""

from typing import assert_type

from library import Client, NotFoundError, forms
from library._core import Event, Pages

api = Client("http://localhost:8080", auth={"librarian": "token"})

book = api.books.get("6b7f0a9e-3c0b-4ed5-9d1c-0f6a1c2f5a11")
assert_type(book, forms.Book)
assert_type(book["title"], str)
assert_type(book.get("published"), int | None)
assert_type(api.books.list(language="en"), Pages[forms.Book])
for one in api.books.list(title="darkness", limit=5):
    assert_type(one, forms.Book)
for page in api.books.list().pages():
    assert_type(page, list[forms.Book])
for event in api.books.watch(language="en"):
    assert_type(event, Event[list[forms.Book]])
    break

created = api.books.create({"title": "Solaris", "author_id": "a", "availability": "lent"})
api.books.update("b", {"published": None}, if_match='"1"')
api.books.publish(created)
loan = api.member_loans.create(4711, {"book_id": "b", "due": "2026-12-24"})
assert_type(loan["renewals"], int)
api.books.delete("b")

try:
    api.authors.get("a")
except NotFoundError as problem:
    assert_type(problem.status, int)
    assert_type(problem.errors[0].pointer, str | None)


api.books.list(langauge="en")  # error
api.books.list(limit="5")  # error
api.books.get(5)  # error
api.books.get()  # error
api.books.create({"title": "Solaris", "author_id": "a"})  # error
api.books.create({"title": "Solaris", "author_id": "a", "availability": "gone"})  # error
api.books.update("b", {"title": None})  # error
api.books.update("b", {"titel": "Solaris"})  # error
api.member_loans.get(4711)  # error
api.member_loans.create("4711", {"book_id": "b", "due": "2026-12-24"})  # error
api.boks.list()  # error
book["titel"]  # error
book["published"] + 1  # error
for wrong in api.books.watch():
    wrong.data["title"]  # error
