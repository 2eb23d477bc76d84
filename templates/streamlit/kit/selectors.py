"""The widgets for the filters of a list. Each writes to the address, from which the next run reads."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, cast

import streamlit as st

from ..._core.jsontext import dumps
from . import filters, references, words

if TYPE_CHECKING:
    from ..._core import JSON
    from ..._core.resource import Reference
    from .filters import Filter
    from .page import ResourcePage

_NARROW, _WIDE = 170, 240
_LARGEST = 2**53 - 1
_MOST = 4
"""How many filters are always shown; the others are behind a button."""
_FIRST, _LAST = datetime.date(1000, 1, 1), datetime.date(9999, 12, 31)


def draw(page: ResourcePage, known: Sequence[Filter]) -> None:
    """Draw the filters in a row that wraps."""
    if not known:
        return
    first = _first(known)
    rest = [each for each in known if each not in first]
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        for each in first:
            _draw(page, each)
        if rest:
            with st.popover("More filters", icon=":material/tune:"):
                for each in rest:
                    _draw(page, each)
        if any(each.text is not None for each in known if not each.parameter.is_sort):
            st.button(
                "Clear",
                key=f"{page.module}:list:clear",
                icon=":material/close:",
                type="tertiary",
                on_click=filters.clear,
                args=(known,),
            )
    for each in known:
        if each.fault:
            st.warning(
                words.plain(f"{each.title} is left out: {each.fault}"),
                icon=":material/filter_alt_off:",
            )


def _first(known: Sequence[Filter]) -> list[Filter]:
    """Return the filters that are always shown: the first ones, and those that are set, required, or for sorting."""
    few = known if len(known) <= _MOST + 1 else known[:_MOST]
    return [
        each
        for each in known
        if each in few
        or each.text is not None
        or each.parameter.is_required
        or each.parameter.is_sort
    ]


def _draw(page: ResourcePage, given: Filter) -> None:
    if given.secret_name:
        _password(page, given)
        return
    reference = references.of(page).get(given.parameter.name)
    if reference is not None and _reference(page, given, reference):
        return
    shape = given.shape
    if given.parameter.is_sort:
        _sort(page, given)
    elif shape.kind == "enum" and len(shape.enum) > 0:
        _choice(page, given, shape.enum, shape.named, _nothing(given))
    elif shape.kind == "boolean":
        _choice(page, given, [True, False], lambda value: "Yes" if value else "No", _nothing(given))
    elif shape.kind == "array" and shape.item.kind in {"enum", "string"}:
        _several(page, given)
    elif shape.kind == "integer" and _is_small(given):
        _integer(page, given)
    elif shape.format == "date" and _date(page, given):
        return
    else:
        _text(page, given)


def _key(page: ResourcePage, given: Filter) -> str:
    """Return the key of a widget. It changes when the address was changed by something other than the widget."""
    name = f"{page.module}:list:by:{given.parameter.name}"
    written_keys = cast(
        "dict[str, tuple[int, str | None]]",
        st.session_state.setdefault(f"{page.module}:list:written", {}),
    )
    nonce, written = written_keys.get(name, (0, None))
    if written != given.text:
        nonce += 1
    written_keys[name] = nonce, given.text
    return f"{name}:{nonce}"


def _write(page: ResourcePage, given: Filter, text: str | None) -> None:
    name = f"{page.module}:list:by:{given.parameter.name}"
    written_keys = st.session_state[f"{page.module}:list:written"]
    written_keys[name] = written_keys[name][0], text
    filters.write(given, text)


def _take(page: ResourcePage, given: Filter, key: str, encode: Callable[[Any], str | None]) -> None:
    value = st.session_state.get(key)
    _write(page, given, None if value is None else encode(value))


def _common(
    page: ResourcePage, given: Filter, encode: Callable[[Any], str | None]
) -> dict[str, Any]:
    key = _key(page, given)
    return {
        "key": key,
        "help": words.plain(given.shape.description) or None,
        "on_change": _take,
        "args": (page, given, key, encode),
    }


def _text(page: ResourcePage, given: Filter) -> None:
    shape = given.shape
    is_json = "string" not in shape.forms.kinds(cast("JSON", shape.schema)) and shape.kind not in {
        "integer",
        "number",
    }
    example = shape.example
    st.text_input(
        given.label,
        value=given.text or "",
        type="search" if given.is_search else "default",
        placeholder=f"Search by {given.title.lower()}"
        if given.is_search and given.title != filters.SEARCH
        else (
            "JSON"
            if is_json
            else f"e.g. {words.text(example)}"
            if example is not None
            else _nothing(given)
        ),
        width=_WIDE if given.is_search else _NARROW,
        **_common(page, given, lambda text: text.strip() or None),
    )


def _password(page: ResourcePage, given: Filter) -> None:
    """Draw a field for a secret, which is never sent back to the browser."""
    st.text_input(
        given.label,
        type="password",
        placeholder="Set" if given.text is not None else "",
        autocomplete="new-password",
        width=_NARROW,
        **_common(page, given, lambda text: text or None),
    )


def _nothing(given: Filter) -> str:
    """Return the placeholder of the empty field of a filter."""
    return "Choose" if given.parameter.is_required else "Any"


def _choice(
    page: ResourcePage,
    given: Filter,
    options: Sequence[JSON],
    name: Callable[[Any], str],
    nothing: str,
) -> None:
    """Draw a choice of one value. The options are texts as in the address, which are unique."""
    labels = references.unique(
        {
            filters.encoded(given.shape, each): words.line(name(each)) or "(empty)"
            for each in options
        }
    )
    _select(page, given, labels, nothing)


def _select(
    page: ResourcePage,
    given: Filter,
    labels: dict[str, str],
    nothing: str,
    *,
    is_open: bool = False,
) -> None:
    now, is_sort = given.text if given.is_set else None, given.parameter.is_sort
    if now is not None and now not in labels:
        labels = {**labels, now: now}
    listed = list(labels)
    st.selectbox(
        given.label,
        listed,
        index=listed.index(now) if now is not None else None,
        format_func=references.namer(labels),
        placeholder=nothing,
        accept_new_options=is_open,
        filter_mode="contains",
        width=_NARROW if given.shape.kind in {"enum", "boolean"} and not is_sort else _WIDE,
        **_common(page, given, str),
    )


def _reference(page: ResourcePage, given: Filter, reference: Reference) -> bool:
    """Draw a choice of the records that a parameter refers to, and report whether that is possible."""
    if given.shape.kind not in {"string", "integer"}:
        return False
    labels, has_more = references.choices(reference.resource, member=reference.member)
    if not labels:
        return False
    if given.is_set and given.text is not None and given.text not in labels:
        labels |= {given.text: given.text, **references.names(reference, [given.value])}
    _select(page, given, references.unique(labels), _nothing(given), is_open=has_more)
    return True


def _several(page: ResourcePage, given: Filter) -> None:
    """Draw a choice of several values."""
    item = given.shape.item
    now = [filters.encoded(item, each) for each in cast("list[JSON]", given.value or [])]
    named = {filters.encoded(item, each): words.line(item.named(each)) for each in item.enum}
    labels = references.unique({**named, **{each: each for each in now if each not in named}})
    is_set = len(set(now)) == len(now) and "" not in now
    if not is_set:
        _text(page, given)
        return
    st.multiselect(
        given.label,
        list(labels),
        default=now,
        format_func=references.namer(labels),
        placeholder=_nothing(given),
        accept_new_options=item.kind == "string",
        width=_WIDE,
        **_common(page, given, lambda texts: _list(given, texts)),
    )


def _list(given: Filter, texts: list[str]) -> str | None:
    item = given.shape.item
    by_text = {filters.encoded(item, each): each for each in item.enum}
    return dumps([by_text.get(text, text) for text in texts]) if texts else None


def _is_small(given: Filter) -> bool:
    """Report whether a number field can represent all values of a filter."""
    bounds = [given.shape.number(name) for name in ("minimum", "maximum")]
    there = [each for each in (*bounds, given.value) if each is not None]
    return not given.fault and all(
        isinstance(each, int) and abs(each) <= _LARGEST for each in there
    )


def _integer(page: ResourcePage, given: Filter) -> None:
    """Draw a number field. The widget does not get the bounds, since it would not report what it refuses."""
    st.number_input(
        given.label,
        value=cast("int | None", given.value),
        step=1,
        width=_NARROW,
        placeholder=_nothing(given),
        **_common(page, given, lambda number: dumps(int(number))),
    )


def _date(page: ResourcePage, given: Filter) -> bool:
    """Draw a date field, and report whether it can represent the value in the address."""
    if given.fault:
        return False
    day = datetime.date.fromisoformat(cast("str", given.value)) if given.is_set else None
    if day is not None and not _FIRST <= day <= _LAST:
        return False
    st.date_input(
        given.label,
        value=day,
        min_value=_FIRST,
        max_value=_LAST,
        format="YYYY-MM-DD",
        width=_NARROW,
        **_common(page, given, lambda chosen: cast("datetime.date", chosen).isoformat()),
    )
    return True


def _sort(page: ResourcePage, given: Filter) -> None:
    """Draw the choice of the sorting."""
    shape = given.shape.item if given.shape.kind == "array" else given.shape
    is_list = given.shape.kind == "array"
    choices: list[JSON] = list(shape.enum) or [
        text for name in _sortable(page) for text in (name, f"-{name}")
    ]
    labels = {
        filters.encoded(given.shape, [each] if is_list else each): _order(page, words.text(each))
        for each in choices
    }
    if given.is_set and given.text is not None and given.text not in labels:
        parts = given.value if isinstance(given.value, list) else [given.value]
        labels[given.text] = ", then ".join(_order(page, words.text(each)) for each in parts)
    _select(page, given, references.unique(labels), "As the server has it")


def _sortable(page: ResourcePage) -> list[str]:
    """Return the members that a list can be sorted by, if the definition does not list them."""
    fields = page.shape("read").fields
    return [
        name
        for name in page.about.columns
        if name in fields
        and fields[name].kind in {"string", "integer", "number", "boolean", "enum"}
    ]


def _order(page: ResourcePage, text: str) -> str:
    """Return the label of a sort order: Released, descending for -released."""
    name = text.lstrip("+-")
    name, _, word = name.partition(":") if name.endswith((":asc", ":desc")) else (name, "", "")
    is_down = text.startswith("-") or word == "desc"
    is_up = text.startswith("+") or word == "asc"
    shape = page.shape("read").fields.get(name)
    title = (
        shape.title
        if shape is not None
        else ", ".join(words.title(part) for part in name.split("."))
    )
    return f"{title}, descending" if is_down else f"{title}, ascending" if is_up else title
