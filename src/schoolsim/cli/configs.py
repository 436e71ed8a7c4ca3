"""Configs named on the command line, with the values that options put in place of theirs."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from schoolsim.cli.output import counted, tell
from schoolsim.parameters.declare import Parameter
from schoolsim.parameters.errors import UserError
from schoolsim.parameters.registry import parameter
from schoolsim.parameters.values import printable

if TYPE_CHECKING:
    from schoolsim.config import StudyConfig
    from schoolsim.studies import Study


LONGEST_SUFFIX = 80
"""Characters of the authorities in the name of a results folder."""


@dataclass(frozen=True)
class Changes:
    """What the command line puts in place of what a config says.

    Args:
        values: As typed: `market.choice_weight=0.6`.
        seed: Seed of all chance.
        years: Years of policy.
        replications: Replications a point.
        schools: File of real schools.
        authority: Of that file, the authorities to keep.
    """

    values: Sequence[str] | None = ()
    seed: int | None = None
    years: int | None = None
    replications: int | None = None
    schools: Path | None = None
    authority: Sequence[str] | None = ()


@dataclass(frozen=True)
class Asked:
    """A config as the user wants it run.

    Args:
        name: What its results folder is called.
        config: Resolved, with the changes made.
    """

    name: str
    config: StudyConfig

    def study(self) -> Study:
        """The study it makes."""
        from schoolsim.citations.references import SOFTWARE
        from schoolsim.studies import Study

        return Study(self.config, name=self.name, cite=[SOFTWARE.text()])


def load(name: str, changes: Changes | None = None) -> Asked:
    """The config that `name` stands for, changed.

    Raises:
        UserError: There is none, or something in it or in the changes is wrong.
    """
    from schoolsim.config.locate import full_name

    full = full_name(name, Path.cwd())
    config = checked(full)
    changes = changes or Changes()
    return Asked(Path(full).stem + _suffix(changes), changed(config, changes))


def checked(name: str) -> StudyConfig:
    """A config, outcomes and figures looked at too."""
    from schoolsim.config import load_config
    from schoolsim.outcomes.catalog import OUTCOMES

    config = load_config(name, outcomes=OUTCOMES)
    if config.figures:
        from schoolsim.figures import FIGURES  # heavy, so only where there are figures to check
        from schoolsim.figures.checks import figure_issues

        config = load_config(name, outcomes=OUTCOMES, figures=FIGURES, check=figure_issues)
    return config


def changed(config: StudyConfig, changes: Changes) -> StudyConfig:
    """The config with the changes in place of what it says.

    Raises:
        UserError: A change cannot be made.
    """
    from schoolsim.config import config_from_mapping
    from schoolsim.config.names import section_of

    data: dict[str, Any] = {}
    for spec, value in map(assignment, changes.values or ()):
        data.setdefault(section_of(spec), {})[spec.name] = value
    for key in ("seed", "years", "replications"):
        if getattr(changes, key) is not None:
            data[key] = getattr(changes, key)
    config = _without_baseline(config, data.get("levers", {}))
    if changes.years is not None and 1 <= changes.years < config.outcomes.window:
        tell(f"Note: outcomes are averaged over {counted(changes.years, 'year')}, all there are.")
        data["outcomes"] = {"window": changes.years}
    if changes.schools is not None:
        if config.population.ties is not None:
            tell("Note: the ties of this config are of its own schools; with --schools, first ties are drawn.")
        config = config.model_copy(update={"population": type(config.population)()})
        data["population"] = _population(changes)
    elif changes.authority:
        raise UserError("--authority says which schools of a file to keep: give the file with --schools FILE.")
    return config_from_mapping(data, on=config) if data else config


def assignment(text: str) -> tuple[Parameter, object]:
    """The parameter and the value of `market.choice_weight=0.6`.

    Raises:
        UserError: It has another form, or there is no such parameter, or it may not have that value.
    """
    name, equals, given = (part.strip() for part in text.partition("="))
    if not (name and equals and given):
        raise UserError(f'-p "{printable(text)}": write NAME=VALUE, such as -p market.choice_weight=0.6')
    try:
        spec = parameter(name)
        return spec, spec.check(_typed(spec, given))
    except UserError as error:
        raise UserError(f"-p {printable(text)}: {error}") from None


def _typed(spec: Parameter, given: str) -> object:
    """The words of the command line as the parameter's kind of value, where they can be that."""
    try:
        if spec.kind == "real":
            return float(given)
        if spec.kind == "whole":
            return int(given)
    except ValueError:
        return given
    return {"true": True, "false": False}.get(given, given) if spec.kind == "flag" else given


def _without_baseline(config: StudyConfig, fixed: dict[str, object]) -> StudyConfig:
    """Without a baseline for what is no longer compared."""
    kept = {name: level for name, level in config.outcomes.baseline.items() if name not in fixed}
    return config.model_copy(update={"outcomes": config.outcomes.model_copy(update={"baseline": kept})})


def _population(changes: Changes) -> dict[str, object]:
    names = list(changes.authority or ())
    population: dict[str, object] = {"source": os.path.realpath(str(changes.schools))}
    if names:
        population["authority"] = names[0] if len(names) == 1 else names
    return population


def _suffix(changes: Changes) -> str:
    """Real schools have a results folder of their own."""
    if changes.schools is None:
        return ""
    words = "_".join(changes.authority or [changes.schools.stem])
    name = re.sub(r"[^a-z0-9]+", "_", words.lower()).strip("_")
    if len(name) > LONGEST_SUFFIX:  # a folder's name has its limit, and no two selections share a folder
        name = f"{name[:LONGEST_SUFFIX]}_{hashlib.sha256(words.encode(errors='replace')).hexdigest()[:8]}"
    return f"_{name}"


def require_one_point(config: StudyConfig, name: str) -> None:
    """Refuse a config that has several points, where one run is made.

    Raises:
        UserError: It is a study of many points.
    """
    axes = config.axes()
    if not axes and config.design.kind == "grid":
        return
    first = axes[0] if axes else "market.choice_weight"
    raise UserError(
        f"{name} is a study of many points, and a run is one: it sweeps {config.varied(axes) or 'what is in a file'}. "
        f"Give one value of each, as -p {first}=..., or make all its runs with schoolsim sweep {name}"
    )


def school_notes(config: StudyConfig) -> list[str]:
    """What was left out of files of schools and of ties, or filled in, and why; none for made-up schools.

    Raises:
        UserError: The file cannot be read.
    """
    from schoolsim.config.names import SYNTHETIC

    people = config.population
    if people.source == SYNTHETIC:
        return []
    from schoolsim.populations import read_schools

    wanted = list(people.authority) if isinstance(people.authority, tuple) else people.authority
    table = read_schools(people.source, wanted)
    notes = [f"{counted(len(table), 'school')} of {', '.join(table.authorities)}.", *table.notes]
    if people.ties is not None:
        from schoolsim.populations.ties import first_ties

        notes += first_ties(people.ties, table).notes
    return notes
