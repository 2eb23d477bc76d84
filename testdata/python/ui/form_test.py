"""The fields of forms: input arrives unchanged, and existing values stay, byte for byte."""

from __future__ import annotations

import datetime
import json
from typing import Any

import pytest
from applications import Application, application, definition
from conftest import Visit
from visitor import App

KINDS = """
kind: thing
methods: {resource: [get, post], instance: [get, patch]}
schema:
  key: {name: thing_id, schema: {type: integer, minimum: 1}}
  items:
    type: object
    properties:
      text: {type: string}
      short: {type: string, maxLength: 3}
      long: {type: string, maxLength: 4000}
      many: {type: integer}
      few: {type: integer, minimum: 1, maximum: 5}
      price: {type: number, multipleOf: 0.01}
      day: {type: string, format: date}
      at: {type: string, format: date-time}
      clock: {type: string, format: time}
      mail: {type: string, format: email}
      pin: {type: string, format: password, writeOnly: true}
      state: {type: string, enum: [draft, open, done]}
      mixed: {enum: [1, "1", true, null, [1], "a long value that needs a list to choose from"]}
      flag: {type: boolean}
      maybe: {type: [boolean, "null"]}
      note: {type: [string, "null"]}
      file: {type: string, format: byte}
      tags: {type: array, items: {type: string}}
      days: {type: array, items: {type: string, enum: [mon, tue, wed]}}
      weights: {type: array, items: {type: number}}
      labels: {type: object, additionalProperties: {type: integer}}
      point: {type: array, prefixItems: [{type: number}, {type: string}], items: false}
      either: {type: [string, integer]}
      free: {}
      inner: {type: object, properties: {city: {type: string}, zip: {type: string}}, required: [city]}
"""


def things(visit: Visit, *records: str) -> App:
    found = [f'{{"thing_id":{i + 1},{each}}}' for i, each in enumerate(records)]
    return visit(definition("ui_things", KINDS), load=f'{{"things": [{",".join(found)}]}}')


def new(visit: Visit) -> App:
    return things(visit).open("things", view="new")


def edit(visit: Visit, record: str) -> App:
    return things(visit, record).open("things", view="edit", id="1")


def created(app: App) -> str:
    """Save a new record, and return what was sent."""
    app.press("things:new:save")
    (sent,) = app.api.writes()
    return str(sent.compact)


def saved(app: App, module: str = "things") -> str | None:
    """Save the changes, and return what was sent, None if nothing was."""
    app.api.clear()
    app.press(f"{module}:edit:save")
    sent = app.api.writes()
    assert len(sent) < 2
    return str(sent[0].compact) if sent else None


def choose(app: App, key: str, label: str | None) -> App:
    """Choose one of several values by its label."""
    (group,) = [each for each in [*app.at.radio, *app.at.selectbox] if each.key == key]
    group.set_value(None if label is None else list(group.proto.options).index(label))
    return app.run()


def test_no_field_keeps_to_itself_what_looks_wrong(visit: Visit) -> None:
    """A browser does not report input that it considers an invalid email address: the previous value would be saved."""
    app = edit(visit, '"mail":"ann@example.com"')
    fields = [each for each in app.at.text_input if each.key and each.key.startswith("things:edit")]
    kinds = {each.label: each.proto.Type.Name(each.proto.type) for each in fields}
    assert set(kinds.values()) == {"DEFAULT", "PASSWORD"}
    app.fill("Mail", "ann at example")
    assert "This does not look like an email address." in app.text
    assert saved(app) in {None, '{"mail":"ann at example"}'}
    assert app.field("Mail").value == "ann at example"


