"""Load a config: find its bases, check each file, put them together, check the whole."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from schoolsim.config.checks import file_faults, known_faults, study_faults
from schoolsim.config.composition import Part, clashes, is_programme
from schoolsim.config.errors import Fault
from schoolsim.config.locate import find_config, shown_path
from schoolsim.config.merge import OWN, Merged
from schoolsim.config.source import Sheet, make_sheet, read_sheet
from schoolsim.config.study import StudyConfig
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
    reader.stop_if_wrong()
    merged = Merged(reader.sheets)
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
    reader.take(make_sheet(data), ())
    reader.stop_if_wrong()
    merged = Merged([*([] if on is None else [Sheet(on.to_mapping())]), *reader.sheets])
    if on is not None:
        own = on.to_mapping()
        merged.data = {
            **{key: own[key] for key in OWN if key in own},
            **merged.data,
        }
    return _resolved(merged, outcomes=outcomes, figures=figures)


def _resolved(merged: Merged, *, outcomes: Collection[str] | None, figures: Collection[str] | None) -> StudyConfig:
    study, faults = study_faults(merged.data)
    if study is not None:
        faults = list(known_faults(study, outcomes=outcomes, figures=figures))
    if study is None or faults:
        raise ConfigError("\n".join(dict.fromkeys(merged.told(fault) for fault in faults)))
    return study


@dataclass
class _Reader:
    """Reads a file and its bases, bases first, and gathers what is wrong in any of them."""

    must_exist: bool
    sheets: list[Sheet] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    def read(self, path: Path, chain: tuple[Path, ...]) -> None:
        try:
            sheet = read_sheet(path)
        except ConfigError as fault:
            self.wrong.append(str(fault))
            return
        self.take(sheet, (*chain, path.resolve()))

    def take(self, sheet: Sheet, chain: tuple[Path, ...]) -> None:
        """Read the bases of `sheet`, then keep it; `chain` is how it was reached, itself last."""
        given = sheet.data.get("base", [])
        names = [given] if isinstance(given, str) else given
        if not isinstance(names, list | tuple) or not all(isinstance(name, str) for name in names):
            message = "base must be a name in quotes, or a list of them."
            self.wrong.append(sheet.told(Fault(("base",), message)))
            names = []
        parts: list[Part] = []
        for place, name in enumerate(names):
            where = ("base",) if isinstance(given, str) else ("base", place)
            try:
                path = find_config(name, sheet.folder)
            except ConfigError as fault:
                self.wrong.append(sheet.told(Fault(where, f"base: {fault}")))
                continue
            if path.resolve() in chain:
                message = f"base goes round in a circle: {_circle(chain, path.resolve())}."
                self.wrong.append(sheet.told(Fault(where, message)))
                continue
            before = len(self.sheets)
            self.read(path, chain)
            if is_programme(path):
                parts.append(Part(name, place, Merged(self.sheets[before:]).data.get("levers", {})))
        self.wrong += [sheet.told(fault) for fault in clashes(parts, sheet.data.get("levers", {}))]
        faults = file_faults(sheet, must_exist=self.must_exist)
        self.wrong += [sheet.told(fault) for fault in faults]
        self.sheets.append(sheet)

    def stop_if_wrong(self) -> None:
        if self.wrong:
            raise ConfigError("\n".join(dict.fromkeys(self.wrong)))


def _circle(chain: tuple[Path, ...], again: Path) -> str:
    files = [*chain[chain.index(again) :], again]
    return " -> ".join(shown_path(path) for path in files)
