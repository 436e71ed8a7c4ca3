"""Finding config files: beside the file that names them, in ./configs, or among the shipped ones."""

from __future__ import annotations

import itertools
import os
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from schoolsim.config.parsing import SUFFIX, read_toml
from schoolsim.parameters.errors import ConfigError, UserError, did_you_mean
from schoolsim.parameters.files import FileError, MissingFileError, display_path, regular_file_error, user_path
from schoolsim.parameters.values import printable

KINDS = ("programmes", "settings", "studies", "evaluations", "figures", "populations")
"""The folders of a `configs` folder."""

MOST_ENTRIES = 5_000
"""Files and folders looked at in one search for names; in a larger folder the others are not offered."""

DEEPEST_FOLDER = 4
"""Folders inside one another that a search for names enters."""


@dataclass(frozen=True)
class ConfigEntry:
    """A config that can be run or built on by name."""

    name: str
    title: str
    description: str
    sources: tuple[str, ...]
    path: Path
    problem: str = ""


def config_folders() -> list[Path]:
    """The `configs` folders there are, the user's own first, then the shipped one."""
    # An installed wheel carries its configs inside the package; a source tree, at its root.
    inside = Path(str(files("schoolsim"))) / "configs"
    shipped = inside if inside.is_dir() else inside.parents[2] / "configs"
    folders = [Path.cwd() / "configs", shipped]
    return [folder for folder in dict.fromkeys(folders) if folder.is_dir()]


def find_config(name: str, beside: Path) -> Path:
    """The config file that `name` refers to; `.toml` may be left out.

    Args:
        name: A path, or a name such as `programmes/beacon`, or `beacon` where one config alone is called so.
        beside: The folder a relative path starts from.

    Raises:
        ConfigError: There is none, or several; the message lists where it looked and the nearest name.
    """
    name = full_name(name, beside)
    spellings = [name] if name.endswith(SUFFIX) else [f"{name}{SUFFIX}"]
    folders = [beside, *config_folders()]
    path, problem = _first_regular(spellings, folders)
    if path is not None:
        return path
    if problem is None and name not in spellings:
        other, problem = _first_regular([name], folders)
        if other is not None:
            problem = FileError(other, f"is no config: the name of a config ends in {SUFFIX}")
    shown_name = printable(name)
    if problem is not None and not _is_folder(name, folders):
        raise ConfigError(f'no config file "{shown_name}": {display_path(Path(problem.path))} {problem.reason}.')
    if Path(name).is_absolute():
        folders = [Path(name).parent]
    searched = ", ".join(_folder_words(folder) for folder in dict.fromkeys(folders))
    raise ConfigError(f'no config file "{shown_name}"; looked in {searched}.{_hint(name, folders)}')


def full_name(name: str, beside: Path) -> str:
    """`studies/badging_funding` for `badging_funding`, where one config alone is called so.

    A path, a name with its folder, and the name of a file that is there stay as they are.

    Args:
        name: What was typed.
        beside: The folder a relative path starts from.

    Raises:
        ConfigError: Several configs are called so.
    """
    if "/" in name or Path(name).suffix or regular_file_error(beside / f"{name}{SUFFIX}") is None:
        return name
    names = [full for full in config_paths() if full.rpartition("/")[2] == name]
    if len(names) > 1:
        raise ConfigError(f'"{name}" may be {" or ".join(names)}: type the whole name.')
    return names[0] if names else name


def find_data_file(name: str, beside: Path) -> Path:
    """The file that comes with the configs under the path `name`, such as `calibration/posterior.csv`.

    Raises:
        ConfigError: There is none.
    """
    folders = [beside, *config_folders()]
    path, _ = _first_regular([name], folders)
    if path is None:
        searched = ", ".join(_folder_words(folder) for folder in dict.fromkeys(folders))
        raise ConfigError(f'no file "{printable(name)}"; looked in {searched}.')
    return path


