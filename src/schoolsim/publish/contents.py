"""Gathers what a published page says and holds."""

from __future__ import annotations

import base64
import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from schoolsim.analysis.answers import Answer
from schoolsim.analysis.notes import measurement_note, unfinished_note
from schoolsim.analysis.quantities import decimals_for, number, unit_words
from schoolsim.citations.references import citations_of, software_of
from schoolsim.publish.answering import Cells, Emulation, answering
from schoolsim.publish.controls import NUMBER
from schoolsim.publish.data import page_data
from schoolsim.publish.emulator import MOST_POINTS
from schoolsim.publish.quantities import Criterion, Quantity, criteria, reported, values_of
from schoolsim.report.contents import (
    checkout,
    design_facts,
    file_table,
    fixed_table,
    made_line,
    origin_facts,
    varied_table,
)
from schoolsim.report.tables import Table, outcome_table

if TYPE_CHECKING:
    from schoolsim.studies import StudyResult

START_WEIGHT: Final = 5
"""Of every criterion, out of ten, until the reader says otherwise."""


@dataclass(frozen=True)
class Download:
    """A file of the study that the page holds.

    Args:
        name: Of the file.
        type: Its media type.
        content: Its bytes in base 64.
        says: What is in it.
    """

    name: str
    type: str
    content: str
    says: str


@dataclass(frozen=True)
class Weight:
    """A weight that the reader gives.

    Args:
        label: What it is the weight of.
        heading: The same with its unit, over a column.
        says: Which way is better, and from what to what it goes.
        start: Where it stands when the page is opened.
        same: Whether no policy differs in it, so that no weight matters.
    """

    label: str
    heading: str
    says: str
    start: int
    same: bool


@dataclass(frozen=True)
class Contents:
    """What a published page says.

    Args:
        title: Of the study.
        made: With what it was made, and when.
        question: What it asks, paragraph by paragraph.
        missing: That runs are still to be made; empty if none are.
        how: How the page answers.
        data: What its script reads.
        shown: The outcomes with a card each.
        compares: Whether there is a lever, so that policies are compared.
        across: The control that curves are first drawn along.
        mean_key: What the first band of a card is.
        seeds_key: What the second is; empty where there is none.
        worlds_key: What the third is; empty where there is one world.
        weights: The weights of the ranking; empty where there is none.
        ranking_note: What its numbers are.
        trust: How far to trust the numbers, paragraph by paragraph.
        checks: How emulators did at points held out; None where there is no emulator.
        measured: What the numbers are of.
        design: Facts of the design: a term and what is said of it.
        outcomes: What was measured.
        varied: What was varied.
        fixed: What was set to another value than the default.
        downloads: Files that the page holds.
        commands: What to type to have it again, and what that does.
        origin: Facts of versions, times and hashes.
        files: Hashes of the files.
        sources: The study's own sources.
        works: Works behind what it sets, and the software.
    """

    title: str
    made: str
    question: tuple[str, ...]
    missing: str
    how: str
    data: dict[str, Any]
    shown: tuple[Quantity, ...]
    compares: bool
    across: int
    mean_key: str
    seeds_key: str
    worlds_key: str
    weights: tuple[Weight, ...]
    ranking_note: str
    trust: tuple[str, ...]
    checks: Table | None
    measured: str
    design: tuple[tuple[str, str], ...]
    outcomes: Table | None
    varied: Table | None
    fixed: Table | None
    downloads: tuple[Download, ...]
    commands: tuple[tuple[str, str], ...]
    origin: tuple[tuple[str, str], ...]
    files: Table
    sources: tuple[str, ...]
    works: tuple[str, ...]


