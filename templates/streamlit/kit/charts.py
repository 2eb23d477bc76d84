"""Charts of the displayed records: the count of each value, and numbers over time."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

import streamlit as st

from . import columns, references, table, words

if TYPE_CHECKING:
    from ..._core import JSON
    from .page import Record, ResourcePage
    from .shapes import Shape

_MOST = 12
"""The most values that a chart has bars for."""


@dataclass(frozen=True)
class Chart:
    """A chart: the number of records for each value of a member, or a number over the dates of another member."""

    member: str
    over: str = ""


def offered(page: ResourcePage) -> dict[Chart, str]:
    """Return the charts that the members of a resource allow, with their titles."""
    fields = {name: page.shape("read").fields[name] for name in columns.offered(page)}
    found = {
        Chart(name): f"Number by {_title(page, name)}"
        for name, shape in fields.items()
        if shape.kind == "boolean" or (shape.kind == "enum" and 1 < len(shape.enum) <= _MOST)
    }
    times = [name for name, shape in fields.items() if shape.format in {"date", "date-time"}]
    for name, shape in fields.items():
        if shape.kind in {"integer", "number"} and name != page.about.key:
            for over in times[:2]:
                title = f"{columns.title(page, name)} over {_title(page, over)}"
                found[Chart(name, over)] = title
    return found


def draw(page: ResourcePage, found: Sequence[Record], total: int | None) -> None:
    """Draw a chart, and the choice of it."""
    charts = offered(page)
    titles = references.unique(
        {f"{each.member}\0{each.over}": title for each, title in charts.items()}
    )
    by_name = {f"{each.member}\0{each.over}": each for each in charts}
    chosen = st.selectbox(
        "Chart",
        list(by_name),
        format_func=references.namer(titles),
        key=f"{page.module}:list:chart",
        label_visibility="collapsed",
        width=320,
    )
    chart = by_name[chosen]
    shape = page.shape("read").fields[chart.member]
    if chart.over:
        _lines(page, found, chart)
    else:
        _bars(page, found, chart.member, shape)
    if total is None or total > len(found):
        count = words.counted(len(found), page.about.singular, page.about.plural)
        st.caption(words.plain(f"Only the {count} on this page are counted."))


def _bars(page: ResourcePage, found: Sequence[Record], member: str, shape: Shape) -> None:
    """Draw the number of records for each value, in the order of the definition."""
    known = ["Yes", "No"] if shape.kind == "boolean" else [shape.named(each) for each in shape.enum]
    counts = Counter(_name(shape, record.get(member)) for record in found)
    names = [*known, *(name for name in counts if name not in known)]
    x = columns.title(page, member)
    y = "Number" if x != "Number" else "Count"
    table.bars({x: [words.cut(name, 40) for name in names], y: [counts[n] for n in names]}, x, y)
    st.text(", ".join(f"{name}: {counts[name]:,}" for name in names))


def _lines(page: ResourcePage, found: Sequence[Record], chart: Chart) -> None:
    """Draw a number over time. Records without both values are left out, and counted."""
    points = [
        (when, value)
        for record in found
        if (when := _when(record.get(chart.over))) is not None
        and (value := _number(record.get(chart.member))) is not None
    ]
    if len(points) < 2:
        st.info("There are not enough values here for a line.", icon=":material/show_chart:")
        return
    points.sort()
    x, y = columns.title(page, chart.over), columns.title(page, chart.member)
    y = y if y != x else f"{y} (number)"
    table.line({x: [when for when, _ in points], y: [value for _, value in points]}, x, y)
    if len(points) < len(found):
        st.text(f"{len(found) - len(points):,} without both values are left out.")


def _title(page: ResourcePage, name: str) -> str:
    title = columns.title(page, name)
    return title if title[:2].isupper() else title[:1].lower() + title[1:]


def _name(shape: Shape, value: JSON) -> str:
    if value is None:
        return "None"
    if isinstance(value, bool) and shape.kind == "boolean":
        return "Yes" if value else "No"
    return shape.named(value)


def _when(value: JSON) -> datetime.datetime | None:
    """Return a date or a time in UTC, as a position on an axis."""
    try:
        when = datetime.datetime.fromisoformat(value) if isinstance(value, str) else None
        if when is None:
            return None
        return when.replace(tzinfo=when.tzinfo or datetime.UTC).astimezone(datetime.UTC)
    except (ValueError, OverflowError):  # in UTC, it may be before the first year or after the last
        return None


def _number(value: JSON) -> float | None:
    """Return a number as a position on an axis, where lost digits do not matter."""
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        return None
    number = Decimal(str(value))
    # With a huge exponent, arithmetic with Decimal raises an error, but comparison does not.
    return float(number) if number.copy_abs() < Decimal("1e300") else None
