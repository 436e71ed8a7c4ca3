"""Several config files as one: later wins, key by key."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from schoolsim.config.errors import Fault
from schoolsim.config.names import SECTIONS, TABLES
from schoolsim.config.source import Sheet

OWN = ("title", "description", "expects")
"""Keys that speak of one file alone and are not passed on to files based on it."""

LEADING = {"design": "kind", "population": "source"}
"""A file that sets this key of a table starts that table afresh: the rest hangs on it."""


class Merged:
    """The data of several sheets, and which sheet each key of it came from.

    Sources add up, since all of them are to be cited; a `[[linked]]` group takes its parameters
    over from earlier files; a list of tables replaces an earlier one as a whole.
    """

    def __init__(self, sheets: Iterable[Sheet]) -> None:
        """Put `sheets`, each checked already, on top of one another; the last one wins."""
        self.data: dict[str, Any] = {}
        self._origins: dict[tuple[str | int, ...], Sheet] = {}
        self._last = Sheet({})
        for sheet in sheets:
            self._last = sheet
            for key in OWN:
                self.data.pop(key, None)
            self._free_linked(sheet)
            for key, value in sheet.data.items():
                if key != "base":
                    self._add(sheet, key, value)

    def told(self, fault: Fault) -> str:
        """The fault with the file and line that set its key in front of it."""
        for depth in (2, 1):
            if fault.path[:depth] in self._origins:
                return self._origins[fault.path[:depth]].told(fault)
        return self._last.told(fault)

    def _add(self, sheet: Sheet, key: str, value: Any) -> None:
        if key == "sources":
            value = list(dict.fromkeys([*self.data.get(key, []), *value]))
        if key not in TABLES:
            self.data[key] = value
            self._origins[(key,)] = sheet
            return
        fresh = LEADING.get(key) in value
        kept: Mapping[str, Any] = {} if fresh else self.data.get(key, {})
        self.data[key] = {**kept, **value}
        self._origins.setdefault((key,), sheet)
        self._origins.update({(key, inner): sheet for inner in value})

    def _free_linked(self, sheet: Sheet) -> None:
        names = {name for group in sheet.data.get("linked", []) for name in group["parameters"]}
        for section in SECTIONS:
            if section in self.data:
                earlier = self.data[section].items()
                self.data[section] = {name: item for name, item in earlier if name not in names}