def contents_of(result: StudyResult, tell: Callable[[str], None]) -> Contents:
    """What a published page says of a study, finished or not.

    Raises:
        StoreError: A file of the study is not as it was written.
        AnalysisError: No run has ended well, no outcome has a value in every run, or a library is missing.
    """
    config, answer = result.config, Answer(result)
    shown, ranked = reported(answer), criteria(answer)
    others = [one.quantity for one in ranked if one.quantity not in shown]
    quantities = [*shown, *others]
    answers = answering(answer, values_of(answer, quantities), tell)
    data = page_data(answers, quantities, len(shown), ranked)
    cited = citations_of(config, software_of(result.manifest["versions"], checkout(result)))
    return Contents(
        title=config.title or result.folder.resolve().name,
        made=made_line(result),
        question=tuple(" ".join(part.split()) for part in config.description.split("\n\n") if part.strip()),
        missing=unfinished_note(result),
        how=_how(answers),
        data=data,
        shown=tuple(shown),
        compares=any(one.role == "policy" for one in answers.controls),
        across=_across(answers),
        **_keys(answers, data),
        weights=tuple(_weights(data, ranked)),
        ranking_note=_ranking_note(answers, data),
        trust=tuple(_trust(answers, answer)),
        checks=_checks(answers, shown) if isinstance(answers, Emulation) else None,
        measured=measurement_note(config),
        design=tuple(design_facts(result)),
        outcomes=outcome_table(answer),
        varied=varied_table(answer),
        fixed=fixed_table(config),
        downloads=tuple(_downloads(result)),
        commands=tuple(_commands(result.folder.resolve().name)),
        origin=tuple(origin_facts(result)),
        files=file_table(result),
        sources=tuple(config.sources),
        works=(cited.software.text(), *(work.text() for work in cited.works)),
    )


def _how(answers: Cells | Emulation) -> str:
    if isinstance(answers, Emulation):
        return (
            "Move a slider or choose a level: every number answers at once. The study ran some settings and not all, "
            "so an emulator, a smooth curve fitted to the runs, answers in between; outside the runs there is no "
            "number."
        )
    if answers.too_few:
        return (
            f"Choose a setting: every number answers at once. The study ran {len(answers.settings)} settings, too few "
            f"to say what lies between them (an emulator needs {answers.too_few} points), so it answers at just these, "
            "each from its own runs."
        )
    if not answers.controls:
        return "The study ran one setting, and these are its numbers."
    return (
        "Choose a level: every number answers at once. The study ran these combinations, and each number is the mean "
        "of the runs of that very combination; nothing is estimated in between."
    )


def _across(answers: Cells | Emulation) -> int:
    """The first range; the first control where there is none."""
    return next((place for place, one in enumerate(answers.controls) if one.is_range), 0)


def _keys(answers: Cells | Emulation, data: dict[str, Any]) -> dict[str, str]:
    few = len(data["worlds"]) < 20
    several = answers.values.shape[2] > 1
    if isinstance(answers, Emulation):
        mean = "Mean: where the mean of the runs lies, 95%, by the emulator's error"
    else:
        mean = "Mean: the 95% interval of the mean of the runs"
    return {
        "mean_key": mean,
        "seeds_key": "Seeds: where nine of ten single runs lie, by luck alone" if several else "",
        "worlds_key": ""
        if len(data["worlds"]) < 2
        else f"Worlds: where the mean lies in {'all' if few else 'nine of ten'} of {len(data['worlds'])} worlds, with "
        "this policy",
    }  # fmt: skip


def _weights(data: dict[str, Any], ranked: Sequence[Criterion]) -> Iterator[Weight]:
    for one, found in zip(ranked, data["criteria"], strict=False):
        label, unit = one.quantity.label, unit_words(one.quantity.unit)
        heading = f"{label} ({unit})" if unit else label
        if found["worst"] == found["best"]:
            yield Weight(label, heading, "No policy of this study differs in it.", 0, same=True)
            continue
        ends = [number(end, found["decimals"]) for end in (found["worst"], found["best"])]
        before, after = one.quantity.text.split(NUMBER)
        way = "More" if one.more_is_better else "Less"
        says = f"{way} is better: {before}{ends[0]} to {before}{ends[1]}{after}, worst to best policy."
        if not found["counts"]:
            says += " That is no clear difference, or a small one: it counts if you say so."
        yield Weight(label, heading, says, START_WEIGHT if found["counts"] else 0, same=False)


def _ranking_note(answers: Cells | Emulation, data: dict[str, Any]) -> str:
    worlds = len(data["worlds"])
    paired = (
        "paired by seed"
        if isinstance(answers, Cells)
        else "with the emulators' errors, taken to be independent of one another"
    )
    over = (
        f" First in worlds: in what share of {worlds} worlds of the study it has the highest score."
        if worlds > 1
        else ""
    )
    return (
        "Score: 0 is the worst of everything in this world; going from the worst to the best of everything, in the "
        "mean of all worlds, is 100 points. Behind the first: how many points less, with the 95% interval, "
        f"{paired}; where it holds 0, the two cannot be told apart.{over}"
    )