class TestOne:
    """Each kind of field by itself: the input, and what is sent."""

    @pytest.mark.parametrize(
        ("label", "typed", "sent"),
        [
            ("Text", " a  b ", '" a  b "'),
            ("Text", "ünï 😀", '"ünï 😀"'),
            ("Text", "**x** $y$ :red[z]", '"**x** $y$ :red[z]"'),
            ("Long", "a\n\n b\n", r'"a\n\n b\n"'),
            ("Many", "363228830310334464", "363228830310334464"),
            ("Many", "-0", "-0"),
            ("Few", 3, "3"),
            ("Price", "0.07", "0.07"),
            ("Price", "1.10", "1.10"),
            ("Price", "1e400", "1e400"),
            ("Day", datetime.date(1901, 12, 31), '"1901-12-31"'),
            ("At (UTC)", datetime.datetime(2026, 5, 10, 23, 30), '"2026-05-10T23:30:00Z"'),  # noqa: DTZ001
            ("Clock", "07:30:00Z", '"07:30:00Z"'),
            ("Mail", "ann@example.com", '"ann@example.com"'),
            ("PIN", " s3cret ", '" s3cret "'),
            ("Tags", ["b", "a"], '["b","a"]'),
            ("Days", ["wed", "mon"], '["wed","mon"]'),
            ("Free", '{"b":1.10,"a":[]}', '{"b":1.10,"a":[]}'),
            ("Free", "null", "null"),
        ],
    )
    def test_what_is_typed_is_sent(self, visit: Visit, label: str, typed: Any, sent: str) -> None:
        app = new(visit).fill(label, typed)
        name = label.partition(" ")[0].lower()
        assert created(app) == f'{{"{name}":{sent}}}'

    @pytest.mark.parametrize(
        ("name", "label", "sent"),
        [
            ("state", "open", '"open"'),
            ("flag", "No", "false"),
            ("maybe", "Null", "null"),
            ("maybe", "No", "false"),
        ],
    )
    def test_what_is_chosen_is_sent(self, visit: Visit, name: str, label: str, sent: str) -> None:
        app = choose(new(visit), f"things:new:/{name}", label)
        assert created(app) == f'{{"{name}":{sent}}}'

    def test_a_choice_can_be_taken_back(self, visit: Visit) -> None:
        app = choose(new(visit), "things:new:/flag", "Yes")
        choose(app, "things:new:/flag", None).fill("Text", "a")
        assert created(app) == '{"text":"a"}'

    @pytest.mark.parametrize(("at", "sent"), [(0, "1"), (1, '"1"'), (2, "true"), (3, "[1]")])
    def test_values_that_read_alike_are_told_apart(self, visit: Visit, at: int, sent: str) -> None:
        app = new(visit)
        field = app.field("Mixed")
        assert len(set(field.options)) == len(field.options)
        app.fill("Mixed", at)
        assert created(app) == f'{{"mixed":{sent}}}'

    def test_nothing_typed_is_nothing_sent(self, visit: Visit) -> None:
        assert created(new(visit)) == "{}"

    def test_a_file(self, visit: Visit) -> None:
        app = new(visit)
        app.field("File").upload("a.bin", b"\x00\xffhello", "application/octet-stream")
        app.run()
        assert "a.bin, 7 bytes" in app.text
        assert created(app) == '{"file":"AP9oZWxsbw=="}'

    @pytest.mark.parametrize(
        ("label", "typed", "said"),
        [
            ("Many", "abc", "abc is not a whole number"),
            ("Many", "1.5", "1.5 is not a whole number"),
            ("Price", "1,5", "Write 1.5, with a point."),
            ("Free", '{"e":1,"e":2}', 'line 1, column 8: the key "e" appears twice'),
            ("Free", "[1,\nNaN]", "line 2, column 1: NaN is not JSON"),
        ],
    )
    def test_what_cannot_be_read_is_not_sent(
        self, visit: Visit, label: str, typed: str, said: str
    ) -> None:
        app = new(visit).fill(label, typed).press("things:new:save")
        assert not app.api.writes()
        assert any(said in text for text in app.errors()), app.errors()
        assert app.field(label).value == typed


