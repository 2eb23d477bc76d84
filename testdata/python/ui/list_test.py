"""The list: its pages, filters and columns, the selection, and concurrent changes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from applications import Application, definition
from conftest import Serve, Visit
from visitor import App

TASKS = """
kind: task
default_query_params:
  - {name: limit, schema: {type: integer, minimum: 1, maximum: 100, default: 20}}
  - {name: offset, schema: {type: integer, minimum: 0, default: 0}}
schema:
  key: {name: task_id, schema: {type: integer, minimum: 1}}
  query_params:
    - {name: done, schema: {type: boolean}}
  items:
    type: object
    properties:
      title: {type: string}
      done: {type: boolean}
    required: [title]
"""


@pytest.fixture(scope="module")
def tasks() -> Application:
    return definition("list_tasks", TASKS)


def many(count: int) -> dict[str, Any]:
    """Return tasks, of which only the last is done."""
    return {
        "tasks": [
            {"task_id": number, "title": f"Task {number}", "done": number == count}
            for number in range(1, count + 1)
        ]
    }


def cells(app: App, column: int = 0) -> list[Any]:
    """Return the cells of a column of the table; the labels of the records are the first column."""
    return list(app.at.dataframe[0].value.iloc[:, column])


def frame(app: App) -> str:
    return app.at.dataframe[0].value.to_csv()


def confirm(app: App) -> App:
    return app.press("tasks:delete:yes")


class TestLastRecordOfTheLastPage:
    def test_one_page_back_when_it_is_deleted(self, tasks: Application, visit: Visit) -> None:
        app = visit(tasks, load=many(21)).open("tasks", page="2")
        assert cells(app) == ["Task 21"]
        confirm(app.tick(0).press("Delete"))
        assert len(cells(app)) == 20
        assert "page" not in app.query
        assert "20 tasks" in app.text
        assert "No tasks yet" not in app.text

    def test_nothing_matches_when_a_filter_is_set(self, tasks: Application, visit: Visit) -> None:
        app = visit(tasks, load=many(21)).open("tasks", done="true")
        assert cells(app) == ["Task 21"]
        confirm(app.tick(0).press("Delete"))
        assert "No tasks match" in app.text
        assert app.query == {"done": ["true"]} or app.query == {"done": "true"}
        app.press("Clear filters")
        assert len(cells(app)) == 20
        assert app.query == {}

    @pytest.mark.parametrize("page", ["9", "3", "999999999"])
    def test_a_page_beyond_the_end(self, tasks: Application, visit: Visit, page: str) -> None:
        app = visit(tasks, load=many(21)).open("tasks", page=page)
        assert cells(app) == ["Task 21"]
        assert app.query["page"] in ("2", ["2"])
        assert app.at.session_state["tasks:list:page:2:2"] == 2

    @pytest.mark.parametrize("page", ["0", "-1", "x", "1.5", "²", "1e3", ""])
    def test_a_page_that_is_none(self, tasks: Application, visit: Visit, page: str) -> None:
        app = visit(tasks, load=many(21)).open("tasks", page=page)
        assert cells(app)[0] == "Task 1"

    def test_deleted_by_somebody_else(self, tasks: Application, visit: Visit) -> None:
        app = visit(tasks, load=many(21)).open("tasks", page="2")
        app.api.outside("DELETE", "/tasks/21")
        app.run()
        assert len(cells(app)) == 20
        assert "page" not in app.query
        assert "Page 2 no longer exists" in app.text

    def test_none_at_all(self, tasks: Application, visit: Visit) -> None:
        app = visit(tasks).open("tasks")
        assert "No tasks yet" in app.text
        app.press("tasks:list:first")
        assert app.query["view"] in ("new", ["new"])

    def test_without_a_total(self, tasks: Application, visit: Visit) -> None:
        app = visit(tasks, load=many(41))
        app.api.hidden = {"x-total-count", "link"}
        app.open("tasks", page="9")
        assert cells(app) == ["Task 41"]
        assert app.query["page"] in ("3", ["3"])
        app.press("Previous")
        assert cells(app)[0] == "Task 21"
        app.press("Previous")
        assert cells(app)[0] == "Task 1"
        assert app.button("Previous").disabled
        app.press("Next").press("Next")
        assert cells(app) == ["Task 41"]
        assert app.button("Next").disabled


class TestTicked:
    BOOKS = {
        "books": [
            {
                "book_id": f"00000000-0000-4000-8000-00000000000{number}",
                "title": title,
                "author_id": "11111111-1111-4111-8111-111111111111",
                "availability": "available",
            }
            for number, title in enumerate(["Alpha", "Beta", "Gamma"], 1)
        ]
    }

    def test_then_filtered_away(self, library: Application, visit: Visit) -> None:
        app = visit(library, load=self.BOOKS).open("books")
        app.tick(0, 1)
        app.fill("Title", "Bet")
        assert cells(app) == ["Beta"]
        assert "**2 selected**, 1 not shown" in [each.value for each in app.at.markdown]
        app.press("Delete")
        assert {"• Alpha", "• Beta"} <= set(app.texts())
        app.press("books:delete:yes")
        gone = [each.path[-1] for each in app.api.writes()]
        assert sorted(gone) == ["1", "2"]
        assert "Gamma" in app.api.stored("/books")
        app.press("Clear filters")
        assert cells(app) == ["Gamma"]
        assert not app.has("books:list:ticked:delete")

    def test_renamed_by_somebody_else(self, library: Application, visit: Visit) -> None:
        app = visit(library, load=self.BOOKS).open("books", title="Gam")
        app.tick(0)
        gamma = self.BOOKS["books"][2]
        path = f"/books/{gamma['book_id']}"
        app.api.outside("PATCH", path, {"title": "Zeta"})
        app.run()
        assert "No books match" in app.text
        assert "**1 selected**, 1 not shown" in [each.value for each in app.at.markdown]
        app.press("Delete")
        assert "• Zeta" in app.texts()
        assert "• Gamma" not in app.texts()
        app.press("books:delete:no")
        assert app.api.writes() == []

    def test_a_tick_stays_with_its_record(self, tasks: Application, visit: Visit) -> None:
        """The table stores positions; a record that appears or disappears must not move a tick to another one."""
        app = visit(tasks, load=many(5)).open("tasks")
        app.tick(2)
        app.api.outside("DELETE", "/tasks/1")
        app.run()
        app.press("Delete")
        assert "• Task 3" in app.texts()
        assert "• Task 4" not in app.texts()

    def test_on_several_pages(self, tasks: Application, visit: Visit) -> None:
        app = visit(tasks, load=many(21)).open("tasks")
        app.tick(0)
        app.open("tasks", page="2")
        app.tick(0)
        assert "**2 selected**, 1 not shown" in [each.value for each in app.at.markdown]
        app.press("Clear selection")
        assert not app.has("tasks:list:ticked:delete")
        app.open("tasks")
        assert not app.has("tasks:list:ticked:delete")


@pytest.mark.parametrize(
    ("name", "said", "offered", "size"),
    [
        ("any", "", [20, 50, 100], 20),
        ("some", "minimum: 1, maximum: 75, default: 30", [20, 30, 50, 75], 30),
        ("many", "maximum: 1000, default: 200", [20, 50, 100], 20),
        ("hundred", "maximum: 100", [20, 50, 100], 20),
        ("few", "maximum: 10", [10], 10),
        ("listed", "enum: [5, 500]", [5, 500], 500),
        ("more", "minimum: 300", [300], 300),
    ],
)
def test_sizes_of_a_page(name: str, said: str, offered: list[int], size: int) -> None:
    """They are ours as far as the API takes them, and those that it names, unless a page would be too long."""
    schema = f"{{type: integer, {said}}}"
    text = TASKS.replace("{type: integer, minimum: 1, maximum: 100, default: 20}", schema)
    pages = definition(f"sizes_{name}", text)
    paging, page = pages.module("ui.kit.paging"), pages.module("ui.kit").page_of("tasks")
    assert (paging.sizes(page), paging.default_size(page)) == (offered, size)


class TestOpening:
    def test_a_click_opens_the_record_that_was_seen(self, tasks: Application, visit: Visit) -> None:
        """A cell cannot be clicked here, so this tests what the click calls, and the resulting address."""
        app = visit(tasks, load=many(5)).open("tasks")
        app.at.session_state["firestone.open"] = ("tasks:list", "tasks", ("3",))
        app.api.clear()
        app.run()
        assert not app.api.requests("GET", "/tasks")  # which is no longer displayed
        assert (app.query, app.heading) == ({"view": "show", "id": "3"}, "Task 3")

    def test_the_position_is_resolved_at_once(self, tasks: Application) -> None:
        table = tasks.module("ui.kit.table")
        page = tasks.module("ui.kit").page_of("tasks")
        found = [{"task_id": 7}, {"title": "without a key"}, {"task_id": "a/b"}]
        assert table.keys_of(page, found, ()) == [("7",), None, ("a/b",)]

    @pytest.mark.parametrize(
        ("state", "opened"),
        [
            ({"row": 0}, ("tasks:list", "tasks", ("7",))),
            ({"row": 1}, None),
            ({"row": 2}, None),
            ({"row": -1}, None),
            ({"row": None}, None),
            (None, None),
        ],
    )
    def test_only_a_record_is_opened(
        self, tasks: Application, monkeypatch: pytest.MonkeyPatch, state: Any, opened: Any
    ) -> None:
        """What the browser sends is only believed if it is the position of a record with a key."""
        table = tasks.module("ui.kit.table")
        page = tasks.module("ui.kit").page_of("tasks")
        kept = {"widget": state}
        monkeypatch.setattr(table.st, "session_state", kept)
        table._open(page, "tasks:list", "widget", [("7",), None])
        assert kept.get("firestone.open") == opened


KINDS = """
kind: thing
methods: {resource: [get, post], instance: [get, patch, delete]}
schema:
  key: {name: thing_id, schema: {type: string}}
  query_params:
    - {name: id, schema: {type: string}}
    - {name: view, schema: {type: integer, minimum: 3}}
    - {name: kind, schema: {enum: [1, "1", true, "true", null]}}
    - {name: tags, schema: {type: array, items: {type: string}}}
    - {name: born_after, schema: {type: string, format: date}}
    - {name: weight, schema: {type: number}}
    - {name: big, schema: {type: integer}}
    - {name: deep, style: deepObject, schema: {type: object, properties: {a: {type: string}}}}
    - {name: X-Tenant, in: header, schema: {type: string, minLength: 2}}
  items:
    type: object
    properties:
      name: {type: string}
      kind: {enum: [1, "1", true, "true"]}
      secret: {type: string, writeOnly: true}
      pass: {type: string, format: password}
      unseen: {type: string, x-hidden: true}
      serial: {type: integer}
      price: {type: number}
      day: {type: string, format: date}
      at: {type: string, format: date-time}
      home: {type: string, format: uri}
      tags: {type: array, items: {type: string}}
      more: {type: object}
      flag: {type: [boolean, "null"]}
      note: {type: string}
