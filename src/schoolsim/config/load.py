"""Loading of a config: its bases are found, each file is checked, and the merged study is validated."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from schoolsim.config.composition import NOT_INHERITED, BaseProgramme, ConfigTree, MergedConfig, is_programme
from schoolsim.config.errors import (
    MOST_MESSAGES,
    ConfigIssue,
    ConfigIssuesError,
    first_issues,
    issues_from_pydantic,
    joined_messages,
)
from schoolsim.config.locate import config_folders, find_config
from schoolsim.config.parsing import MOST_BYTES, parse_toml
from schoolsim.config.positions import MOST_VALUES, KeyPath
from schoolsim.config.programmes import written_out
from schoolsim.config.schema import ConfigFile
from schoolsim.config.source import ConfigSource, make_source, read_source
from schoolsim.config.study import StudyConfig
from schoolsim.config.validation import file_issues, unknown_name_issues
from schoolsim.config.whole_configs import Loaded, linked_tables
from schoolsim.parameters.errors import ConfigError
from schoolsim.parameters.files import display_path
from schoolsim.parameters.registry import parameter
from schoolsim.parameters.values import shown

MOST_BASES = 64
"""Bases of one file."""

MOST_FILES = 64
"""Files a config is built of."""

Check = Callable[[StudyConfig], Iterable[ConfigIssue]]

TEXT = "the text"
"""What messages call a config that is given as text."""

DEEPEST_BASE = 32
"""Files on top of one another."""


def load_config(
    source: str | Path,
    *,
    outcomes: Collection[str] | None = None,
    figures: Collection[str] | None = None,
    check: Check | None = None,
    must_exist: bool = True,
) -> StudyConfig:
    """Load a study, programme or setting, with everything it is based on.

    Args:
        source: Path of a TOML file, or a name such as `programmes/beacon`, looked for from the
            current folder, then in ./configs, then among the shipped configs.
        outcomes: Names of the outcomes there are; when given, others are a mistake.
        figures: Kinds of figure there are; when given, others are a mistake.
        check: What else is a mistake in the resolved study, such as `schoolsim.figures.checks.figure_issues`.
        must_exist: Whether the data files it names must be there; a stored study can be
            opened without them, but not run.

    Returns:
        The resolved study. Later files win key by key: a base named later over one named
        earlier, and the file itself over all its bases.

    Raises:
        ConfigError: Something is wrong; the message lists the mistakes, one a line, with file, line,
            key, what is allowed and the nearest name. Beyond `errors.MOST_MESSAGES` they are counted.
    """
    path = find_config(str(source), Path.cwd())
    merged = _merged(path, must_exist=must_exist)
    return _resolved(merged, path.parent, outcomes=outcomes, figures=figures, check=check)


def _merged(path: Path, *, must_exist: bool) -> MergedConfig:
    """A file merged with everything it is based on."""
    loader = _Loader(must_exist=must_exist, project=[Path.cwd(), path.parent, *config_folders()])
    merged = loader.merged(loader.read(path, ()))
    merged.data.setdefault("title", path.stem)
    return merged


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
        ConfigError: Something is wrong; the message lists the mistakes, one a line.
    """
    loader = _Loader(must_exist=True, project=[Path.cwd(), *config_folders()])
    source = make_source(data)
    merged = loader.merged(loader.add(source, ()), [] if on is None else [ConfigSource(on.to_mapping())])
    if on is not None:
        base = on.to_mapping()
        merged.data = {
            **{key: base[key] for key in NOT_INHERITED if key in base},
            **merged.data,
        }
    return _resolved(merged, Path.cwd(), outcomes=outcomes, figures=figures)