class TestParts:
    """Composite values: rows, entries, members, alternatives."""

    def test_rows(self, visit: Visit) -> None:
        app = new(visit).press("Add weights").fill("Weights, row 1", "1.10")
        app.press("Add row").fill("Weights, row 2", "2").press("Add row").fill(
            "Weights, row 3", "3"
        )
        app.press("things:new:/weights/#1:remove")
        assert app.field("Weights, row 1").value == "2"
        app.press("things:new:/weights/#3:move_up")
        assert created(app) == '{"weights":[3,2]}'

    def test_an_empty_row_is_no_value(self, visit: Visit) -> None:
        app = new(visit).press("Add weights").press("things:new:save")
        assert not app.api.writes()
        assert any("remove the row" in text for text in app.errors())

    def test_entries(self, visit: Visit) -> None:
        app = new(visit).press("Add labels").fill("Labels, name of entry 1", "a.b c")
        app.fill("Labels, a.b c", "7").press("Add entry")
        app.fill("Labels, name of entry 2", "a.b c").fill("things:new:/labels/#2", "8")
        app.press("things:new:save")
        assert any("'a.b c' appears twice" in text for text in app.errors())
        app.fill("Labels, name of entry 2", "9")
        assert created(app) == '{"labels":{"a.b c":7,"9":8}}'

    def test_places(self, visit: Visit) -> None:
        app = new(visit).fill("2", "m").press("things:new:save")
        assert any("the fields above first" in text for text in app.errors())
        app.fill("1", "1.50")
        assert created(app) == '{"point":[1.50,"m"]}'

    def test_members(self, visit: Visit) -> None:
        app = new(visit).press("Add inner").fill("Zip", "10115").press("things:new:save")
        assert any("City" in text for text in app.errors())
        app.fill("City", "Berlin")
        assert created(app) == '{"inner":{"zip":"10115","city":"Berlin"}}' or json.loads(
            app.api.writes()[0].body
        ) == {"inner": {"city": "Berlin", "zip": "10115"}}

    def test_an_object_comes_and_goes(self, visit: Visit) -> None:
        app = edit(visit, '"inner":{"city":"Berlin","more":1.10}')
        app.press("things:edit:/inner:remove")
        assert "City *" not in app.text
        app.press("Add inner")
        assert app.field("City").value == "Berlin"
        assert saved(app) is None
        app.open("things", view="edit", id="1").press("Remove")
        assert saved(app) == '{"inner":null}'

    def test_alternatives_keep_what_was_typed(self, visit: Visit) -> None:
        app = edit(visit, '"either":"5"')
        choose(app, "things:edit:/either:kind", "Whole number").fill("Either", "7")
        choose(app, "things:edit:/either:kind", "Text")
        assert app.field("Either").value == "5"
        assert saved(app) is None
        app.open("things", view="edit", id="1")
        choose(app, app.at.selectbox[-1].key, "Whole number").fill("Either", "7")
        assert saved(app) == '{"either":7}'

    def test_all_can_be_said_as_json(self, visit: Visit) -> None:
        app = edit(visit, '"inner":{"city":"Berlin","more":1.10}')
        app.press("things:edit:/inner:json")
        area = next(each for each in app.at.text_area if "Berlin" in each.value)
        area.set_value('{"city": "Bonn", "more": 1.10, "new": null}')
        app.run().press("Form")
        assert app.field("City").value == "Bonn"
        assert saved(app) == '{"inner":{"city":"Bonn","new":null}}' or app.errors()

    @pytest.mark.parametrize(
        ("before", "text", "is_held"),
        [
            ('"weights":[1]', "[2]", True),
            ('"weights":[1]', "null", True),
            ('"weights":[1]', "{}", False),
            ('"labels":{"a":1}', '{"b":2}', True),
            ('"labels":{"a":1}', "null", True),
            ('"labels":{"a":1}', "[]", False),
            ('"point":[1,"m"]', "[2]", True),
            ('"point":[1,"m"]', "null", True),
            ('"point":[1,"m"]', '[1,"m",2]', False),
            ('"inner":{"city":"Berlin"}', '{"zip":"1"}', True),
            ('"inner":{"city":"Berlin"}', "null", True),
            ('"inner":{"city":"Berlin"}', "[]", False),
        ],
    )
    def test_fields_hold_json_of_their_kind(
        self, visit: Visit, before: str, text: str, is_held: bool
    ) -> None:
        app, name = edit(visit, before), before.split('"')[1]
        app.press(f"things:edit:/{name}:json")
        area = next(each for each in app.at.text_area if each.value[:1] in {"[", "{"})
        area.set_value(text)
        app.run()
        assert app.button("Form").disabled != is_held

    def test_json_that_fields_cannot_hold_stays_json(self, visit: Visit) -> None:
        app = edit(visit, '"weights":[1,2]')
        app.press("things:edit:/weights:json")
        area = next(each for each in app.at.text_area if each.value.startswith("["))
        area.set_value("{}")
        app.run()
        assert app.button("Form").disabled
        app.press("things:edit:save")
        assert not app.api.writes()