"""


@pytest.fixture(scope="module")
def things() -> Application:
    return definition("list_things", KINDS)


THING = (
    '{"thing_id":"a","name":"One :material/bolt: <b>**x**","kind":"1","pass":"hunter2","unseen":"hidden!",'
    '"serial":363228830310334464,"price":1.10,"day":"0001-01-01","at":"2026-05-10T23:30:00.120-07:00",'
    '"home":"javascript:alert(1)","tags":["a","a",""],"more":{"b":1,"a":1.10},"flag":null,"note":"one\\ntwo"}'
)


class TestColumns:
    def test_digits_and_kinds(self, things: Application, visit: Visit) -> None:
        app = visit(things, load=f'{{"things":[{THING}]}}').open("things")
        app.fill(
            "things:list:choose:0",
            ["serial", "price", "day", "at", "home", "tags", "more", "flag", "note"],
        )
        shown = frame(app)
        for text in (
            "363228830310334464",
            "1.1",
            "0001-01-01",
            "2026-05-10 23:30:00.120 -07:00",
            '{""b"": 1, ""a"": 1.10}',
            "one …",
        ):
            assert text in shown, shown
        config = app.at.dataframe[0].proto.columns
        assert '"format":"%.2f"' in config.replace(" ", "")
        assert '"type":"link"' not in config.replace(" ", "")

    def test_a_listed_value_has_one_colour(self, visit: Visit) -> None:
        states = "state: {enum: [new, open, done]}"
        tinted = definition("list_tinted", TASKS.replace("title: {", f"{states}\n      title: {{"))
        app = visit(tinted, load={"tasks": [{"task_id": 1, "title": "A", "state": "open"}]})
        app.open("tasks")
        (column,) = (
            each["type_config"]
            for each in json.loads(app.at.dataframe[0].proto.columns).values()
            if each.get("label") == "State"
        )
        colours = {each["value"]: each["color"] for each in column["options"]}
        assert len(set(colours.values())) == len(colours)
        for place in ({"view": "show", "id": "1"}, {"tab": "board"}):
            app.open("tasks", place)
            badges = [each.value for each in app.at.markdown if "-badge[" in each.value]
            assert f":{colours['open']}-badge[open]" in badges, place

    def test_no_secret_reaches_the_browser(self, things: Application, visit: Visit) -> None:
        app = visit(things, load=f'{{"things":[{THING}]}}').open("things")
        sent = b"".join(
            each.proto.SerializeToString()
            for each in app.at._tree
            if getattr(each, "proto", None) is not None
        )
        assert b"One" in sent
        for text in (b"hunter2", b"hidden!"):
            assert text not in sent
        assert "secret" not in app.field("things:list:choose:0").options

    def test_links_lead_to_the_web_alone(self, things: Application) -> None:
        cells_module, page = (
            things.module("ui.kit.cells"),
            things.module("ui.kit").page_of("things"),
        )
        shape = page.shape("read").fields["home"]

        def kind(*values: Any) -> str:
            return str(cells_module.column(shape, "Home", values).config["type_config"]["type"])

        assert kind("https://example.org/a?b=c", None) == "link"
        for bad in (
            "javascript:alert(1)",
            "data:text/html,x",
            "https://a b",
            "https://x\u202e",
            "https://x\ud800",
            " https://x",
        ):
            assert kind("https://example.org", bad) == "text"

    @pytest.mark.parametrize(
        ("values", "dtype"),
        [
            ("[1,null,9007199254740991]", "string"),
            ("[1,null,900719925474099]", "Int64"),
            ("[1.10,2.25]", "Float64"),
            ("[1.10,2.5]", "string"),
            ("[1.5,2,0.25]", "Float64"),
            ("[1e3]", "string"),
            ("[-0]", "string"),
            ("[0.1234567890123456]", "string"),
            ('["x",1]', "string"),
            ("[true]", "string"),
        ],
    )
    def test_numbers_that_a_float_would_change_are_texts(
        self, things: Application, values: str, dtype: str
    ) -> None:
        core, cells_module = things.module("_core"), things.module("ui.kit.cells")
        shape = things.module("ui.kit").page_of("things").shape("read").fields["price"]
        column = cells_module.column(shape, "Price", core.loads(values))
        assert column.dtype == dtype
        if dtype == "string":
            assert [each for each in column.values if each is not None] == [
                core.dumps(each) if not isinstance(each, str) else each
                for each in core.loads(values)
                if each is not None
            ]


def behind(app: App, button: str) -> set[str]:
    """Return the labels of the fields that a button opens."""
    (popover,) = [
        block
        for block in blocks(app.at.main)
        if block.type == "popover" and block.proto.popover.label == button
    ]
    return {
        field.label
        for block in blocks(popover)
        for field in block.children.values()
        if hasattr(field, "label")
    }


def blocks(block: Any) -> Iterator[Any]:
    """Yield a block, and those in it."""
    yield block
    for each in block.children.values():
        if hasattr(each, "children"):
            yield from blocks(each)


class TestFilters:
    def asked(self, app: App) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for name, value in app.api.requests("GET", "/things")[-1].query:
            found.setdefault(name, []).append(value)
        return found

    def test_names_that_the_address_has_for_itself(self, things: Application, visit: Visit) -> None:
        app = visit(things, load=f'{{"things":[{THING}]}}').open("things")
        app.fill("ID", "x")
        assert app.query in ({"by.id": "x"}, {"by.id": ["x"]})
        assert self.asked(app) == {"id": ["x"]}
        app.press("things:list:clear")
        assert app.query == {}

    def test_those_that_are_set_are_seen_at_once(self, things: Application, visit: Visit) -> None:
        app = visit(things, load=f'{{"things":[{THING}]}}').open("things")
        hidden = behind(app, "More filters")
        assert {"Weight", "Big"} <= hidden and not hidden & {"ID", "View", "Kind", "Tags"}
        app.open("things", weight="2")
        assert behind(app, "More filters") == hidden - {"Weight"}

    def test_one_and_the_text_one(self, things: Application, visit: Visit) -> None:
        app = visit(things, load=f'{{"things":[{THING}]}}').open("things")
        field = app.field("Kind")
        assert len(set(field.options)) == 4
        app.open("things", kind='"1"')
        assert self.asked(app) == {"kind": ["1"]}
        assert app.field("Kind").value == '"1"'

    @pytest.mark.parametrize(
        ("name", "text", "told"),
        [
            ("by.view", "2", "below"),
            ("by.view", "x", "whole number"),
            ("kind", "9", "is not one of"),
            ("tags", "a", "list such as"),
            ("born_after", "2026-02-30", "is not a date"),
            ("weight", "1,5", "is not a number"),
            ("deep", "[", "JSON"),
            ("X-Tenant", "a", "at least 2"),
        ],
    )
    def test_what_the_address_says_wrongly_is_told_and_left_out(
        self, things: Application, visit: Visit, name: str, text: str, told: str
    ) -> None:
        app = visit(things, load=f'{{"things":[{THING}]}}').open("things", {name: text})
        assert told in app.at.warning[0].value.replace("\\", "")
        assert self.asked(app) == {}
        assert len(app.at.dataframe) == 1
        app.press("things:list:clear")
        assert app.query == {}

    def test_a_number_out_of_bounds_is_told(self, things: Application, visit: Visit) -> None:
        """A field with bounds would show a value by which the list is not filtered."""
        app = visit(things, load=f'{{"things":[{THING}]}}').open("things", {"by.view": "4"})
        field = app.field("things:list:by:view:1")
        assert not field.proto.has_min
        app.fill("things:list:by:view:1", 1)
        assert app.query == {"by.view": "1"}
        assert "View is left out: 1 is below 3" in app.at.warning[0].value.replace("\\", "")

    def test_each_kind_is_sent_as_it_is_meant(self, things: Application, visit: Visit) -> None:
        query = {
            "tags": '["a","b,c"]',
            "born_after": "2026-12-24",
            "weight": "1.10",
            "big": "363228830310334464",
            "deep": '{"a":"x"}',
            "X-Tenant": "acme",
        }
        app = visit(things).open("things", query)
        assert self.asked(app) == {
            "tags": ["a", "b,c"],
            "born_after": ["2026-12-24"],
            "weight": ["1.10"],
            "big": ["363228830310334464"],
            "deep[a]": ["x"],
        }
        assert app.api.requests("GET", "/things")[-1].header("x-tenant") == "acme"
        assert not app.at.warning

    def test_a_filter_begins_at_the_first_page(self, tasks: Application, visit: Visit) -> None:
        app = visit(tasks, load=many(50)).open("tasks", page="2", size="20")
        app.fill("Done", "true")
        assert "page" not in app.query
        assert cells(app) == ["Task 50"]

    def test_required_ones_are_chosen_first(self, visit: Visit) -> None:
        text = KINDS.replace(
            "{name: weight, schema: {type: number}}",
            "{name: weight, required: true, schema: {type: number}}",
        )
        app = visit(definition("list_required", text)).open("things")
        assert "Choose Weight" in app.text
        assert app.api.requests("GET", "/things") == []
        app.fill("Weight", "2")
        assert self.asked(app) == {"weight": ["2"]}


PAGED = """
kind: {style}
methods: {{resource: [get, post], instance: [get]}}
schema:
  key: {{name: id, schema: {{type: integer}}}}
  query_params:
    - {{name: {size}, schema: {{type: integer, maximum: 40, default: 20}}}}
    - {{name: {position}, schema: {{type: {kind}}}}}
  items: {{type: object, properties: {{number: {{type: integer}}}}}}