def config_from_text(text: str) -> StudyConfig:
    """A study from the text of a config file; relative paths start from the current folder.

    Raises:
        ConfigError: Something is wrong; the message lists the mistakes, with the line of the text.
    """
    path = Path(TEXT)
    if len(text.encode()) > MOST_BYTES:
        raise ConfigError(f"{TEXT}: holds more than {MOST_BYTES:,} bytes.")
    file = parse_toml(text.replace("\r\n", "\n"), TEXT)
    loader = _Loader(must_exist=True, project=[Path.cwd(), *config_folders()])
    merged = loader.merged(loader.add(make_source(file.data, path, file.lines), ()))
    return _resolved(merged, Path.cwd(), outcomes=None, figures=None)


def _set_by(path: Path) -> Loaded:
    """What a config that is a level of a factor is called, and what it sets."""
    merged = _merged(path, must_exist=True)
    if "factors" in merged.data:
        raise ConfigError(f"{display_path(path)} has [factors] itself, and cannot be a level of one.")
    config = _resolved(merged, path.parent, outcomes=None, figures=None)
    if config.axes():
        raise ConfigError(f"{display_path(path)} varies {config.axes()[0]}, and cannot be a level of a factor.")
    return config.title, config.fixed()


def _used(name: str, beside: Path) -> StudyConfig:
    """The config that a `[[programmes]]` table uses."""
    path = find_config(name, beside)
    merged = _merged(path, must_exist=True)
    if "programmes" in merged.data:
        raise ConfigError(f"{display_path(path)} has [[programmes]] itself, and cannot be used as one.")
    config = _resolved(merged, path.parent, outcomes=None, figures=None)
    if config.axes():
        raise ConfigError(f"{display_path(path)} varies {config.axes()[0]}, and cannot be used as a programme.")
    return config


def _refuse_unnamed(factors: Iterable[Mapping[str, Any]]) -> None:
    """Refuse factors whose configs set levers without a programme's name, beside programmes that have one."""
    for factor in factors:
        for name in factor["parameters"]:
            if "/" not in name and parameter(name).scope != "system":
                message = (
                    f"[factors] {shown(factor['name'])} sets {shown(name)}, which would be every programme's of "
                    f'[[programmes]]: vary "NAME/{name}" under [levers] instead.'
                )
                raise ConfigIssuesError([ConfigIssue((factor["name"],), message)])


def _resolved(
    merged: MergedConfig,
    beside: Path,
    *,
    outcomes: Collection[str] | None,
    figures: Collection[str] | None,
    check: Check | None = None,
) -> StudyConfig:
    """The study that the merged files make; paths of configs in `[factors]` start from the folder `beside`."""
    try:
        factors = linked_tables(merged.data.get("factors", {}), beside, _set_by)
        if "programmes" in merged.data:
            _refuse_unnamed(factors)
        merged.link(factors)
    except ConfigIssuesError as error:
        raise ConfigError(joined_messages(merged.located(issue.under("factors")) for issue in error.issues)) from None
    try:
        if "programmes" in merged.data:
            tables = ConfigFile.model_validate({"programmes": merged.data["programmes"]}).programmes
            merged.write_out(written_out(tables, lambda name: _used(name, beside)))
    except ConfigIssuesError as error:
        raise ConfigError(
            joined_messages(merged.located(issue.under("programmes")) for issue in error.issues)
        ) from None
    try:
        study = StudyConfig.model_validate(dict(merged.data))
        unknown = unknown_name_issues(study, outcomes=outcomes, figures=figures)
        issues = first_issues([*unknown, *(check(study) if check else ())])
    except ValidationError as error:
        issues = issues_from_pydantic(error, merged.data, StudyConfig)
    if issues:
        raise ConfigError(joined_messages(merged.located(issue) for issue in issues))
    return study