class TestNothing:
    """Not set, null and empty are distinct."""

    @pytest.mark.parametrize(
        ("before", "sent"),
        [
            ('"note":"a"', '{"note":null}'),
            ('"text":"a"', '{"text":null}'),
            ('"tags":["a"]', '{"tags":[]}'),
            ('"weights":[1]', '{"weights":[]}'),
            ('"day":"2026-01-01"', '{"day":null}'),
            ('"few":3', '{"few":null}'),
        ],
    )
    def test_emptied(self, visit: Visit, before: str, sent: str) -> None:
        name = before.partition('"')[2].partition('"')[0]
        app = edit(visit, before)
        if name == "weights":
            app.press("things:edit:/weights/#1:remove")
        else:
            app.fill(name.capitalize(), {"tags": [], "day": None, "few": None}.get(name, ""))
        assert saved(app) == sent

    @pytest.mark.parametrize(
        "before",
        [
            '"note":null',
            '"note":""',
            '"text":""',
            '"tags":[]',
            '"weights":[]',
            '"labels":{}',
            '"maybe":null',
            '"inner":{"city":""}',
        ],
    )
    def test_what_was_empty_comes_back_as_it_was(self, visit: Visit, before: str) -> None:
        app = edit(visit, before)
        assert saved(app) is None
        name = before.partition('"')[2].partition('"')[0]
        if name in {"note", "text"}:
            app.open("things", view="edit", id="1").fill(name.capitalize(), "x")
            app.fill(name.capitalize(), "")
            assert saved(app) is None

    def test_what_empty_means_can_be_said(self, visit: Visit) -> None:
        app = new(visit)
        app.fill("things:new:/note:empty", "Null").fill("Allow empty values", value=True)
        app.fill("things:new:/text:empty", "Empty text")
        app.fill("things:new:/tags:empty", "Empty list")
        app.fill("things:new:/labels:empty", "Empty object")
        assert json.loads(created(app)) == {"note": None, "text": "", "tags": [], "labels": {}}

    def test_a_secret_stays_unless_another_is_typed(self, visit: Visit) -> None:
        app = edit(visit, '"text":"a","pin":"1234"')
        assert "1234" not in app.text
        assert app.field("PIN").placeholder == "Unchanged"
        app.fill("Text", "b")
        assert saved(app) == '{"text":"b"}'
        app.open("things", view="edit", id="1").fill("PIN", "9")
        assert saved(app) == '{"pin":"9"}'


