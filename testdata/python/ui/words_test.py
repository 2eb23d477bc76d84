"""Texts for people."""

from __future__ import annotations

import pytest
from applications import Application
from conftest import Visit
from record_test import BOOK


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("also_known_as", "Also known as"),
        ("book_id", "Book ID"),
        ("isbn", "ISBN"),
        ("baseUrl", "Base URL"),
        ("HTTPServer", "HTTP server"),
        ("address.zip-code", "Address zip code"),
        ("ipv4_urls", "IPv4 URLs"),
        ("größe", "Größe"),
        ("v2", "V2"),
        ("", "(no name)"),
        ("\u202e\n", "(no name)"),
    ],
)
def test_titles(library: Application, name: str, wanted: str) -> None:
    assert library.module("ui.kit.words").title(name) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("**x** _y_ `z`", r"\*\*x\*\* \_y\_ \`z\`"),
        (":red[x] :material/home:", "\\:red\\[x\\] :\u2060material/home\\:"),
        ("$a$ <b> {c} a|b", r"\$a\$ \<b\> \{c\} a\|b"),
        ("# a", r"\# a"),
        ("1. a", r"1\. a"),
        ("12:30 1.5 a-b", "12\\:30 1.5 a-b"),
        ("https://x.example", "h\u2060ttps\\://x.example"),
        ("www.x.example", "w\u2060ww.x.example"),
        ("a@x.example", "a\u2060@x.example"),
        ("a\ud800b", "a\ufffdb"),
        ("a\x1b[31m\u202eb", "a \\[31m b"),
    ],
)
def test_markdown_leaves_texts_alone(library: Application, text: str, wanted: str) -> None:
    assert library.module("ui.kit.words").plain(text) == wanted


def test_a_broken_text_is_shown_as_far_as_it_goes(visit: Visit, library: Application) -> None:
    app = visit(library)
    body = f'{{"book_id":"{BOOK}","title":"a\\ud800b","shelves":["\\udfff"],"isbn":"x\\n\\ud800"}}'
    app.api.answer_text(200, body, times=9, matches=("GET", f"/books/{BOOK}"))
    app.open("books", view="show", id=BOOK)
    assert app.heading == "a\ufffdb"
    app.open("books", view="edit", id=BOOK)
    assert app.heading == "Edit a\ufffdb"


@pytest.mark.parametrize(
    ("name", "text", "wanted"),
    [
        ("Title", "is required", "Title is required"),
        ("Year", "3 is below 5", "Year: 3 is below 5"),
        ("Name", "isolated", "Name: isolated"),
        ("Lines, row 2", "Already taken", "Lines, row 2: Already taken"),
    ],
)
def test_what_is_said_of_a_field_is_a_sentence(
    library: Application, name: str, text: str, wanted: str
) -> None:
    assert library.module("ui.kit.words").about(name, text) == wanted
