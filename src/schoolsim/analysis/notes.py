"""Notes to be read beside every answer: what is missing of the study, and what its numbers are of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from schoolsim.analysis.sentences import outcome_words
from schoolsim.config.names import SYNTHETIC
from schoolsim.outcomes.catalog import OUTCOMES
from schoolsim.parameters.registry import parameter
from schoolsim.studies.seeds import SEEDS_A_WORLD

if TYPE_CHECKING:
    from schoolsim.config import StudyConfig
    from schoolsim.studies import StudyResult


def unfinished_note(result: StudyResult) -> str:
    """That runs are still to be made, and how many; empty for a study that is complete."""
    if result.complete:
        return ""
    from schoolsim.studies.status import read_status  # it reads tables, which what explains a config does without

    now = read_status(result.folder)
    total = "" if now.total is None else f" of {now.total:,}"
    return f"Only {now.done:,}{total} runs are made, and this answer rests on them"


def measurement_note(config: StudyConfig, outcomes: Sequence[str] = ()) -> str:
    """Over which years, of which schools, and what the intervals are of.

    Args:
        config: Of the study.
        outcomes: Those that are told; flows among them are told apart, as their mean is over all years.
    """
    window, years = config.outcomes.window, _years(config.years)
    last = "the last year" if window == 1 else f"the last {window} years"
    flows = [outcome_words(name).phrase for name in outcomes if name in OUTCOMES and OUTCOMES[name].over == "years"]
    others = f" (but {', '.join(flows)}: a year's mean over all {years} of policy)" if flows else ""
    if config.worlds:
        interval = (
            "An interval says how well the mean over worlds and seeds is known. Worlds are draws of the calibrated "
            f"sample, the same for every policy, each met by {SEEDS_A_WORLD} seeds; a percentage from worlds is the "
            "part of an interval's variance that comes from how worlds differ, and the rest is luck of seeds. An "
            "interval does not say how far the model is from schools."
        )
    else:
        interval = (
            "An interval says how well the mean over replications is known in this model; it does not say how far the "
            "model is from schools."
        )
    return f"Outcomes are means over {last} of {years}{others}, for {school_words(config)}. {interval}"


def school_words(config: StudyConfig) -> str:
    """Which schools the study is of."""
    people = config.population
    if people.source == SYNTHETIC:
        return "made-up schools, drawn anew for every replication"
    named = [people.authority] if isinstance(people.authority, str | int) else people.authority or ()
    tied = "" if people.ties is None else f", tied at first as in {Path(people.ties).name}"
    return f"the schools of {', '.join(map(str, named)) or Path(people.source).name}{tied}"


def design_words(config: StudyConfig) -> str:
    """How the points of the design come about."""
    kind, cross = config.design.kind, config.design.cross
    how = {"grid": "every combination", "file": f"read from {config.design.file}"}.get(kind) or SAMPLES[kind]
    parts = [how, "every policy meets every world" if cross and kind != "grid" else ""]
    if categories(config):
        parts.append("of what is listed each value is as likely as the others")
    return "; ".join(filter(None, parts))


SAMPLES: Final[Mapping[str, str]] = {
    "lhs": "sampled by a Latin hypercube (lhs)",
    "sobol": "sampled by a Sobol sequence (sobol), which spreads points evenly; Sobol's indices, of what outcomes hang "
    "on, need saltelli",
    "saltelli": "sampled by Saltelli's scheme (saltelli), from which Sobol's indices are estimated; for a plain sample "
    "sobol or lhs are smaller",
    "morris": "sampled by Morris's trajectories (morris)",
}
"""What each sampled design is, and which is taken for another."""


def categories(config: StudyConfig) -> list[str]:
    """What is listed and yet sampled, its levels as categories; a crossed lever is tried at each instead."""
    if config.design.kind not in SAMPLES:
        return []
    varied = {name: parameter(name).role for name, levels in config.swept().items() if isinstance(levels, tuple)}
    varied |= {name: group.role for group in config.linked for name in group.parameters}
    return [name for name, role in varied.items() if not (config.design.cross and role == "lever")]


def replication_words(config: StudyConfig) -> str:
    """How many replications a point has."""
    rule = config.replications
    if isinstance(rule, int):
        return f"{rule} a point, the same {rule} seeds at every point{world_words(config)}"
    from schoolsim.studies.comparisons import compares
    from schoolsim.studies.study import axes_of

    absolute = "".join(f", or that of {name} within {width:g} of it" for name, width in rule.absolute.items())
    of = "difference of a reported outcome" if compares(config, axes_of(config)) else "reported outcome"
    return (
        f"{rule.min} to {rule.max} a point, until the {100 * rule.confidence:g}% interval of every {of} is "
        f"within {100 * rule.precision:g}% of its mean either way{absolute}{world_words(config)}"
    )


def world_words(config: StudyConfig) -> str:
    """In which worlds replications are run; empty where they differ in the seed alone."""
    if not config.worlds:
        return ""
    return f"; every {SEEDS_A_WORLD} of them in a world of their own, a draw of the calibrated sample"


def _years(number: int) -> str:
    return "1 year" if number == 1 else f"{number} years"