class TestStored:
    """The widget also depends on the server's value: one that cannot represent it is not used."""

    @pytest.mark.parametrize(
        "stored",
        [
            '"text":"\\r\\na\\r\\n\\tb \\r\\n"',
            '"text":"a\\rb\\nc\\r\\nd"',
            '"text":5',
            '"short":"longer than three"',
            '"few":7',
            '"few":"x"',
            '"many":1e3',
            '"many":1.0',
            '"price":1.10',
            '"price":1e400',
            '"day":"someday"',
            '"day":"0001-01-01"',
            '"day":"2026-02-30"',
            '"at":"2026-05-10T23:30:00.120-07:00"',
            '"at":"2026-05-10T23:30:01Z"',
            '"at":"2016-12-31T23:59:60Z"',
            '"at":"9999-12-31T23:59:00Z"',
            '"mail":" ann@example.com "',
            '"state":"gone"',
            '"state":5',
            '"mixed":1.0',
            '"mixed":{"a":[1,null]}',
            '"flag":"yes"',
            '"file":"not base64!"',
            '"tags":["a","a"," b ","","0","x,y","one\\ntwo"]',
            '"tags":[1,null]',
            '"days":["mon","mon"]',
            '"days":["sun"]',
            '"weights":[0,1.10,0]',
            '"labels":{"":1,"a/b~c":2,"x\\ny":3}',
            '"labels":{"a":"x"}',
            '"point":[1]',
            '"point":[1,"m",3]',
            '"either":[1]',
            '"either":null',
            '"free":{"10":1,"9":2,"b":363228830310334464,"a":1.10,"c":1e400,"d":"</script>"}',
            '"free":null',
            '"inner":{"zip":"1"}',
            '"inner":[]',
            '"inner":null',
            '"other":{"a":[1,null]}',
        ],
    )
    def test_it_stays(self, visit: Visit, stored: str) -> None:
        app = visit(definition("ui_things", KINDS), load='{"things": [{"thing_id": 1}]}')
        body = f'{{"thing_id":1,{stored}}}'
        app.api.answer_text(200, body, times=9, matches=("GET", "/things/1"))
        app.open("things", view="edit", id="1")
        assert app.errors() == []
        app.fill("Clock", "07:30:00Z").press("things:edit:save")
        sent = [each.compact for each in app.api.writes()]
        assert sent in ([], ['{"clock":"07:30:00Z"}'])
        if (
            not sent
        ):  # the check before sending may object to the existing value, but not to the field
            assert app.errors()

    def test_halves_of_characters_are_shown_as_json(self, visit: Visit) -> None:
        app = things(visit, '"text":"a"')
        body = r'{"thing_id":1,"text":"\ud800"}'
        app.api.answer_text(200, body, times=9, matches=("GET", "/things/1"))
        assert app.open("things", view="edit", id="1").field("Text").value == r'"\ud800"'


QUOTE = """
kind: quote
methods: {resource: [get, post], instance: [get, patch]}
schema:
  key: {name: quote_id, schema: {type: integer, minimum: 1}}
  items:
    type: object
    properties:
      title: {type: string}
      providers:
        type: array
        items:
          type: object
          properties:
            id: {type: integer}
            name: {type: string}
            score: {type: integer}
          required: [id, name]
"""
PROVIDERS = [
    {"id": 1, "name": "John", "score": 10},
    {"id": 2, "name": "Steve"},
    {"id": 3, "name": "Mike", "score": 0},
]


class TestRows:
    """Case 14: removing a row from a list of objects."""

    def test_one_goes_and_the_others_stay_what_they_are(self, visit: Visit) -> None:
        load = {"quotes": [{"quote_id": 1, "title": "a", "providers": PROVIDERS}]}
        app = visit(definition("ui_quotes", QUOTE), load=load)
        app.open("quotes", view="edit", id="1").press("quotes:edit:/providers/#1:remove")
        assert saved(app, "quotes") == (
            '{"providers":[{"id":2,"name":"Steve"},{"id":3,"name":"Mike","score":0}]}'
        )
        app.open("quotes", view="edit", id="1").press("Add row")
        app.at.text_input[-2].set_value("Eve")
        app.run()
        assert saved(app, "quotes") is None
        assert any("row 3" in text and "ID" in text for text in app.errors()), app.errors()
        assert app.at.text_input[-2].value == "Eve"

    def test_a_copy_is_another_one(self, visit: Visit) -> None:
        load = {"quotes": [{"quote_id": 1, "title": "a", "providers": PROVIDERS[:2]}]}
        app = visit(definition("ui_quotes", QUOTE), load=load)
        app.open("quotes", view="edit", id="1").press("quotes:edit:/providers/#1:duplicate")
        app.fill("quotes:edit:/providers/#3/name", "Jim")
        assert saved(app, "quotes") == (
            '{"providers":[{"id":1,"name":"John","score":10},{"id":1,"name":"Jim","score":10},'
            '{"id":2,"name":"Steve"}]}'
        )


class TestLists:
    """Case 15: lists of plain values that are not sets."""

    def test_each_entry_stays(self, visit: Visit) -> None:
        tags = '["a","a"," b ","","0","x,y","one\\ntwo"]'
        app = edit(visit, f'"text":"a","tags":{tags},"weights":[0,1.10,0]').fill("Text", "b")
        assert saved(app) == '{"text":"b"}'
        app.open("things", view="edit", id="1")
        adds = [
            each.key
            for each in app.at.button
            if each.key.endswith(":add") and each.label == "Add row"
        ]
        for key in adds:
            app.press(key)
        app.fill("Tags, row 8", "z").fill("Weights, row 4", "2")
        assert saved(app) == f'{{"tags":{tags[:-1]},"z"],"weights":[0,1.10,0,2]}}'


