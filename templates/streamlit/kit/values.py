"""The display of values on the page of a record, according to their schemas, and never as Markdown."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import streamlit as st

from ..._core import dumps
from . import address, cells, icons, records, secrecy, words
from .page import page_of
from .shapes import Shape

if TYPE_CHECKING:
    from ..._core import JSON
    from .page import ResourcePage

NOTHING = "–"
_LONG = 90
_MANY = 12


def readable(shape: Shape, value: JSON) -> str:
    """Return a value as one line of text."""
    if value is None:
        return "none"
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if shape.kind == "enum":
        return shape.named(value)
    if isinstance(value, str) and shape.format == "date-time":
        return cells.moment(value)
    if isinstance(value, list) and all(not isinstance(each, list | dict) for each in value):
        return ", ".join(words.line(words.text(each)) for each in value)
    return words.line(words.text(value))


def is_wide(shape: Shape, value: JSON) -> bool:
    """Report whether a value needs the full width."""
    if isinstance(value, str):
        return len(value) > _LONG or "\n" in value
    if isinstance(value, list):
        return (
            any(isinstance(each, list | dict) for each in value)
            or len(readable(shape, value)) > _LONG
        )
    return isinstance(value, dict)


def draw(page: ResourcePage, shape: Shape, value: JSON, path: tuple[str, ...]) -> None:
    """Draw a member with its title above it."""
    steps = "".join(f"/{words.key_part(step)}" for step in path)
    with st.container(gap=None, key=f"{page.module}:show:{steps}"):
        st.caption(words.plain(shape.title))
        _body(page, shape, value, path)


def _body(page: ResourcePage, shape: Shape, value: JSON, path: tuple[str, ...]) -> None:
    if shape.is_secret:
        st.text(secrecy.MARK)
    elif value is None:
        st.text("none")
    elif _reference(page, value, path):
        return
    elif isinstance(value, dict):
        _object(page, shape, value, path)
    elif isinstance(value, list):
        _list(page, shape, value, path)
    else:
        _scalar(shape, value)


def _scalar(shape: Shape, value: JSON) -> None:
    text = readable(shape, value)
    if shape.kind == "enum":
        st.badge(words.plain(text), color=cells.color(shape, value))
    elif isinstance(value, str) and "\n" in value:
        st.code(words.text(value), language=None, wrap_lines=True)
    elif isinstance(value, str) and cells.is_link(value):
        st.page_link(value, label=words.plain(text), icon=":material/open_in_new:")
    elif shape.is_binary and isinstance(value, str):
        st.text(cells.size(value))
    else:
        st.text(text if text else NOTHING)


def _list(page: ResourcePage, shape: Shape, value: list[JSON], path: tuple[str, ...]) -> None:
    if not value:
        st.text("empty")
    elif all(not isinstance(each, list | dict) for each in value):
        item = shape.item
        with st.container(horizontal=True, gap="small"):
            for i, each in enumerate(value[:_MANY]):
                if not _reference(page, each, (*path, str(i))):
                    st.badge(
                        words.plain(words.cut(readable(item, each), _LONG)) or "(empty)",
                        color=cells.color(item, each) if item.kind == "enum" else "gray",
                    )
            if len(value) > _MANY:
                st.text(f"and {len(value) - _MANY} more")
    else:
        for i, each in enumerate(value[:_MANY]):
            with st.container(border=True):
                part = shape.items[i] if i < len(shape.items) else shape.item
                _body(page, part.of(each), each, (*path, str(i)))
        if len(value) > _MANY:
            st.text(f"and {len(value) - _MANY} more, see the JSON below")


def _object(
    page: ResourcePage, shape: Shape, value: dict[str, JSON], path: tuple[str, ...]
) -> None:
    if not value:
        st.text("empty")
        return
    if len(path) > 3:
        st.code(dumps(value, 2), language="json", wrap_lines=True)
        return
    fields = shape.of(value).fields
    with st.container(border=len(path) > 0):
        grid(page, {name: fields.get(name) or unlisted(shape, name) for name in value}, value, path)


def unlisted(shape: Shape, name: str) -> Shape:
    """Return the shape of a member that the schema does not list."""
    schema = shape.extra.source if shape.extra is not None else True
    return Shape(shape.forms, {"allOf": [schema], "title": name})


def grid(
    page: ResourcePage,
    shapes: Mapping[str, Shape],
    record: Mapping[str, JSON],
    path: tuple[str, ...] = (),
) -> None:
    """Draw the members of an object in three columns, and wide ones below each other."""
    row: list[str] = []
    for name, shape in shapes.items():
        if name in record and is_wide(shape, record[name]) and not shape.is_secret:
            _row(page, shapes, record, path, row)
            row = []
            draw(page, shape, record[name], (*path, name))
        else:
            row.append(name)
            if len(row) == 3:
                _row(page, shapes, record, path, row)
                row = []
    _row(page, shapes, record, path, row)


def _row(
    page: ResourcePage,
    shapes: Mapping[str, Shape],
    record: Mapping[str, JSON],
    path: tuple[str, ...],
    names: list[str],
) -> None:
    if not names:
        return
    for column, name in zip(st.columns(3), names, strict=False):
        with column:
            if name in record:
                draw(page, shapes[name], record[name], (*path, name))
            else:
                _absent(shapes[name])


def _absent(shape: Shape) -> None:
    with st.container(gap=None):
        st.caption(words.plain(shape.title))
        st.text(secrecy.MARK if shape.is_secret else NOTHING)


def _reference(page: ResourcePage, value: JSON, path: tuple[str, ...]) -> bool:
    """Draw a reference as a link to the record, and report whether the value is one."""
    steps = [step for step in path if not step.isdigit()]
    found = next((each for each in page.about.refers if list(each.path) == steps), None)
    if found is None or not isinstance(value, str | int) or isinstance(value, bool):
        return False
    if isinstance(value, str) and not words.is_encodable(value):
        return False
    other = page_of(found.resource)
    if (
        not other.may("get")
        or len(other.operation("get").keys) != 1
        or found.member != other.about.key
    ):
        return False
    names = records.labels(found.resource, [value], found.member)
    if names.get(str(value), "") is None:
        st.text(f"{words.text(value)} (not found)")
        return True
    st.page_link(
        address.file(found.resource),
        label=words.plain(names.get(str(value)) or words.text(value)),
        icon=icons.of(found.resource, other.icon),
        query_params=address.query(address.SHOW, value),
    )
    return True
