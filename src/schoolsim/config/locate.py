"""Finding config files: beside the file that names them, in ./configs, or among the shipped ones."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from schoolsim.parameters.errors import ConfigError, UserError, did_you_mean

KINDS = ("programmes", "settings", "studies", "figures", "populations")
"""The folders of a `configs` folder."""


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
    """The file that `name` refers to; `.toml` may be left out.

    Args:
        name: A path, or a name such as `programmes/beacon`.
        beside: The folder a relative path starts from.

    Raises:
        ConfigError: There is none; the message lists where it looked and the nearest name.
    """
    folders = [beside, *config_folders()]
    for folder in dict.fromkeys(folders):
        for spelling in (name, f"{name}.toml"):
            path = folder / Path(spelling).expanduser()
            if path.is_file():
                return path
    if Path(name).is_absolute():
        folders = [Path(name).parent]
    searched = ", ".join(_folder_words(folder) for folder in dict.fromkeys(folders))
    raise ConfigError(f'no config file "{name}"; looked in {searched}.{_hint(name, folders)}')


def list_configs(kind: str | None = None) -> list[ConfigEntry]:
    """The configs that can be given by name, in order; a user's own hides a shipped one of that name.

    Args:
        kind: One of `KINDS`, or None for all of them.

    Raises:
        UserError: There is no such kind.
    """
    if kind is not None and kind not in KINDS:
        known = ", ".join(KINDS)
        raise UserError(f'no kind of config is called "{kind}"; there are {known}.{did_you_mean(kind, KINDS)}')
    paths: dict[str, Path] = {}
    for root in config_folders():
        for folder in KINDS if kind is None else (kind,):
            for name, path in _named(root / folder, root):
                paths.setdefault(name, path)
    return [_entry(name, paths[name]) for name in sorted(paths)]


def display_path(path: Path) -> str:
    """A path for a message: relative to the current folder when it is below it."""
    current = Path.cwd()
    return path.relative_to(current).as_posix() if path.is_relative_to(current) else str(path)


def _named(folder: Path, root: Path) -> Iterator[tuple[str, Path]]:
    """Name and path of every config below `folder`; names start from `root`."""
    for path in sorted(folder.rglob("*.toml")):
        yield path.relative_to(root).with_suffix("").as_posix(), path


def _entry(name: str, path: Path) -> ConfigEntry:
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError) as error:
        return ConfigEntry(name, "", "", (), path, problem=f"cannot be read: {error}")
    line = str(data.get("description", "")).strip().partition("\n")[0]
    sources = data.get("sources", [])
    texts = tuple(str(source) for source in sources) if isinstance(sources, list) else ()
    return ConfigEntry(name, str(data.get("title", name)), line, texts, path)


def _hint(name: str, folders: list[Path]) -> str:
    """What to try instead of `name`, with a leading space; nothing when no config is near."""
    folder = next((folder / name for folder in folders if (folder / name).is_dir()), None)
    if folder is not None:
        inside = [known for known, _ in _named(folder, folder.parent)][:10]
        return f' "{name}" is a folder; it holds {", ".join(inside) or "no config files"}.'
    path = Path(name).expanduser()
    neighbours = [path.stem for path in sorted((folders[0] / path).parent.glob("*.toml"))]
    close = did_you_mean(path.name.removesuffix(".toml"), neighbours)
    known = [name for root in config_folders() for name, _ in _named(root, root)]
    return close or did_you_mean(name.removesuffix(".toml"), known)


def _folder_words(folder: Path) -> str:
    return "the current folder" if folder == Path.cwd() else f"{display_path(folder)}/"
