"""Signing in: what is requested, where it is sent, and that nothing is lost or leaks."""

from __future__ import annotations

from typing import Any

import pytest
from applications import Application, application, definition
from conftest import Visit
from record_test import BOOK, LIBRARY
from visitor import App

SECRET = "t0ken-that-nobody-should-see"  # noqa: S105 - of this test
TOGETHER = """
kind: vault
security:
  scheme:
    desk: {type: apiKey, in: header, name: X-Desk}
    person: {type: http, scheme: basic, description: "Your *own* password"}
    program:
      type: oauth2
      flows: {clientCredentials: {tokenUrl: "http://127.0.0.1:9/token", scopes: {}}}
  resource: {get: [{desk: [], person: []}, {program: []}]}
schema: {key: {name: vault_id}, items: {type: object, properties: {name: {type: string}}}}
"""


@pytest.fixture(scope="module")
def vaults() -> Application:
    return definition("login_vaults", TOGETHER)


def stranger(visit: Visit, of: Application, **given: Any) -> App:
    return visit(of, is_signed_in=False, **given)


def send(app: App, **texts: str) -> App:
    """Fill in the form, which does not run the script until it is submitted."""
    for label, text in texts.items():
        app.field(label).set_value(text)
    return app.press("login:submit")


def signed_in(app: App, token: str = SECRET) -> App:
    return send(app, Token=token)


class TestSaving:
    """Case 21: the token expired while somebody was typing."""

    @pytest.mark.parametrize("view", ["edit", "new"])
    def test_what_was_typed_is_sent_once_afterwards(
        self, library: Application, visit: Visit, view: str
    ) -> None:
        app = visit(library, load=LIBRARY)
        address = {"view": "edit", "id": BOOK} if view == "edit" else {"view": "new"}
        module = "books" if view == "edit" else "authors"
        label = "Title" if view == "edit" else "Name"
        app.open(module, address)
        app.fill(label, "Typed meanwhile")
        method = "PATCH" if view == "edit" else "POST"
        app.api.answer(401, {"title": "The token has expired"}, matches=(method, ".*"))
        app.press(f"{module}:{view}:save")
        assert app.heading == "Sign in"
        assert "The token has expired" in app.text
        assert (app.module, app.query) == (module, address)
        (refused,) = app.api.writes()
        reads = len(app.api.requests("GET"))
        signed_in(app)
        assert (app.module, app.query) == (module, address)
        assert app.field(label).value == "Typed meanwhile"
        assert app.api.writes() == [refused]
        assert len(app.api.requests("GET", f"/{module}/.*")) <= reads
        app.press(f"{module}:{view}:save")
        _, sent = app.api.writes()
        assert sent.compact == refused.compact
        assert sent.header("if-match") == refused.header("if-match")
        assert (view == "new") == (sent.header("if-match") is None)
        assert sent.header("authorization") == f"Bearer {SECRET}"

    def test_403_is_no_matter_of_signing_in(self, library: Application, visit: Visit) -> None:
        app = visit(library, load=LIBRARY).open("books", view="edit", id=BOOK)
        app.fill("Title", "Typed meanwhile")
        app.api.answer(403, {"title": "Librarians only"}, matches=("PATCH", ".*"))
        app.press("books:edit:save")
        assert app.field("Title").value == "Typed meanwhile"
        assert "Librarians only" in app.text
        assert app.heading != "Sign in"


