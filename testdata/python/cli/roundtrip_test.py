"""Values arrive at the server unchanged: every property from flags and from a file, every filter, every attribute."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, quote, unquote, urlsplit

import click
import pytest
from click.testing import Result
from projects import Mock, Project, serving
from samples import Samples, examples, nested

MAX_ATTRIBUTES = 10


class Trip:
    """One group of commands against a mock with records."""

    def __init__(self, project: Project, mock: Mock, word: str, group: click.Group) -> None:
        self.project = project
        self.mock = mock
        self.word = word
        self.group = group
        self.core = project.module("_core")
        self.samples = Samples(project)
        self.resource: Any = group.about
        self.key: str = group.about.key
        self.module: Any = project.module(f"resources.{group.about.module}")

    def command(self, name: str) -> click.Command | None:
        return self.group.commands.get(name)

    def run(self, *words: object, stdin: str | None = None) -> Result:
        result = self.project.run(
            self.word, words[0], "-o", "json", *words[1:], url=self.mock.url, stdin=stdin
        )
        assert result.exit_code in {0, 4, 5}, result.output
        return result

    def ok(self, *words: object, stdin: str | None = None) -> Any:
        result = self.run(*words, stdin=stdin)
        assert result.exit_code == 0, f"{words}: {result.output}"
        return self.core.loads(result.stdout) if result.stdout.strip() else None

    def parents(self) -> list[str] | None:
        """Return the keys of the parent records, or None if there is no way to create them."""
        any_command = next(iter(self.group.commands.values()))
        keys = [param for param in any_command.params if isinstance(param, self.samples.kit.Key)]
        above = keys if any_command.name in {"list", "create"} else keys[:-1]
        found: list[str] = []
        groups = dict(self.project.groups())
        for key in above:
            owner = next(
                word
                for word, group in groups.items()
                if group.about.key == key.wire and group is not self.group
            )
            if "list" not in groups[owner].commands:
                return None
            listed = self.project.run(owner, "list", *found, "-o", "json", url=self.mock.url)
            records = self.core.loads(listed.stdout) if listed.exit_code == 0 else []
            if not records:
                return None
            found.append(str(records[0][key.wire]))
        return found

    def arrived(self, method: str) -> str:
        """Return the body of the last request of a method, without white space between its parts."""
        body = [one for one in self.mock.requests() if one["method"] == method][-1]["body"]
        text: str = self.core.dumps(self.core.loads(body))
        return text


@pytest.fixture
def trips(case: Project) -> Any:
    """Each group of a case against a mock with two records of each resource."""
    with serving(case.definitions, "--seed", "2") as mock:
        yield [Trip(case, mock, word, group) for word, group in case.groups()]


def test_create(trips: list[Trip], tmp_path: Path) -> None:
    for trip in trips:
        command, above = trip.command("create"), trip.parents()
        if command is None or above is None:
            continue
        values = trip.samples.body(command)
        given: dict[tuple[str, ...], Any] = {}
        words: list[str] = []
        for option in command.params:
            wire = getattr(option, "wire", None)
            more = trip.samples.words(option, values[wire]) if wire in values else None  # type: ignore[arg-type]
            if more is not None:
                words += more
                given[wire] = values[wire]  # type: ignore[index]
        words += required_filters(trip, command)
        whole = nested(given)
        created = trip.run("create", *above, *words)
        assert trip.arrived("POST") == trip.core.dumps(whole), created.output

        file = tmp_path / "body.json"
        file.write_text(trip.core.dumps(whole, 2), encoding="utf-8")
        again = trip.run("create", *above, "-f", file, *required_filters(trip, command))
        assert trip.arrived("POST") == trip.core.dumps(whole), again.output

        example = examples(trip.project)[form_name(trip, command)]
        if example is not None:
            file.write_text(trip.core.dumps(example), encoding="utf-8")
            made = trip.run("create", *above, "-f", file, *required_filters(trip, command))
            needs_certificate = "client certificate" in made.output
            assert trip.mock.last()["status"] in {201, 409} or needs_certificate, made.output
            assert trip.arrived("POST") == trip.core.dumps(example)

        yaml = trip.project.module("cli.kit.yaml_text").dump(whole)
        trip.run("create", *above, "-f", "-", *required_filters(trip, command), stdin=yaml)
        assert trip.arrived("POST") == trip.core.dumps(whole)


def form_name(trip: Trip, command: click.Command) -> str:
    name: str = trip.project.module("cli.kit.options").form_of(command.params).name
    return name


def required_filters(trip: Trip, command: click.Command) -> list[str]:
    words: list[str] = []
    for option in command.params:
        if isinstance(option, trip.samples.kit.Filter) and option.is_required:
            words += trip.samples.words(option, sample_of(trip, option)) or []
    return words


def sample_of(trip: Trip, option: click.Option) -> Any:
    """Return a value that the type of a filter accepts."""
    kit = trip.samples.kit
    if option.is_flag:
        return False
    one: Any = "a,b|c é&=" if option.place == "query" else "a,b|c"
    kind = option.type
    if isinstance(kind, kit.Choice):
        one = next(iter(kind.values.values()))
    elif isinstance(kind, kit.Integer | kit.Number):
        bound = kind.minimum if kind.minimum is not None else kind.maximum
        one = trip.core.loads(str(bound)) if bound is not None else 7
    elif isinstance(kind, kit.Boolean):
        one = True
    elif isinstance(kind, kit.Date):
        one = "2026-12-24"
    elif isinstance(kind, kit.DateTime):
        one = "2026-12-24T18:00:00+01:00"
    elif isinstance(kind, kit.UUIDText):
        one = "0B8EA1D6-3c5f-4e57-9d1c-6a2f0f5b7c41"
    elif isinstance(kind, kit.JSONValue):
        one = {"a": "b c"} if "object" in kind.kinds else ["x", "y"]
    elif isinstance(kind, kit.Text) and kind.min_length and kind.min_length > len(one):
        one = "x" * kind.min_length
    if isinstance(kind, kit.Text) and kind.max_length is not None:
        one = one[: kind.max_length]
    return [one, one] if option.multiple else one


def test_list_with_every_filter(trips: list[Trip]) -> None:
    for trip in trips:
        command, above = trip.command("list"), trip.parents()
        if command is None or above is None:
            continue
        needed = required_filters(trip, command)
        trip.run("list", *above, *needed)
        for option in command.params:
            if not isinstance(option, trip.samples.kit.Filter) or option.is_required:
                continue
            value = sample_of(trip, option)
            result = trip.run("list", *above, *needed, *(trip.samples.words(option, value) or []))
            last = trip.mock.last()
            assert arrived_as(trip, option, last) == sent_as(trip, value), (
                option.wire,
                last,
                result.output,
            )


def arrived_as(trip: Trip, option: Any, request: dict[str, Any]) -> Any:
    """Return what the server received for a parameter, as the texts of its items."""
    name = option.wire[0]
    operation = trip.module.LIST
    parameter = next(
        one for one in operation.parameters if one.name == name and one.place == option.place
    )
    if option.place == "header":
        values = request["headers"].get(name.title()) or next(
            v for k, v in request["headers"].items() if k.lower() == name.lower()
        )
        return [unquote(item) for item in values[0].split(",")] if option.multiple else values
    if option.place == "cookie":
        return [
            part.partition("=")[2]
            for part in request["headers"]["Cookie"][0].split("; ")
            if part.startswith(f"{name}=")
        ]
    query = urlsplit(request["path"]).query
    pairs = parse_qsl(query, keep_blank_values=True)
    if parameter.style == "deepObject" or isinstance(option.type, trip.samples.kit.JSONValue):
        return query != ""
    if option.multiple and not parameter.explode:
        raw = next(
            pair.partition("=")[2]
            for pair in query.split("&")
            if unquote(pair.partition("=")[0]) == name
        )
        mark = {"pipeDelimited": "%7C", "spaceDelimited": "%20"}.get(parameter.style, ",")
        return [unquote(item) for item in raw.split(mark)]
    return [value for key, value in pairs if key == name]


def sent_as(trip: Trip, value: Any) -> Any:
    if isinstance(value, dict) or (isinstance(value, list) and value == ["x", "y"]):
        return True
    items = value if isinstance(value, list) else [value]
    return [item if isinstance(item, str) else trip.core.dumps(item) for item in items]


def keys_of(trip: Trip, above: list[str]) -> list[str]:
    """Return the keys of existing records."""
    command = trip.command("list")
    if command is None:
        return []
    listed = trip.ok("list", *above, *required_filters(trip, command))
    return [key_text(record[trip.key]) for record in listed if trip.key in record]


def key_text(key: Any) -> str:
    return key if isinstance(key, str) else json.dumps(key)


def test_get_replace_update_delete(trips: list[Trip]) -> None:
    for trip in trips:
        above = trip.parents()
        keys = keys_of(trip, above) if above is not None else []
        if above is None or not keys or keys[0] in {"", ".", ".."}:
            continue
        line = [*above, "--", keys[0]] if keys[0].startswith("-") else [*above, keys[0]]
        if trip.command("get"):
            record = trip.ok("get", *required_filters(trip, trip.group.commands["get"]), *line)
            assert key_text(record[trip.key]) == keys[0]
            if trip.command("replace"):
                text = trip.core.dumps(record)
                words = [trip.word, "replace", "-f", "-", *line]
                done = trip.project.run(*words, url=trip.mock.url, stdin=text)
                assert done.exit_code in {0, 4} or "Error: missing: --" in done.output, done.output
                if done.exit_code != 2:
                    check_replaced(trip, record)
        if trip.command("exists"):
            assert not hasattr(trip.module, "EXISTS") or trip.run("exists", *line).exit_code == 0
        if trip.command("update"):
            check_updated(trip, line)
        if trip.command("delete"):
            path = trip.mock.url
            assert path
            trip.run("delete", "--yes", *line)
            last = trip.mock.last()
            assert last["method"] == "DELETE"
            assert last["path"].rpartition("/")[2].partition("?")[0] == quote(keys[0], safe="")


def test_apply_what_is_there(trips: list[Trip]) -> None:
    """The output of list can be applied without differences, whatever the schema is."""
    for trip in trips:
        command, above = trip.command("apply"), trip.parents()
        listing = trip.command("list")
        if command is None or listing is None or above is None:
            continue
        records = trip.ok("list", *above, *required_filters(trip, listing))
        records = [each for each in records if each.get(trip.key) not in {None, "", ".", ".."}]
        text = trip.core.dumps(records)
        before = len(trip.mock.writes())
        words = ["apply", "-f", "-", *required_filters(trip, command), *above]
        outcomes = trip.ok(*words, stdin=text)
        assert [each["action"] for each in outcomes] == ["unchanged"] * len(records), trip.word
        assert len(trip.mock.writes()) == before


def check_replaced(trip: Trip, record: dict[str, Any]) -> None:
    sent = [one for one in trip.mock.requests() if one["method"] == "PUT"]
    if not sent:  # the server never returns a required member: the command says which
        return
    arrived = trip.core.loads(sent[-1]["body"])
    form = trip.project.module("cli.kit.options").form_of(trip.group.commands["replace"].params)
    known = trip.samples.forms.names(trip.samples.forms.named(form.name))
    for name, value in arrived.items():
        if not isinstance(value, dict | list):
            assert trip.core.dumps(value) == trip.core.dumps(record[name]), name
    assert {name for name in record if name in known} <= set(arrived)
    assert trip.key in known or trip.key not in arrived


def check_updated(trip: Trip, line: list[str]) -> None:
    command = trip.group.commands["update"]
    values = trip.samples.body(command)
    for option in command.params:
        if not isinstance(option, trip.samples.kit.Field) or option.wire not in values:
            continue
        words = trip.samples.words(option, values[option.wire])
        if words is None:
            continue
        wanted = nested({option.wire: values[option.wire]})
        trip.run("update", *words, *line)
        assert patched(trip, wanted) == trip.core.dumps(wanted), option.wire
        written = trip.project.module("cli.kit.paths").written(option.wire)
        trip.run("update", f"--null={written}", *line)
        assert trip.arrived("PATCH") == trip.core.dumps(nested({option.wire: None})), option.wire
        assigned = trip.samples.text(trip.samples.kit.JSONValue(), values[option.wire])
        trip.run("update", f"-F{written}:={assigned}", *line)
        assert patched(trip, wanted) == trip.core.dumps(wanted), option.wire


def patched(trip: Trip, wanted: Any) -> str:
    """Return the last patch without the nulls for members of other alternatives."""
    text: str = trip.core.dumps(stayed(trip.core.loads(trip.arrived("PATCH")), wanted))
    return text


def stayed(value: Any, wanted: Any) -> Any:
    if not isinstance(value, dict) or not isinstance(wanted, dict):
        return value
    return {
        name: stayed(member, wanted.get(name))
        for name, member in value.items()
        if member is not None or name in wanted
    }


def test_attributes(trips: list[Trip]) -> None:
    for trip in trips:
        above = trip.parents()
        keys = keys_of(trip, above) if above is not None else []
        if above is None or not keys or keys[0] in {"", ".", ".."} or keys[0].startswith("-"):
            continue
        attributes = getattr(trip.module, "ATTRIBUTES", {})
        line = [*above, keys[0]]
        record = (
            trip.ok("get", *required_filters(trip, trip.group.commands["get"]), *line)
            if trip.command("get")
            else {}
        )
        for name, attribute in list(attributes.items())[:MAX_ATTRIBUTES]:
            if attribute.get and name in record:
                assert trip.core.dumps(
                    trip.ok(
                        "get",
                        *required_filters(trip, trip.group.commands["get"]),
                        *line,
                        f"--attr={name}",
                    )
                ) == trip.core.dumps(record[name])
            if attribute.set and record.get(name) is not None:
                value = record[name]
                text = value if isinstance(value, str) else trip.core.dumps(value)
                schema = trip.samples.forms.at(trip.samples.forms.named(trip.resource.form), [name])
                if isinstance(value, str) and trip.samples.forms.kinds(schema) - {"string", "null"}:
                    text = trip.core.dumps(value)
                trip.run("set", "--", *line, name, text)
                assert trip.arrived("PUT") == trip.core.dumps(value), name
            if attribute.unset:
                trip.run("unset", *line, "--", name)
                assert trip.mock.last()["method"] == "DELETE"