"""


class TestWaysOfPaging:
    @pytest.mark.parametrize(
        ("style", "size", "position", "kind"),
        [
            ("numbered", "per_page", "page", "integer"),
            ("shifted", "limit", "offset", "integer"),
            ("marked", "limit", "cursor", "string"),
        ],
    )
    def test_each(self, visit: Visit, style: str, size: str, position: str, kind: str) -> None:
        text = PAGED.format(style=style, size=size, position=position, kind=kind)
        made = definition(f"list_{style}", text)
        module = made.modules[0]
        load = {module: [{"id": n, "number": n} for n in range(1, 56)]}
        app = visit(made, load=load).open(module, page="2")
        assert cells(app)[0] == "21"
        app.open(module, page="3")
        assert (cells(app)[0], len(cells(app))) == ("41", 15)
        app.open(module, page="7")
        assert (cells(app)[0], len(cells(app))) == ("41", 15)
        assert app.query["page"] in ("3", ["3"])
        app.open(module, size="40")
        assert len(cells(app)) == 40
        app.open(module, size="41")
        assert len(cells(app)) == 20

    def test_none(self, visit: Visit) -> None:
        text = "kind: note\nschema: {key: {name: id, schema: {type: integer}}, items: {type: object, properties: {name: {type: string}}}}\n"
        made = definition("list_whole", text)
        app = visit(made, load={"notes": [{"id": n, "name": f"n{n}"} for n in range(1, 251)]})
        app.open("notes", page="3")
        assert (cells(app)[0], len(cells(app))) == ("n201", 50)
        assert "201–250 of 250 notes, 100 at a time" in app.text


class TestNested:
    def test_the_parent_is_chosen_first(self, library: Application, visit: Visit) -> None:
        app = visit(library, "--seed", "3").open("member_loans")
        assert "Choose the member" in app.text
        assert app.api.requests("GET", ".*/loans") == []
        field = app.field("Member")
        app.fill("Member", field.options[0])
        assert list(app.query) == ["of.member_id"]
        assert app.heading == "Member loans"
        assert len(app.api.requests("GET", ".*/loans")) >= 1


def test_sorting(visit: Visit) -> None:
    app = visit(definition("list_sorting", _sorted()), load=json.dumps({"songs": SONGS}))
    app.open("songs")
    app.fill("Sort", '["-released"]')
    assert cells(app) == ["B", "A"]
    app.open("songs", sort='["title"]')
    assert cells(app) == ["A", "B"]


SONGS = [
    {"song_id": "1", "title": "A", "released": "2001-01-01"},
    {"song_id": "2", "title": "B", "released": "2002-01-01"},
]


def _sorted() -> str:
    return """
