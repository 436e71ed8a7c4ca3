"""Loading of a config: its bases are found, each file is checked, and the merged study is validated."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from schoolsim.config.composition import NOT_INHERITED, BaseProgramme, MergedConfig, is_programme, lever_conflicts
from schoolsim.config.errors import ConfigIssue, issues_from_pydantic
from schoolsim.config.locate import display_path, find_config
from schoolsim.config.source import ConfigSource, make_source, read_source
from schoolsim.config.study import StudyConfig
from schoolsim.config.validation import file_issues, unknown_name_issues
from schoolsim.parameters.errors import ConfigError


def load_config(
    source: str | Path,
    *,
    outcomes: Collection[str] | None = None,
    figures: Collection[str] | None = None,
    must_exist: bool = True,
) -> StudyConfig:
    """Load a study, programme or setting, with everything it is based on.

    Args:
        source: Path of a TOML file, or a name such as `programmes/beacon`, looked for from the
            current folder, then in ./configs, then among the shipped configs.
        outcomes: Names of the outcomes there are; when given, others are a mistake.
        figures: Kinds of figure there are; when given, others are a mistake.
        must_exist: Whether the data files it names must be there; a stored study can be
            opened without them, but not run.

    Returns:
        The resolved study. Later files win key by key: a base named later over one named
        earlier, and the file itself over all its bases.

    Raises:
        ConfigError: Something is wrong; the message tells every mistake, one a line, with
            file, line, key, what is allowed and the nearest name.
    """
    reader = _Reader(must_exist=must_exist)
    path = find_config(str(source), Path.cwd())
    reader.read(path, ())
    reader.raise_if_wrong()
    merged = MergedConfig(reader.sources)
    merged.data.setdefault("title", path.stem)
    return _resolved(merged, outcomes=outcomes, figures=figures)


def config_from_mapping(
    data: Mapping[str, Any],
    *,
    on: StudyConfig | None = None,
    outcomes: Collection[str] | None = None,
    figures: Collection[str] | None = None,
) -> StudyConfig:
    """A study from Python data in the shape of a config file.

    Args:
        data: Keys and tables as in a file; relative paths start from the current folder.
        on: A study to change: `data` wins over it key by key, as a file does over its base.
        outcomes: Names of the outcomes there are; when given, others are a mistake.
        figures: Kinds of figure there are; when given, others are a mistake.

    Raises:
        ConfigError: Something is wrong; the message tells every mistake, one a line.
    """
    reader = _Reader(must_exist=True)
    reader.add(make_source(data), ())
    reader.raise_if_wrong()
    merged = MergedConfig([*([] if on is None else [ConfigSource(on.to_mapping())]), *reader.sources])
    if on is not None:
        base = on.to_mapping()
        merged.data = {
            **{key: base[key] for key in NOT_INHERITED if key in base},
            **merged.data,
        }
    return _resolved(merged, outcomes=outcomes, figures=figures)


def _resolved(
    merged: MergedConfig, *, outcomes: Collection[str] | None, figures: Collection[str] | None
) -> StudyConfig:
    """The study that the merged files make."""
    try:
        study = StudyConfig.model_validate(dict(merged.data))
        issues = list(unknown_name_issues(study, outcomes=outcomes, figures=figures))
    except ValidationError as error:
        issues = issues_from_pydantic(error, merged.data, StudyConfig)
    if issues:
        raise ConfigError("\n".join(dict.fromkeys(merged.located(issue) for issue in issues)))
    return study


@dataclass
class _Reader:
    """Reads a file and its bases, bases first, and collects what is wrong in any of them."""

    must_exist: bool
    sources: list[ConfigSource] = field(default_factory=list)
    messages: list[str] = field(default_factory=list)

    def read(self, path: Path, chain: tuple[Path, ...]) -> None:
        """Read the file at `path`; `chain` holds the files that led to it."""
        try:
            source = read_source(path)
        except ConfigError as error:
            self.messages.append(str(error))
            return
        self.add(source, (*chain, path.resolve()))

    def add(self, source: ConfigSource, chain: tuple[Path, ...]) -> None:
        """Read the bases of `source`, then keep it; `chain` is how it was reached, itself last."""
        base = source.data.get("base", [])
        names = [base] if isinstance(base, str) else base
        if not isinstance(names, list | tuple) or not all(isinstance(name, str) for name in names):
            message = "base must be a name in quotes, or a list of them."
            self.messages.append(source.located(ConfigIssue(("base",), message)))
            names = []
        programmes: list[BaseProgramme] = []
        for position, name in enumerate(names):
            key = ("base",) if isinstance(base, str) else ("base", position)
            try:
                path = find_config(name, source.folder)
            except ConfigError as error:
                self.messages.append(source.located(ConfigIssue(key, f"base: {error}")))
                continue
            if path.resolve() in chain:
                message = f"base goes round in a circle: {_circle(chain, path.resolve())}."
                self.messages.append(source.located(ConfigIssue(key, message)))
                continue
            before = len(self.sources)
            self.read(path, chain)
            if is_programme(path):
                levers = MergedConfig(self.sources[before:]).data.get("levers", {})
                programmes.append(BaseProgramme(name, position, levers))
        issues = [
            *lever_conflicts(programmes, source.data.get("levers", {})),
            *file_issues(source, must_exist=self.must_exist),
        ]
        self.messages += [source.located(issue) for issue in issues]
        self.sources.append(source)

    def raise_if_wrong(self) -> None:
        if self.messages:
            raise ConfigError("\n".join(dict.fromkeys(self.messages)))


def _circle(chain: tuple[Path, ...], path: Path) -> str:
    """The files from the first mention of `path` to the second."""
    files = [*chain[chain.index(path) :], path]
    return " -> ".join(display_path(file) for file in files)