def _trust(answers: Cells | Emulation, answer: Answer) -> Iterator[str]:
    yield (
        "Three things make a number unsure, and they are kept apart. The mean is known as well as there are runs to "
        "know it by. Single runs differ by the luck of their seeds, as one authority would from the next. And nobody "
        "knows which world it will be."
    )
    if isinstance(answers, Emulation):
        used = len(answers.emulators[0].levels.inputs)
        place = "worlds" if answers.policies is not None else "points"
        how = (
            f"each of ten parts of the {used} {place} was held out in turn, and foreseen from the others"
            if used < MOST_POINTS
            else f"they were held against {place} that they were not fitted to"
        )
        yield (
            f"The emulators are Gaussian processes (scikit-learn). To see how far they can be trusted, {how}. "
            "Even a perfect emulator misses the means of runs by the luck of seeds, which stands beside the error. "
            "Where errors were larger than an emulator said, its intervals are widened to fit."
        )
        if answers.policies is not None:
            yield (
                "Every policy met the same worlds with the same seeds, so differences between policies are emulated by "
                "themselves: they are known much better than the outcomes are."
            )
        yield (
            "No number is shown outside the ranges that were run, for combinations of choices that were not run, and "
            "farther from any run than the runs are from one another."
        )
    else:
        yield (
            "Here nothing is emulated: every number is the mean of the runs of that very setting, with Student's t "
            "interval, and every difference is paired by seed."
        )
    for name in answer.unknown:
        yield f"Nothing is said of {name}: in some runs it has no value."
    yield "All of it is about the model. How far the model is from schools, none of these intervals says."


def _checks(answers: Emulation, shown: Sequence[Quantity]) -> Table:
    effects = answers.policies is not None
    rows = []
    for place, (quantity, emulator) in enumerate(zip(shown, answers.emulators, strict=False)):
        check, apart = emulator.check, emulator.effect_check
        scale = float(np.nanmax(np.abs(answers.values[:, place])))
        row = [
            f"{quantity.label} ({unit_words(quantity.unit)})" if unit_words(quantity.unit) else quantity.label,
            _size(check.error, scale), _size(check.luck, scale), _percent(check.explained), _percent(check.inside),
        ]  # fmt: skip
        if effects and apart is not None:
            row += [_size(apart.error, scale), _size(apart.luck, scale), _percent(apart.explained)]
        row.append(_size(emulator.shared, scale))
        rows.append(tuple(row))
    headers = [
        "Outcome", "Error at points held out", "Of which luck", "Foreseen of what differs", "Inside the 90% interval",
    ]  # fmt: skip
    if effects:
        headers += ["Error of differences", "Of which luck", "Foreseen of them"]
    headers.append("Luck that all points share")
    return Table(
        "The emulators against runs they had not seen", tuple(headers), tuple(rows), frozenset(range(1, len(headers)))
    )


def _size(value: float, scale: float) -> str:
    """The size of an error to two digits; what rounding makes is 0."""
    if not math.isfinite(value):
        return "–"
    return "0" if value <= 1e-9 * scale else number(value, decimals_for(0.0, 2 * value) + 1)


def _percent(share: float) -> str:
    """A share; what foresees no better than the overall mean foresees nothing."""
    return "–" if not np.isfinite(share) else "nothing" if share <= 0 else f"{share:.0%}"


def _downloads(result: StudyResult) -> Iterator[Download]:
    def inside(text: str) -> str:
        return base64.b64encode(text.encode()).decode("ascii")

    yield Download(
        "study.toml", "text/plain", inside(result.config_text), "what was run, as a config that runs it again"
    )
    manifest = (result.folder / "manifest.json").read_text(encoding="utf-8")
    yield Download("manifest.json", "application/json", inside(manifest), "versions, times, seed and hashes")


def _commands(name: str) -> Iterator[tuple[str, str]]:
    folder = f"results/{name}"
    yield f"schoolsim verify {folder}", "compares every file with its hash"
    yield f"schoolsim reproduce {folder}", "makes every run again and compares the tables byte for byte"
    yield f"schoolsim sweep {folder}/study.toml --out again", "makes the study anew, in a folder of its own"
    yield f"schoolsim report {folder}", "writes all of the study as a page to read"
    yield f"schoolsim publish {folder}", "writes this page again"
