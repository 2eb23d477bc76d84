"""The building blocks of the commands. Nothing here depends on a particular resource.

Each name is loaded on first use, so that printing help loads hardly any of them.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .app import App, pass_app
    from .group import Command, Group, Root
    from .inputs import (
        all_pages,
        attribute_argument,
        attribute_option,
        body_options,
        changes_options,
        condition_options,
        export_options,
        files_option,
        import_options,
        list_options,
        message_options,
        prune_option,
        value_options,
        wait_options,
        watch_options,
    )
    from .options import Field, Filter, Form, Key, fields, filters
    from .params import (
        Boolean,
        Choice,
        Date,
        DateTime,
        Integer,
        JSONValue,
        Number,
        Text,
        UUIDText,
    )

__all__ = [
    "App",
    "Boolean",
    "Choice",
    "Command",
    "Date",
    "DateTime",
    "Field",
    "Filter",
    "Form",
    "Group",
    "Integer",
    "JSONValue",
    "Key",
    "Number",
    "Root",
    "Text",
    "UUIDText",
    "all_pages",
    "attribute_argument",
    "attribute_option",
    "body_options",
    "changes_options",
    "condition_options",
    "export_options",
    "fields",
    "files_option",
    "filters",
    "import_options",
    "list_options",
    "message_options",
    "pass_app",
    "prune_option",
    "value_options",
    "wait_options",
    "watch_options",
]

_MODULES = {
    "all_pages": "inputs",
    "App": "app",
    "pass_app": "app",
    "Command": "group",
    "Group": "group",
    "Root": "group",
    "Field": "options",
    "Filter": "options",
    "Form": "options",
    "Key": "options",
    "attribute_argument": "inputs",
    "attribute_option": "inputs",
    "body_options": "inputs",
    "changes_options": "inputs",
    "condition_options": "inputs",
    "export_options": "inputs",
    "fields": "options",
    "filters": "options",
    "files_option": "inputs",
    "import_options": "inputs",
    "list_options": "inputs",
    "message_options": "inputs",
    "prune_option": "inputs",
    "value_options": "inputs",
    "wait_options": "inputs",
    "watch_options": "inputs",
    "Boolean": "params",
    "Choice": "params",
    "Date": "params",
    "DateTime": "params",
    "Integer": "params",
    "JSONValue": "params",
    "Number": "params",
    "Text": "params",
    "UUIDText": "params",
}
"""The module of each name."""


def __getattr__(name: str) -> object:
    if name not in _MODULES:
        raise AttributeError(f"{__name__} has no {name}")
    return getattr(importlib.import_module(f".{_MODULES[name]}", __name__), name)