def config_paths(kind: str | None = None) -> dict[str, Path]:
    """Path by name of the configs that can be given by name, in order; a user's own hides a shipped one.

    Args:
        kind: One of `KINDS`, or None for all of them.

    Raises:
        UserError: There is no such kind.
    """
    if kind is not None and kind not in KINDS:
        known = ", ".join(KINDS)
        hint = did_you_mean(kind, KINDS)
        raise UserError(f'no kind of config is called "{printable(kind)}"; there are {known}.{hint}')
    paths: dict[str, Path] = {}
    for root in config_folders():
        for folder in KINDS if kind is None else (kind,):
            for name, path in _named(root / folder, root):
                paths.setdefault(name, path)
    return dict(sorted(paths.items()))


def list_configs(kind: str | None = None) -> list[ConfigEntry]:
    """The configs that can be given by name, each with its title and first line, in order.

    Args:
        kind: One of `KINDS`, or None for all of them.

    Raises:
        UserError: There is no such kind.
    """
    return [_entry(name, path) for name, path in config_paths(kind).items()]


def _first_regular(spellings: list[str], folders: list[Path]) -> tuple[Path | None, FileError | None]:
    """The first regular file of these names, or else what is wrong with the first that is there."""
    problem: FileError | None = None
    for folder in dict.fromkeys(folders):
        for spelling in spellings:
            try:
                path = user_path(spelling, folder)
            except FileError as error:
                raise ConfigError(f"no config file: {error}") from None
            obstacle = regular_file_error(path)
            if obstacle is None:
                return path, None
            if problem is None and not isinstance(obstacle, MissingFileError):
                problem = obstacle
    return None, problem


def _named(folder: Path, root: Path, deepest: int = DEEPEST_FOLDER) -> Iterator[tuple[str, Path]]:
    """Name and path of the configs below `folder`, as far as a search goes; names start from `root`."""
    for path in _toml_files(folder, deepest):
        yield path.relative_to(root).with_suffix("").as_posix(), path


def _toml_files(folder: Path, deepest: int) -> list[Path]:
    """The TOML files below `folder`, within the limits of a search; links to folders are not followed."""
    paths: list[Path] = []
    folders = [(folder, 1)]
    entries = 0
    while folders and entries < MOST_ENTRIES:
        current, depth = folders.pop()
        try:
            with os.scandir(current) as listing:
                found = list(itertools.islice(listing, MOST_ENTRIES - entries))
        except OSError:
            continue
        entries += len(found)
        for entry in found:
            if entry.is_dir(follow_symlinks=False):
                if depth < deepest:
                    folders.append((current / entry.name, depth + 1))
            elif entry.name.endswith(SUFFIX):
                paths.append(current / entry.name)
    return sorted(paths)


def _entry(name: str, path: Path) -> ConfigEntry:
    try:
        data = read_toml(path).data
    except ConfigError as error:
        return ConfigEntry(name, "", "", (), path, problem=f"cannot be read: {error}")
    line = str(data.get("description", "")).strip().partition("\n")[0]
    sources = data.get("sources", [])
    texts = tuple(str(source) for source in sources) if isinstance(sources, list) else ()
    return ConfigEntry(name, str(data.get("title", name)), line, texts, path)


def _is_folder(name: str, folders: list[Path]) -> bool:
    return any(_folder(name, folder) for folder in folders)


def _folder(name: str, beside: Path) -> Path | None:
    """The folder of this name, if there is one that can be looked into."""
    try:
        path = user_path(name, beside)
        return path if path.is_dir() else None
    except (FileError, OSError):
        return None


def _hint(name: str, folders: list[Path]) -> str:
    """What to try instead of `name`, with a leading space; nothing when no config is near."""
    folder = next((path for beside in folders if (path := _folder(name, beside)) is not None), None)
    if folder is not None:
        inside = [known for known, _ in _named(folder, folder, deepest=2)][:10]
        listed = ", ".join(f"{printable(name).rstrip('/')}/{printable(known)}" for known in inside)
        return f' "{printable(name)}" is a folder; it holds {listed or "no config files"}.'
    path = user_path(name, folders[0])
    neighbours = [other.stem for other in _toml_files(path.parent, deepest=1)]
    close = did_you_mean(path.name.removesuffix(SUFFIX), neighbours)
    known = [known for root in config_folders() for known, _ in _named(root, root)]
    return close or did_you_mean(name.removesuffix(SUFFIX), known)


def _folder_words(folder: Path) -> str:
    return "the current folder" if folder == Path.cwd() else f"{display_path(folder).rstrip('/')}/"
