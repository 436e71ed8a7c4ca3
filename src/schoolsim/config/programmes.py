"""Programmes side by side: each `[[programmes]]` table written out as levers under the programme's name."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import TYPE_CHECKING

from schoolsim.config.errors import ConfigIssue, ConfigIssuesError
from schoolsim.config.schema import ProgrammeTable
from schoolsim.config.settings import Setting
from schoolsim.parameters.errors import ConfigError
from schoolsim.parameters.registry import PROGRAMME_NAME, parameter
from schoolsim.parameters.values import Value, printable, shown

if TYPE_CHECKING:
    from schoolsim.config.study import StudyConfig


@dataclass
class WrittenOut:
    """What the tables stand for.

    Args:
        levers: Settings of levers, under names such as `beacon/funding.purse`.
        shared: What the configs they use set of the whole system.
        sources: Works that the configs cite.
    """

    levers: dict[str, Setting] = field(default_factory=dict)
    shared: dict[str, Value] = field(default_factory=dict)
    sources: list[str] = field(default_factory=list)


def written_out(tables: Sequence[ProgrammeTable], load: Callable[[str], StudyConfig]) -> WrittenOut:
    """The programmes of a study as levers with names.

    What a table says itself wins over the config it uses.

    Args:
        tables: One a programme.
        load: Reads the config that a table uses.

    Raises:
        ConfigIssuesError: Everything that is wrong, each with its path below `programmes`.
    """
    out = WrittenOut()
    issues: list[ConfigIssue] = []
    names: set[str] = set()
    for place, table in enumerate(tables):
        name = table.name or PurePath(table.use).stem
        key = "name" if table.name else "use"
        if not name:
            issues.append(ConfigIssue((place,), '[[programmes]] needs use = "a programme", or a name and levers.'))
        elif not PROGRAMME_NAME.fullmatch(name):
            message = f"[[programmes]] {printable(name)} cannot be the name of a programme: small letters, digits and _"
            issues.append(ConfigIssue((place, key), f'{message}, a letter first. Give it one: name = "north".'))
        elif name in names:
            message = f'[[programmes]] there are two programmes called {name}: give this one a name = "{name}_2".'
            issues.append(ConfigIssue((place, key), message))
        else:
            names.add(name)
            try:
                _add(out, name, table, load)
            except ConfigIssuesError as error:
                issues += [ConfigIssue((place, *issue.path), issue.message) for issue in error.issues]
    if issues:
        raise ConfigIssuesError(issues)
    return out


def _add(out: WrittenOut, name: str, table: ProgrammeTable, load: Callable[[str], StudyConfig]) -> None:
    """Write out one programme."""
    levers: dict[str, Setting] = {}
    if table.use:
        try:
            config = load(table.use)
        except ConfigError as error:
            raise ConfigIssuesError([ConfigIssue(("use",), f"[[programmes]] use: {error}")]) from None
        for lever, value in config.fixed().items():
            if parameter(lever).scope != "system":
                levers[lever] = value
            elif out.shared.setdefault(lever, value) != value:
                message = (
                    f'[[programmes]] use: "{lever}" is the whole system\'s, and {printable(table.use)} sets it to '
                    f"{shown(value)} where another programme has {shown(out.shared[lever])}."
                )
                raise ConfigIssuesError([ConfigIssue(("use",), message)])
        out.sources += [work for work in config.sources if work not in out.sources]
    levers |= table.placed() | table.levers
    if not levers:
        message = f"[[programmes]] {name} sets no lever: it would be no programme."
        raise ConfigIssuesError([ConfigIssue((), message)])
    out.levers |= {f"{name}/{lever}": setting for lever, setting in levers.items()}