class TestLineBreaks:
    """Case 20: a short text with several lines."""

    @pytest.mark.parametrize("end", [r"\n", r"\r\n"])
    def test_they_stay(self, visit: Visit, end: str) -> None:
        key = f"{end}ssh-rsa AAA{end}\\tBBB {end}"
        app = edit(visit, f'"short":"a","text":"{key}"').fill("Short", "b")
        assert saved(app) == '{"short":"b"}'
        app.open("things", view="edit", id="1")
        app.fill("Text", app.field("Text").value.replace("AAA", "AAC"))
        assert saved(app) == f'{{"text":"{key.replace("AAA", "AAC")}"}}'


class TestFree:
    """Case 24: free JSON."""

    FREE = '{"10":1,"9":2,"b":363228830310334464,"a":1.10,"c":1e400,"d":"</script>"}'

    def test_digits_and_order_stay(self, visit: Visit) -> None:
        app = edit(visit, f'"text":"a","free":{self.FREE}')
        value = app.field("Free").value
        assert value.index('"10": 1') < value.index('"9": 2') < value.index("363228830310334464")
        assert saved(app) is None
        app.open("things", view="edit", id="1")
        app.fill("Free", value.rstrip().removesuffix("}").rstrip() + ',\n  "e": []\n}')
        assert saved(app) == '{"free":{"e":[]}}'
        app.open("things", view="edit", id="1").fill("Free", "")
        assert saved(app) == '{"free":null}'


AUTHORS = """
kind: author
default_query_params:
  - {name: limit, schema: {type: integer, minimum: 1, maximum: 50, default: 50}}
  - {name: offset, schema: {type: integer, minimum: 0, default: 0}}
schema:
  key: {name: author_id}
  query_params:
    - {name: name, schema: {type: string}}
  items:
    type: object
    properties:
      author_id: {type: string}
      name: {type: string}
    required: [name]
---
kind: volume
methods: {resource: [get, post], instance: [get, patch]}
schema:
  key: {name: volume_id, schema: {type: integer, minimum: 1}}
  items:
    type: object
    properties:
      title: {type: string}
      author_id: {type: [string, "null"]}
    required: [title]
"""


def volumes(visit: Visit) -> App:
    authors = [
        {"author_id": f"a{i:03}", "name": "Ann Lee" if i in {7, 9} else f"Author {i}"}
        for i in range(300)
    ]
    known = [{"author_id": "gone"}, {"author_id": None}, {}, {"author_id": "a250"}]
    found = [{"volume_id": i + 1, "title": "a", **each} for i, each in enumerate(known)]
    return visit(definition("ui_volumes", AUTHORS), load={"authors": authors, "volumes": found})


class TestReferences:
    """Case 18: references to nothing, to a missing record, and to record 251."""

    @pytest.mark.parametrize("is_down", [False, True])
    def test_it_stays(self, visit: Visit, *, is_down: bool) -> None:
        app = volumes(visit)
        if is_down:
            app.api.answer(503, {"title": "No"}, times=99, matches=("GET", "/authors.*"))
        for key in "1234":
            app.open("volumes", view="edit", id=key).fill("Title", "b")
            app.api.asked.clear()
            app.press("volumes:edit:save")
            assert [each.compact for each in app.api.writes()] == ['{"title":"b"}'], key

    def test_it_is_shown_by_name(self, visit: Visit) -> None:
        app = volumes(visit)
        shown = {}
        for key in "1234":
            app.open("volumes", view="edit", id=key)
            field = app.field("Author")
            shown[key] = field.format_func(field.value) if field.value else None
        assert shown == {"1": "gone (not found)", "2": None, "3": None, "4": "Author 250"}

    def test_it_can_be_cleared_and_chosen(self, visit: Visit) -> None:
        app = volumes(visit).open("volumes", view="edit", id="4").fill("Author", None)
        assert saved(app, "volumes") == '{"author_id":null}'
        app.open("volumes", view="edit", id="3")
        named = [each for each in app.field("Author").options if each.startswith("Ann Lee")]
        assert named == ["Ann Lee", "Ann Lee (a009)"]
        app.fill("Author", "a009")
        assert saved(app, "volumes") == '{"author_id":"a009"}'

    def test_it_is_found_by_a_search(self, visit: Visit) -> None:
        app = (
            volumes(visit).open("volumes", view="edit", id="3").fill("Search authors", "Author 299")
        )
        app.fill("Author", "a299")
        assert saved(app, "volumes") == '{"author_id":"a299"}'