class TestSignIn:
    def test_a_page_that_needs_it_asks_for_it(self, library: Application, visit: Visit) -> None:
        app = stranger(visit, library, load={"members": [{"name": "Grace", "email": "g@x.org"}]})
        app.open("members")
        assert app.heading == "Sign in"
        assert "Grace" not in app.text
        signed_in(app)
        assert app.heading == "Members"
        assert "Grace" in app.text

    def test_a_part_that_needs_more_leaves_the_rest(
        self, library: Application, visit: Visit
    ) -> None:
        app = stranger(visit, library, load={"members": [{"name": "Grace", "email": "g@x.org"}]})
        signed_in(app.open("members")).open("members", view="show", id="1")
        assert app.heading == "Grace"
        assert "g@x.org" in app.text
        assert "Sign in to see the member loans." in app.text
        app.press("members:show:member_loans::add")
        assert app.field("Due")
        app.press("members:show:member_loans::login")
        assert app.heading == "Sign in"
        send(app, **{"API key": "d3sk"})
        assert app.heading == "Grace"
        assert "No member loans yet." in app.text

    def test_it_shows_up_nowhere(self, library: Application, visit: Visit) -> None:
        app = signed_in(stranger(visit, library, load=LIBRARY).open("members"))
        for place in ({}, {"view": "new"}):
            app.open("members", place)
            assert SECRET.encode() not in app.raw()
            assert SECRET not in str(app.query)
        kept = [key for key in app.at.session_state if SECRET in str(app.at.session_state[key])]
        assert kept == [] or kept == ["firestone.session"]

    @pytest.mark.parametrize("token", ["two\nlines", "naïve\u2026", "", "tab\tbed"])
    def test_what_no_request_can_carry_is_refused_in_words(
        self, library: Application, visit: Visit, token: str
    ) -> None:
        app = stranger(visit, library).open("members")
        asked = len(app.api.requests())
        signed_in(app, token)
        assert app.heading == "Sign in"
        (said,) = app.errors()
        assert said.startswith("Token: ")
        assert len(app.api.requests()) == asked

    def test_what_is_pasted_with_blanks_is_taken_without_them(
        self, library: Application, visit: Visit
    ) -> None:
        app = signed_in(stranger(visit, library).open("members"), f"\ufeff {SECRET}\u00a0\r\n")
        assert app.heading == "Members"
        assert app.api.requests("GET", "/members")[-1].header("authorization") == f"Bearer {SECRET}"

    def test_the_button_in_the_sidebar_comes_back_to_the_same_place(
        self, library: Application, visit: Visit
    ) -> None:
        app = stranger(visit, library, load=LIBRARY).open("books", view="show", id=BOOK)
        app.press("Sign in")
        assert app.heading == "Sign in"
        signed_in(app)
        assert app.query == {"view": "show", "id": BOOK}
        assert app.heading == LIBRARY["books"][0]["title"]
        assert "Signed in with your own key" in app.text

    def test_going_elsewhere_ends_it(self, library: Application, visit: Visit) -> None:
        app = stranger(visit, library, load=LIBRARY).open("members")
        assert app.heading == "Sign in"
        assert app.open("books").heading == "Books"
        assert app.press("Sign in").heading == "Sign in"
        assert app.press("login:back").heading == "Books"

    def test_signing_out_forgets_what_was_read_and_typed(
        self, library: Application, visit: Visit
    ) -> None:
        app = signed_in(stranger(visit, library).open("members"))
        app.open("members", view="new").fill("Name", "Typed meanwhile")
        app.press("Sign out")
        assert "Typed meanwhile" not in app.text
        app.open("members")
        assert app.heading == "Sign in"
        assert app.api.requests("GET", "/members")[-1].header("authorization") is None

    def test_an_api_without_schemes_asks_nobody(self, visit: Visit) -> None:
        plain = "kind: task\nschema: {key: {name: task_id}, items: {type: object, properties: {title: {type: string}}}}\n"
        app = stranger(visit, definition("login_plain", plain)).open("tasks")
        assert not [each for each in app.buttons() if "Sign" in each]


class TestSchemes:
    def test_two_that_go_together(self, vaults: Application, visit: Visit) -> None:
        app = stranger(visit, vaults).open("vaults")
        assert app.heading == "Sign in"
        assert "Your *own* password" in app.text
        typed = {"Desk: API key": "k1", "Person: User name": "Ada"}
        send(app, **typed, **{"Person: Password": "päss:word "})
        sent = app.api.requests("GET", "/vaults")[-1]
        assert sent.header("x-desk") == "k1"
        assert sent.header("authorization") == "Basic QWRhOnDDpHNzOndvcmQg"
        assert app.heading == "Vaults"
        assert "Signed in as Ada" in app.text

    def test_a_program(self, vaults: Application, visit: Visit) -> None:
        app = stranger(visit, vaults).open("vaults")
        app.fill("With", 1).fill("Program", "Client ID and secret")
        send(app, **{"Client ID": "robot", "Client secret": SECRET})
        assert "Signed in as robot" in app.text
        assert "cannot be reached" in app.text  # its token URL
        assert SECRET.encode() not in app.raw()

    def test_every_way_of_a_definition(self, visit: Visit) -> None:
        app = stranger(visit, application("security")).open("invoices")
        assert [str(each) for each in app.field("With").options] == [
            "Token",
            "Password",
            "Query key",
        ]
        send(app.fill("With", 2), **{"API key": "a&b=c"})
        assert ("key", "a&b=c") in app.api.requests("GET", "/invoices")[-1].query


class TestEnvironment:
    def test_variables_are_those_of_the_command_line(
        self, library: Application, visit: Visit, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("CASE_LIBRARY_TOKEN", SECRET)
        app = stranger(visit, library).open("members")
        assert app.heading == "Members"
        assert "Signed in by this server" in app.text
        assert SECRET.encode() not in app.raw()
        app.press("Sign in")
        signed_in(app, "mine")
        asked = app.api.requests("GET", "/members")
        assert [each.header("authorization") for each in (asked[0], asked[-1])] == [
            f"Bearer {SECRET}",
            "Bearer mine",
        ]
        app.press("Sign out").open("members")
        assert app.api.requests("GET", "/members")[-1].header("authorization") == f"Bearer {SECRET}"

    def test_a_wrong_one_is_named_without_what_it_says(
        self, library: Application, visit: Visit, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("CASE_LIBRARY_TOKEN", "two\nlines")
        app = stranger(visit, library).open("authors")
        assert "CASE_LIBRARY_TOKEN: character 4, U+000A, cannot be sent in a header" in app.text
        assert not app.api.requests()