kind: song
methods: {resource: [get], instance: [get]}
schema:
  key: {name: song_id}
  query_params:
    - name: sort
      explode: false
      schema: {type: array, items: {type: string, enum: [title, -released]}}
  items:
    type: object
    properties:
      title: {type: string}
      released: {type: string, format: date}
"""


def test_refused_filters_can_be_mended(library: Application, visit: Visit) -> None:
    """Patterns are checked by the server: its message is shown below the filters, which keep their input."""
    app = visit(library, "--seed", "3").open("books", language="9")
    assert "The API refused these filters" in app.text
    assert app.field("Language").value == "9"
    app.fill("Language", "en")
    assert len(app.at.dataframe) == 1


@pytest.mark.parametrize(
    "text", [":material/delete:", ":streamlit:", "a -> b <- c", "a--b", "1 >= 0", "~= <="]
)
def test_symbols_that_escapes_do_not_stop(library: Application, text: str) -> None:
    """Streamlit draws these as icons, arrows or dashes even if each character is escaped."""
    words = library.module("ui.kit.words")
    written = words.plain(text).replace("\\", "")
    assert text not in written
    assert written.replace("\u2060", "") == text


def test_a_failure_is_shown_with_a_way_out(tasks: Application, serve: Serve) -> None:
    api = serve(tasks, load=many(3))
    app = App(tasks, api)
    api.answer(503, {"title": "Closed"}, times=9, matches=("GET", "/tasks"))
    app.open("tasks")
    assert "The API has a problem" in app.text