class TestMany:
    """A form with 300 fields, most of which are collapsed until one of them has a fault."""

    def test_a_fault_opens_what_is_folded(self, visit: Visit) -> None:
        wide = application("15_wide_300")
        (module,) = wide.modules
        app = visit(wide).open(module, view="new")
        (more,) = [each for each in app.at.expander if each.label.startswith("More fields")]
        assert not more.proto.expanded
        label = next(each.label for each in more.text_input)
        page = dict(wide.pages())[module]
        name = next(
            n
            for n, each in page.shape("create").fields.items()
            if each.title == label.removesuffix(" *")
        )
        problem = {"title": "No", "errors": [{"pointer": f"/{name}", "detail": "is taken"}]}
        app.api.answer(422, problem, matches=("POST", ".*"))
        fill_required(app, module, page)
        app.press(f"{module}:new:save")
        (more,) = [each for each in app.at.expander if each.label.startswith("More fields")]
        assert more.proto.expanded
        assert f"{label.removesuffix(' *')} is taken" in app.errors()


def fill_required(app: App, module: str, page: Any) -> None:
    """Fill in the required fields."""
    for name, shape in page.shape("create").fields.items():
        if not shape.is_required or shape.is_const or shape.is_read_only:
            continue
        if shape.kind == "string":
            app.fill(shape.title, "x" * int(shape.number("minLength") or 1))
        elif shape.kind in {"integer", "number"}:
            app.fill(shape.title, str(shape.number("minimum") or 1))
        elif shape.kind == "enum":
            choose(app, f"{module}:new:/{name}", str(shape.enum[0]))


def test_keys_of_widgets_tell_forms_apart(visit: Visit) -> None:
    """Input in the form of one record is not in that of the next."""
    app = things(visit, '"text":"a"', '"text":"b"').open("things", view="edit", id="1")
    app.fill("Text", "changed")
    app.open("things", view="edit", id="2")
    assert app.field("Text").value == "b"
    app.open("things", view="edit", id="1")
    assert app.field("Text").value == "changed"


def test_hidden_forms_keep_what_was_typed(visit: Visit, library: Application) -> None:
    app = visit(library).open("books", view="new").fill("Title", "Dune")
    app.open("authors").open("books", view="new")
    assert app.field("Title").value == "Dune"


ODD = """
kind: oddity
plural: oddities
methods: {resource: [get, post], instance: [get, put]}
schema:
  key: {name: oddity_id, schema: {type: integer, minimum: 1}}
  items:
    type: object
    properties:
      name: {type: string, x-order: 2, x-group: Names}
      nick: {type: string, x-order: 1, x-group: Names}
      secret_plan: {type: string, x-hidden: true}
      story: {type: string, x-widget: textarea}
      size: {type: string, enum: [s, m, l], x-widget: radio}
      raw: {type: object, properties: {a: {type: integer}}, x-widget: json}
      reach:
        type: object
        properties: {name: {type: string}, mail: {type: string}, phone: {type: string}}
        anyOf: [{title: By mail, required: [mail]}, {title: By phone, required: [phone]}]
      grid: {type: array, items: {type: array, items: {type: integer}}}
      shops: {type: object, additionalProperties: {type: object, properties: {city: {type: string}}}}
      fixed: {type: object, properties: {open: {type: string}, seen: {type: string, readOnly: true}}}
      open: {type: object, properties: {a: {type: string}}, additionalProperties: {type: integer}}
      shape:
        anyOf:
          - {title: Circle, type: object, properties: {kind: {const: circle}, r: {type: number}}, required: [kind, r]}
          - {title: Square, type: object, properties: {kind: {const: square}, a: {type: number}}, required: [kind, a]}
          - {type: "null"}
      never: false
      only: {const: 1}
      "a/b~c": {type: integer}
      "**bold** $x$": {type: string}
"""