class _Loader:
    """Reads a file and its bases, each file once, and collects what is wrong in any of them."""

    def __init__(self, *, must_exist: bool, project: Iterable[Path]) -> None:
        """Begin.

        Args:
            must_exist: Whether the data files that are named must be there.
            project: Folders of the user's project; messages repeat nothing of a file elsewhere that may be
                something else than a config.
        """
        self._must_exist = must_exist
        self._project = [folder.resolve() for folder in project]
        self._trees: dict[Path, ConfigTree | None] = {}
        self._bytes = self._values = 0
        self._full = False
        self.messages: list[str] = []

    def read(self, path: Path, chain: tuple[Path, ...]) -> ConfigTree | None:
        """Read the file at `path` and its bases; `chain` holds the files that led to it."""
        resolved = path.resolve()
        if resolved not in self._trees:
            self._trees[resolved] = None
            quote = any(resolved.is_relative_to(folder) for folder in self._project)
            try:
                source = read_source(path, quote=quote, limit=MOST_BYTES - self._bytes)
            except ConfigError as error:
                self.messages.append(str(error))
            else:
                self._bytes += source.size
                self._values += len(source.lines)
                if self._values > MOST_VALUES:
                    self._full = True
                    self._report(source, (), f"with the files before it holds more than {MOST_VALUES:,} values.")
                self._trees[resolved] = self.add(source, (*chain, resolved))
        return self._trees[resolved]

    def add(self, source: ConfigSource, chain: tuple[Path, ...]) -> ConfigTree:
        """Read the bases of `source`; `chain` is how it was reached, itself last."""
        tree = ConfigTree(source)
        base = source.data.get("base", [])
        names = [base] if isinstance(base, str) else base
        if not isinstance(names, list | tuple) or not all(isinstance(name, str) for name in names):
            names = []
            self._report(source, ("base",), "base must be a name in quotes, or a list of them.")
        elif len(names) > MOST_BASES:
            names = []
            self._report(source, ("base",), f"base lists more than {MOST_BASES} files.")
        for position, name in enumerate(names):
            if self._full or len(self.messages) >= MOST_MESSAGES:
                break
            self._add_base(tree, name, ("base",) if isinstance(base, str) else ("base", position), chain)
        issues = file_issues(source, must_exist=self._must_exist)
        self.messages += [source.located(issue) for issue in issues]
        return tree

    def merged(self, tree: ConfigTree | None, before: Sequence[ConfigSource] = ()) -> MergedConfig:
        """The config merged with all its bases, on top of the sources `before` it.

        Raises:
            ConfigError: Anything is wrong in any of them.
        """
        if tree is not None and not self.messages:
            for part in tree.reading_order():
                self.messages += [part.source.located(issue) for issue in first_issues(part.lever_conflicts())]
        if tree is None or self.messages:
            raise ConfigError(joined_messages(self.messages))
        return tree.merged(before)

    def _add_base(self, tree: ConfigTree, name: str, key: KeyPath, chain: tuple[Path, ...]) -> None:
        """Find and read one base of `tree`."""
        try:
            path = find_config(name, tree.source.folder)
        except ConfigError as error:
            self._report(tree.source, key, f"base: {error}")
            return
        resolved = path.resolve()
        if resolved in chain:
            self._report(tree.source, key, f"base goes round in a circle: {_circle(chain, resolved)}.")
            return
        if len(chain) >= DEEPEST_BASE or len(self._trees) >= MOST_FILES:
            self._full = True
            message = f"more than {MOST_FILES} files, or more than {DEEPEST_BASE} on top of one another."
            self._report(tree.source, key, f"base: a config cannot be built of {message}")
            return
        base = self.read(path, chain)
        if base is not None:
            tree.bases.append(base)
            if is_programme(path):
                position = key[1] if len(key) > 1 else 0
                tree.programmes.append(BaseProgramme(name, int(position), base))

    def _report(self, source: ConfigSource, path: KeyPath, message: str) -> None:
        self.messages.append(source.located(ConfigIssue(path, message)))


def _circle(chain: tuple[Path, ...], path: Path) -> str:
    """The files from the first mention of `path` to the second."""
    files = [*chain[chain.index(path) :], path]
    return " -> ".join(display_path(file) for file in files)
