"""Composition of config files: bases merged key by key, and programmes that contradict each other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from schoolsim.config.errors import ConfigIssue, ConfigIssuesError
from schoolsim.config.names import SECTIONS, TABLES, section_of
from schoolsim.config.programmes import WrittenOut
from schoolsim.config.source import ConfigSource
from schoolsim.parameters.files import display_path
from schoolsim.parameters.registry import parameter
from schoolsim.parameters.values import printable, shown

NOT_INHERITED = ("title", "description", "expects")
"""Keys that describe one file alone and are not passed on to files based on it."""

LEADING_KEYS = {"design": "kind", "population": "source"}
"""A file that sets this key of a table starts that table afresh, since the other keys depend on it."""


def is_programme(path: Path) -> bool:
    """Whether a config file is a programme: it is in a folder of that name."""
    return path.parent.name == "programmes"


class MergedConfig:
    """The data of several config files, and the file that each key of it came from.

    Sources add up, since all of them are to be cited; a `[[linked]]` group takes its parameters
    over from earlier files; a list of tables replaces an earlier one as a whole.
    """

    def __init__(self, sources: Iterable[ConfigSource]) -> None:
        """Merge `sources`, each checked already, key by key; the last one wins.

        A source that is a base by several routes need be there once, at its last place: whatever it sets
        is set there again.
        """
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

    def link(self, tables: Sequence[dict[str, Any]]) -> None:
        """Put factors of whole configs among the linked ones, in place of `[factors]`.

        What a base sets of their parameters is the factor's now; what the file itself sets stays, and is a mistake.
        """
        if not tables:
            self.data.pop("factors", None)
            return
        names = {name for table in tables for name in table["parameters"]}
        for section in SECTIONS:
            if section in self.data:
                self.data[section] = {
                    name: value
                    for name, value in self.data[section].items()
                    if name not in names or self._origins.get((section, name)) is self._last
                }
        self.data["linked"] = [*self.data.get("linked", []), *tables]
        self.data.pop("factors")

    def write_out(self, programmes: WrittenOut) -> None:
        """Put the levers of named programmes among the others, in place of `[[programmes]]`.

        A lever that the study sets or links under the programme's name stays as it is there.

        Raises:
            ConfigIssuesError: A base is a programme too, whose levers would be those of all.
        """
        tables = self._origins[("programmes",)]
        issues = [
            ConfigIssue(
                (),
                f"{shown(name)} comes from {display_path(source.path)}, a base, and would be every programme's: "
                f'give that its own [[programmes]] table, use = "{source.path.stem}".',
            )
            for (section, name), source in self._named_origins()
            if section == "levers" and source.path is not None and is_programme(source.path)
            and parameter(name).scope != "system"
        ]  # fmt: skip
        if issues:
            raise ConfigIssuesError(issues[:1])
        linked = {name for group in self.data.get("linked", []) for name in group["parameters"]}
        for name, setting in {**programmes.levers, **programmes.shared}.items():
            section = section_of(parameter(name))
            settings = self.data.setdefault(section, {})
            if name not in settings and name not in linked:
                settings[name] = setting
                self._origins[(section, name)] = tables
        if programmes.sources:
            self.data["sources"] = list(dict.fromkeys([*self.data.get("sources", []), *programmes.sources]))
        del self.data["programmes"]

    def _named_origins(self) -> Iterator[tuple[tuple[str, str], ConfigSource]]:
        for path, source in self._origins.items():
            if len(path) == 2 and path[0] in SECTIONS and path[1] in self.data.get(path[0], {}):
                yield (str(path[0]), str(path[1])), source

    def _release_linked(self, source: ConfigSource) -> None:
        """Drop earlier settings of the parameters that `source` links."""
        names = {name for group in source.data.get("linked", []) for name in group["parameters"]}
        for section in SECTIONS:
            if section in self.data:
                earlier = self.data[section].items()
                self.data[section] = {name: item for name, item in earlier if name not in names}


@dataclass(eq=False)
class ConfigTree:
    """A config file and the files it is based on; a file that is a base twice is one object.

    Args:
        source: The file itself.
        bases: Its bases, in the order it names them.
        programmes: Those of them that are programmes.
    """

    source: ConfigSource
    bases: list[ConfigTree] = field(default_factory=list)
    programmes: list[BaseProgramme] = field(default_factory=list)

    def merged(self, before: Sequence[ConfigSource] = ()) -> MergedConfig:
        """The file merged with all its bases, on top of the sources `before` it."""
        merged = MergedConfig([*before, *self.merging_order()])
        works = [*before, *(tree.source for tree in self.reading_order())]
        cited = dict.fromkeys(work for source in works for work in source.data.get("sources", []))
        if "sources" in merged.data:
            merged.data["sources"] = list(cited)
        return merged

    def merging_order(self) -> list[ConfigSource]:
        """The files in the order they are merged: each once, where it is named last."""
        order: dict[ConfigTree, None] = {}

        def visit(tree: ConfigTree) -> None:
            if tree not in order:
                order[tree] = None
                for base in reversed(tree.bases):
                    visit(base)

        visit(self)
        return [tree.source for tree in reversed(order)]

    def reading_order(self) -> list[ConfigTree]:
        """The files in the order they are read: each once, where it is named first."""
        order: dict[ConfigTree, None] = {}

        def visit(tree: ConfigTree) -> None:
            if tree not in order:
                for base in tree.bases:
                    visit(base)
                order[tree] = None

        visit(self)
        return list(order)

    def lever_conflicts(self) -> Iterator[ConfigIssue]:
        """Levers that two base programmes set to different values and the file itself does not set.

        A lever has one value in a system. Elsewhere a later base simply wins; between programmes that
        would quietly run something else than both.
        """
        own_levers = self.source.data.get("levers", {})
        first_by_lever: dict[str, tuple[str, object]] = {}
        for programme in self.programmes:
            levers: Mapping[str, object] = programme.tree.merged().data.get("levers", {})
            for name, value in levers.items():
                first, first_value = first_by_lever.setdefault(name, (programme.name, value))
                if first_value != value and name not in own_levers:
                    values = (
                        f"{shown(first_value)} in {printable(first)} and {shown(value)} in {printable(programme.name)}"
                    )
                    message = f"base: {shown(name)} is {values}, and can have one value: set it under [levers] here"
                    message += ", or give each programme a [[programmes]] table of its own."
                    yield ConfigIssue(("base", programme.position), message)


@dataclass(frozen=True, eq=False)
class BaseProgramme:
    """One programme among the bases of a file.

    Args:
        name: Its name in the file's `base`.
        position: Its position there.
        tree: The programme with its own bases.
    """

    name: str
    position: int
    tree: ConfigTree
