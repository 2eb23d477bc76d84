"""Unions and closed schemas: what the documents accept can be expressed, and nothing else is accepted."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from projects import Mock, project
from running import compact, loaded

RECORDS = """{"animals": [
    {"animal_id": "tom", "species": "cat", "purrs": true},
    {"animal_id": "rex", "species": "dog", "barks": true, "chip": "7"},
    {"animal_id": "joe", "species": "fish", "water": "salt"}]}"""


class Zoo:
    """The animals, which are cats, dogs or fish; a fish has only its water."""

    def __init__(self, mock: Mock) -> None:
        self.mock = mock

    def run(self, *words: object, stdin: str | None = None) -> Result:
        return project("polymorphic").run("animals", *words, url=self.mock.url, stdin=stdin)

    def get(self, key: str) -> Any:
        return json.loads(self.run("get", key, "-o", "json").stdout)


@pytest.fixture
def zoo(tmp_path: Path) -> Iterator[Zoo]:
    with loaded(project("polymorphic"), tmp_path, RECORDS) as mock:
        yield Zoo(mock)


def test_a_table_shows_what_all_have(zoo: Zoo) -> None:
    lines = zoo.run("list", "-o", "table").stdout.split("\n")
    assert [line.split() for line in lines[:3]] == [
        ["animal_id", "species"],
        ["tom", "cat"],
        ["rex", "dog"],
    ]


def test_what_all_have_is_asked_for(zoo: Zoo) -> None:
    assert "--species [cat|dog|fish]" in zoo.run("create", "--help").stdout
    assert "Error: missing: --species." in zoo.run("create", "-F", "purrs=true").stderr
    assert zoo.mock.writes() == []


def test_the_template_is_a_record(zoo: Zoo, tmp_path: Path) -> None:
    cli = project("polymorphic")
    text = cli.run("schema", "animals", "--for", "create", "--template").stdout
    assert zoo.run("create", "-f", "-", stdin=text).exit_code == 0, text
    assert compact(zoo.mock.last()["body"]) == '{"species":"cat","purrs":false}'


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--species", "fish", "-F", "purrs=true"], '"purrs" is not an allowed property'),
        (["--species", "fish", "-F", "water=hot"], 'must be one of "fresh" or "salt"'),
        (["--species", "cat"], '"purrs" is required'),
        (
            ["-f", "-"],
            '-F species: "species" must be one of "cat", "dog" or "fish"',
        ),
    ],
)
def test_what_none_of_them_is(zoo: Zoo, words: list[str], told: str) -> None:
    done = zoo.run("create", *words, stdin='{"species": "bird"}')
    assert done.exit_code == 4, done.output
    assert told in done.stderr.replace("--species:", "-F species:")


@pytest.mark.parametrize(
    ("key", "words", "sent", "record"),
    [
        (
            "tom",
            ["--species", "dog", "-F", "barks=true"],
            {"species": "dog", "barks": True, "purrs": None, "water": None},
            {"species": "dog", "barks": True, "chip": "chip"},
        ),
        (
            "rex",
            ["--species", "fish", "-F", "water=fresh"],
            {"species": "fish", "water": "fresh", "purrs": None, "barks": None},
            {"species": "fish", "water": "fresh"},
        ),
        (
            "joe",
            ["--species", "cat", "-F", "purrs=false"],
            {"species": "cat", "purrs": False, "barks": None, "water": None},
            {"species": "cat", "purrs": False},
        ),
    ],
)
def test_one_becomes_another(
    zoo: Zoo, key: str, words: list[str], sent: dict[str, Any], record: dict[str, Any]
) -> None:
    done = zoo.run("update", key, *words)
    assert done.exit_code == 0, done.output
    assert json.loads(zoo.mock.last()["body"]) == sent
    assert zoo.get(key) == {"animal_id": key} | record


def test_all_or_none_of_several(zoo: Zoo) -> None:
    good = {"animal_id": "tom", "species": "fish"}
    done = zoo.run(
        "update-all", "-f", "-", stdin=json.dumps([good, {"animal_id": "joe", "purrs": 1}])
    )
    assert done.exit_code == 4, done.output
    assert zoo.get("tom")["species"] == "cat"
    done = zoo.run("update-all", "-f", "-", stdin=json.dumps([good]))
    assert done.exit_code == 0, done.output
    assert zoo.get("tom") == good


def test_apply_and_replace(zoo: Zoo) -> None:
    fish = "{animal_id: rex, species: fish}"
    done = zoo.run("apply", "-f", "-", "--yes", stdin=fish)
    assert done.exit_code == 0, done.output
    assert zoo.get("rex") == {"animal_id": "rex", "species": "fish"}
    assert zoo.run("apply", "-f", "-", "--yes", stdin=fish).stderr == "1 unchanged\n"
    assert zoo.run("replace", "rex", "--species", "cat", "-F", "purrs=true").exit_code == 0
    assert zoo.get("rex") == {"animal_id": "rex", "species": "cat", "purrs": True}


def test_one_for_the_other_in_one_patch(tmp_path: Path) -> None:
    cli = project("patches")
    with loaded(cli, tmp_path, '{"notices": [{"notice_id": "n", "data": 5}]}') as mock:
        words = ["notices", "update", "n", "--data-base64", "NQ=="]
        assert cli.run(*words, url=mock.url).exit_code == 4, "the record would have both"
        done = cli.run(*words, "--null", "data", "-o", "json", url=mock.url)
        assert compact(done.stdout).strip() == '{"notice_id":"n","data_base64":"NQ=="}'


@pytest.mark.parametrize(
    ("words", "fault"),
    [
        (["readings", "create", "--celsius", "5", "-F", "kelvin=3"], "kelvin"),
        (["rules", "create", "--allow.from", "a", "--deny.from", "b"], "at most"),
        (["thresholds", "create", "--low", "1", "-F", "up=2"], "up"),
        (["parcels", "create", "--weight", "1", "-F", "size=2"], "size"),
    ],
)
def test_what_a_closed_record_has_no_place_for(
    tmp_path: Path, words: list[str], fault: str
) -> None:
    cli = project("closed_keys")
    with loaded(cli, tmp_path, "{}") as mock:
        done = cli.run(*words, url=mock.url)
        assert done.exit_code == 4, done.output
        assert fault in done.stderr
        assert cli.run(*words[:4], "-o", "json", url=mock.url).exit_code == 0


@pytest.mark.parametrize(
    ("value", "told"),
    [
        ({"species": "cat"}, [("/purrs", "is required")]),
        ({"species": "dog"}, [("/barks", "is required")]),
        ({"species": "dog", "barks": 1}, [("/barks", "1 is not boolean")]),
        ({"species": "fish", "water": "hot"}, [("/water", '"hot" is not one of "fresh", "salt"')]),
        ({"species": "fish"}, []),
    ],
)
def test_a_fault_is_told_of_what_it_says_it_is(value: Any, told: list[tuple[str, str]]) -> None:
    forms = project("polymorphic").module("_core.forms").load()
    assert forms.check(forms.named("CreateAnimal"), value) == told
