"""Every definition: its start page, lists, records and forms open, and an untouched form sends nothing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from applications import Application
from conftest import Visit, leave
from filling import Filling
from places import Place, Places
from samples import examples
from visitor import App

Tour = tuple[App, Places]
MOST = 60
"""How many fields of a form with hundreds are filled in."""


@pytest.fixture
def tour(case: Application, visit: Visit) -> Iterator[Tour]:
    """A visitor of a case, and the places to visit."""
    app = visit(case, "--seed", "3")
    places = Places(case, app.api)
    yield app, places
    places.close()


def test_home(case: Application, visit: Visit) -> None:
    """The start page names every resource that can be opened from it, even if it has no records yet."""
    for flags in ((), ("--seed", "2")):
        app = visit(case, *flags).open()
        assert app.errors() == []
        for _, page in case.pages():
            if not page.parent_names and page.may("list"):
                assert page.title[:20] in app.text, page.module


def test_lists(tour: Tour) -> None:
    """Each list shows its records by name; a nested one asks for the parent first."""
    app, places = tour
    for place in places:
        page = place.page
        app.open(page.module, places.address(place))
        assert app.module == page.module
        assert app.errors() == [], page.module
        if page.may("list") and place.records:
            assert page.label(place.records[0]) in shown(app), page.module
        if place.parents:
            app.open(page.module)
            assert app.errors() == [], page.module


def test_empty_lists(case: Application, visit: Visit) -> None:
    app = visit(case)
    for module, page in case.pages():
        app.open(module)
        assert app.errors() == [], module
        if page.may("create") and not page.parent_names:
            app.open(module, view="new")
            assert app.errors() == [], module


def test_records(tour: Tour) -> None:
    """Each record opens, and shows its label."""
    app, places = tour
    for place in places:
        for record, key in zip(place.records, place.keys, strict=False):
            app.open(place.page.module, place.query, view="show", id=key)
            assert app.errors() == [], (place.page.module, key)
            if place.page.may("get"):
                assert place.page.label(record) in app.text, (place.page.module, key)


def test_untouched_forms_send_nothing(tour: Tour) -> None:
    app, places = tour
    for place in places:
        if not place.page.may_edit:
            continue
        module = place.page.module
        for key in place.keys:
            app.open(module, place.query, view="edit", id=key)
            assert app.errors() == [], (module, key)
            app.api.clear()
            app.press(f"{module}:edit:save")
            assert [each.compact for each in app.api.writes()] == [], (module, key)
            assert "nothing" in app.text.lower(), (module, key)


def test_forms_of_new_records(tour: Tour) -> None:
    """Each form for a new record opens, including nested ones, and sends nothing by itself."""
    app, places = tour
    for place in places:
        if place.page.may("create"):
            app.open(place.page.module, place.query, view="new")
            assert app.errors() == [], place.page.module
            assert app.has(f"{place.page.module}:new:save"), place.page.module
    assert app.api.writes() == []


def test_create_from_the_examples(case: Application, visit: Visit) -> None:
    """The definition's examples can be entered, are sent exactly as written, and are accepted."""
    if case.project.case == "all_of_hard":
        return  # each is a case of its own
    for _, page in case.pages():
        example = examples(case.project).get(page.forms.create)
        if page.may("create") and isinstance(example, dict):
            # The seed provides the records for references and parents; without it, no key is in use.
            is_seeded = page.parent_names or page.about.refers
            app = visit(case, *(("--seed", "3") if is_seeded else ()))
            places = Places(case, app.api)
            place = places.place(page)
            places.close()
            if place is not None:
                create(app, page, place, typed(page, place, example, list(places.pages.values())))
        leave()


def create(app: App, page: Any, place: Place, example: dict[str, Any]) -> None:
    core = app.application.module("_core")
    app.open(page.module, place.query, view="new")
    sent = Filling(app).fill(page.shape("create"), example)
    app.api.clear()
    app.press(f"{page.module}:new:save")
    (write,) = app.api.writes()
    assert written(core, core.loads(write.body)) == written(core, sent), page.module
    if app.application.project.case != "mutual_tls":  # there is no certificate for it
        assert 200 <= write.status < 300, (page.module, app.errors())


def typed(page: Any, place: Place, example: dict[str, Any], pages: list[Any]) -> dict[str, Any]:
    """Return an example without a key that is in use, and without references to records that do not exist."""
    required = page.shape("create").fields
    example = {
        name: value
        for at, (name, value) in enumerate(example.items())
        if at < MOST or (name in required and required[name].is_required)
    }
    is_above = any(each.about.parent == page.module for each in pages)
    inside = {each.path[0] for each in page.about.refers if len(each.path) > 1}
    return {
        name: value
        for name, value in example.items()
        if name not in inside
        and not (is_above and isinstance(value, list))
        and not (name == page.about.key and page.key(example) in place.keys)
    }


def written(core: object, value: object) -> str:
    """Return a value as JSON, digit for digit, with its members sorted by name."""
    if isinstance(value, dict):
        inside = (f"{name!r}: {written(core, value[name])}" for name in sorted(value))
        return "{" + ", ".join(inside) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(written(core, each) for each in value) + "]"
    return str(core.dumps(value))  # type: ignore[attr-defined]


def shown(app: App) -> str:
    """Return the visible text, with line breaks in values replaced by a blank."""
    return " ".join(app.text.split())
