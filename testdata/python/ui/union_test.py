"""Unions and closed schemas: the alternative is selected, and members of others are absent."""

from __future__ import annotations

import json
from typing import Any

from applications import application
from conftest import Visit
from visitor import App

RECORDS = """{"animals": [
    {"animal_id": "tom", "species": "cat", "purrs": true},
    {"animal_id": "rex", "species": "dog", "barks": true, "chip": "7"},
    {"animal_id": "joe", "species": "fish", "water": "salt"}]}"""


def zoo(visit: Visit) -> App:
    return visit(application("polymorphic"), load=RECORDS)


def sent(app: App) -> Any:
    """Return the body of the only request that changes something."""
    (write,) = app.api.writes()
    assert 200 <= write.status < 300, app.errors()
    return json.loads(write.body)


def kind(app: App) -> Any:
    """Return the choice of the alternative."""
    (found,) = [each for each in app.at.radio if str(each.key).endswith(":kind")]
    return found


def change_to(app: App, at: int) -> None:
    kind(app).set_value(at)
    app.run()


def test_a_list_shows_what_all_have(visit: Visit) -> None:
    (table,) = zoo(visit).open("animals").at.dataframe
    assert [list(column) for _, column in table.value.items()] == [
        ["tom", "rex", "joe"],
        [["cat"], ["dog"], ["fish"]],
    ]


def test_a_record_shows_what_it_is(visit: Visit) -> None:
    app = zoo(visit)
    for key, has, has_not in (
        ("tom", {"Purrs"}, {"Barks", "Chip", "Water"}),
        ("rex", {"Barks", "Chip"}, {"Purrs", "Water"}),
        ("joe", {"Water"}, {"Purrs", "Barks", "Chip"}),
    ):
        texts = set(app.open("animals", view="show", id=key).texts())
        assert has <= texts and not has_not & texts, key


def test_a_new_record(visit: Visit) -> None:
    app = zoo(visit).open("animals", view="new")
    assert [each.replace("\\", "") for each in kind(app).options] == ["Cat", "Dog", "Fish"]
    change_to(app, 2)
    app.api.clear()
    app.press("animals:new:save")
    assert sent(app) == {"species": "fish"}


def test_a_record_becomes_another(visit: Visit) -> None:
    app = zoo(visit).open("animals", view="edit", id="rex")
    assert kind(app).value == 1
    change_to(app, 2)
    app.api.clear()
    app.press("animals:edit:save")
    assert sent(app) == {"species": "fish", "barks": None}
    app.open("animals", view="edit", id="joe")
    change_to(app, 1)
    app.api.clear()
    app.press("animals:edit:save")
    assert app.api.writes() == [], "whether it barks has to be said"
    assert any("required" in each for each in app.errors())


def test_only_what_all_have_changes_in_many(visit: Visit) -> None:
    app = zoo(visit).open("animals")
    changes = application("polymorphic").module("ui.kit.changes")
    page = application("polymorphic").module("ui.kit").page_of("animals")
    visits = application("polymorphic").module("ui.kit").page_of("visits")
    assert list(changes.writable(page)) == []
    assert list(changes.writable(visits)) == ["day"]
    assert app.errors() == []


def test_one_for_the_other_in_one_patch(visit: Visit) -> None:
    app = visit(application("patches"), load='{"notices": [{"notice_id": "n", "data": 5}]}')
    app.open("notices", view="edit", id="n").fill("Data", "").fill("Data base64", "NQ==")
    app.api.clear()
    app.press("notices:edit:save")
    assert sent(app) == {"data": None, "data_base64": "NQ=="}


def test_a_count_of_members(visit: Visit) -> None:
    records = '{"rules": [{"rule_id": "r", "allow": {"from": "a"}}]}'
    app = visit(application("closed_keys"), load=records)
    app.open("rules", view="edit", id="r").press("Remove")
    app.press("Add deny")
    app.api.clear()
    app.press("rules:edit:save")
    assert sent(app) == {"allow": None, "deny": {}}