class TestOdd:
    """Rare shapes, and hints for forms in definitions: x-order, x-group, x-hidden, x-widget."""

    def opened(self, visit: Visit, record: str) -> App:
        load = f'{{"oddities": [{{"oddity_id":1{record}}}]}}'
        app = visit(definition("ui_oddities", ODD), load=load)
        return app.open("oddities", view="edit", id="1")

    def test_hints(self, visit: Visit) -> None:
        app = self.opened(visit, ',"secret_plan":"x","raw":{"a":1}')
        labels = [each.label for each in app.at.text_input]
        assert labels.index("Nick") < labels.index("Name")
        assert "Names" in [each.value for each in app.at.subheader]
        assert "Secret plan" not in app.text
        assert {"Story", "Raw"} <= {each.label for each in app.at.text_area}
        assert [each.label for each in app.at.radio] == ["Size"]
        assert "**bold** $x$" in app.text
        app.fill("Size", 1).fill("Nick", "n")
        assert json.loads(saved(app, "oddities") or "") == {
            "secret_plan": "x",
            "raw": {"a": 1},
            "size": "m",
            "nick": "n",
        }

    def test_members_that_alternatives_share(self, visit: Visit) -> None:
        app = self.opened(visit, ',"reach":{"name":"Ann","mail":"a@b"}')
        choose(app, "oddities:edit:/reach:kind", "By phone")
        assert app.field("oddities:edit:/reach|option0/name").value == "Ann"
        app.fill("oddities:edit:/reach|option0/name", "Bea")
        phone = next(each.key for each in app.at.text_input if each.key.endswith("/phone"))
        app.fill(phone, "1")
        choose(app, "oddities:edit:/reach:kind", "By mail")
        assert app.field("oddities:edit:/reach|option0/name").value == "Bea"
        assert json.loads(saved(app, "oddities") or "") == {
            "reach": {"name": "Bea", "mail": "a@b", "phone": "1"}
        }

    def test_an_alternative_that_may_be_null(self, visit: Visit) -> None:
        app = self.opened(visit, ',"shape":{"kind":"circle","r":1.50}')
        choose(app, "oddities:edit:/shape:kind", None)
        app.fill("Name", "a")
        assert json.loads(saved(app, "oddities") or "") == {"name": "a"}
        app.open("oddities", view="edit", id="1")
        kind = next(each.key for each in app.at.selectbox if each.key.endswith("/shape:kind"))
        choose(app, kind, "Square").fill("A", "2.0")
        app.field("A")
        assert saved(app, "oddities") == '{"name":"a","shape":{"kind":"square","a":2.0}}'

    def test_lists_in_lists_and_maps_of_objects(self, visit: Visit) -> None:
        app = self.opened(visit, ',"grid":[[1,2],[]],"shops":{"x":{"city":"B","more":1}}')
        app.fill("City", "C")
        rows = [each for each in app.at.text_input if "/grid/" in each.key]
        rows[0].set_value("9")
        app.run()
        assert saved(app, "oddities") == '{"grid":[[9,2],[]],"shops":{"x":{"city":"C","more":1}}}'

    def test_members_that_an_object_does_not_list(self, visit: Visit) -> None:
        app = self.opened(visit, ',"open":{"x":1,"a":"y"}').fill("Others, x", "2")
        assert json.loads(saved(app, "oddities") or "") == {"open": {"a": "y", "x": 2}}

    def test_names_that_are_no_words(self, visit: Visit) -> None:
        app = self.opened(visit, ',"a/b~c":1')
        app.fill("oddities:edit:/a~1b~0c", "x").press("oddities:edit:save")
        assert not app.api.writes()
        app.fill("oddities:edit:/a~1b~0c", "2").fill("oddities:edit:/**bold** $x$", "*y*")
        assert saved(app, "oddities") == '{"a/b~c":2,"**bold** $x$":"*y*"}'
