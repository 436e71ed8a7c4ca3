"""Composition of config files: bases merged key by key, and programmes that contradict each other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from schoolsim.config.errors import ConfigIssue
from schoolsim.config.names import SECTIONS, TABLES
from schoolsim.config.source import ConfigSource
from schoolsim.parameters.values import shown

NOT_INHERITED = ("title", "description", "expects")
"""Keys that describe one file alone and are not passed on to files based on it."""

LEADING_KEYS = {"design": "kind", "population": "source"}
"""A file that sets this key of a table starts that table afresh, since the other keys depend on it."""


@dataclass(frozen=True)
class BaseProgramme:
    """One programme among the bases of a file.

    Args:
        name: Its name in the file's `base`.
        position: Its position there.
        levers: Levers it sets, together with its own bases.
    """

    name: str
    position: int
    levers: Mapping[str, object]


def is_programme(path: Path) -> bool:
    """Whether a config file is a programme: it is in a folder of that name."""
    return path.parent.name == "programmes"


def lever_conflicts(programmes: Sequence[BaseProgramme], own_levers: object) -> Iterator[ConfigIssue]:
    """Levers that two base programmes set to different values and the file itself does not set.

    A lever has one value in a system. Elsewhere a later base simply wins; between programmes that
    would quietly run something else than both.

    Args:
        programmes: The programmes the file is based on.
        own_levers: The `[levers]` of the file itself.
    """
    settled = own_levers if isinstance(own_levers, Mapping) else {}
    first_by_lever: dict[str, BaseProgramme] = {}
    for programme in programmes:
        for name, value in programme.levers.items():
            first = first_by_lever.setdefault(name, programme)
            if first.levers[name] != value and name not in settled:
                message = (
                    f'base: "{name}" is {shown(first.levers[name])} in {first.name} and {shown(value)} in '
                    f"{programme.name}, and can have one value: set it under [levers] here."
                )
                yield ConfigIssue(("base", programme.position), message)


class MergedConfig:
    """The data of several config files, and the file that each key of it came from.

    Sources add up, since all of them are to be cited; a `[[linked]]` group takes its parameters
    over from earlier files; a list of tables replaces an earlier one as a whole.
    """

    def __init__(self, sources: Iterable[ConfigSource]) -> None:
        """Merge `sources`, each checked already, key by key; the last one wins."""
        self.data: dict[str, Any] = {}
        self._origins: dict[tuple[str | int, ...], ConfigSource] = {}
        self._last = ConfigSource({})
        for source in sources:
            self._last = source
            for key in NOT_INHERITED:
                self.data.pop(key, None)
            self._release_linked(source)
            for key, value in source.data.items():
                if key != "base":
                    self._add(source, key, value)

    def located(self, issue: ConfigIssue) -> str:
        """The message of an issue with the file and line that set its key in front of it."""
        for depth in (2, 1):
            if issue.path[:depth] in self._origins:
                return self._origins[issue.path[:depth]].located(issue)
        return self._last.located(issue)

    def _add(self, source: ConfigSource, key: str, value: Any) -> None:
        if key == "sources":
            value = list(dict.fromkeys([*self.data.get(key, []), *value]))
        if key not in TABLES:
            self.data[key] = value
            self._origins[(key,)] = source
            return
        afresh = LEADING_KEYS.get(key) in value
        kept: Mapping[str, Any] = {} if afresh else self.data.get(key, {})
        self.data[key] = {**kept, **value}
        self._origins.setdefault((key,), source)
        self._origins.update({(key, name): source for name in value})

    def _release_linked(self, source: ConfigSource) -> None:
        """Drop earlier settings of the parameters that `source` links."""
        names = {name for group in source.data.get("linked", []) for name in group["parameters"]}
        for section in SECTIONS:
            if section in self.data:
                earlier = self.data[section].items()
                self.data[section] = {name: item for name, item in earlier if name not in names}
