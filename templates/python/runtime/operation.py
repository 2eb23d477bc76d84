"""An operation of the API, as a value: methods, commands and pages read the same one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Union
from urllib.parse import quote

JSON = Union[None, bool, int, float, str, Sequence["JSON"], Mapping[str, "JSON"]]


@dataclass(frozen=True)
class Operation:
    """A method and the steps of a path, in which a name in braces stands for a key."""

    method: str
    path: str
    keys: Sequence[str] = ()
    """The names in braces, in order."""
    media_type: str = "application/json"
    """Of the body."""

    def url(self, keys: Sequence[object]) -> str:
        """Return the path with its keys. A key that a server would take for another path is refused."""
        if len(keys) != len(self.keys):
            raise TypeError(f"{self.method} {self.path} takes {len(self.keys)} keys, not {len(keys)}")
        path = self.path
        for name, key in zip(self.keys, keys, strict=True):
            text = str(key)
            if text in {"", ".", ".."}:
                raise ValueError(f"{name} cannot be {text!r}")
            path = path.replace("{" + name + "}", quote(text, safe=""), 1)
        return path
