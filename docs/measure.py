"""Measure what programmes and recommendations do, and write it beside what their sources expect.

`python docs/measure.py` (or `make measured`) runs every programme under two settings against no programme, takes what
the studies of recommendations found from `results/` (`make results`), sets what programmes bring beside what they take,
and writes the tables of `docs/programmes.md`. It takes a few minutes.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd
from scipy import stats

from schoolsim.analysis.yardsticks import SPENT, WORKED
from schoolsim.config import list_configs, load_config
from schoolsim.config.schema import Expectation
from schoolsim.outcomes.catalog import OUTCOMES
from schoolsim.parameters import REGISTRY, Scenario
from schoolsim.system.simulation import Population, Simulation
from schoolsim.system.state.schema import HALF_TERMS

PAGE = Path(__file__).parent / "programmes.md"
RESULTS = Path(__file__).parents[1] / "results"
SETTINGS = ("low_competition", "high_competition")
NOTHING = "programmes/no_programme"
YEARS, BURN_IN, WINDOW, REPLICATIONS = 4, 2, 2, 40
STAYS = 0.1  # share of the baseline within which the whole interval must lie for an outcome to have stayed
ROLES = {"originator": 1, "partner": 2}
PAID_HOURS = ("hours.brokers",)  # of people who are nobody's teachers
LEAST = 1000.0  # pounds a year below which nothing is divided by them
EQUAL = 100_000.0  # pounds a year for which programmes are compared

Columns = Mapping[str, np.ndarray]


@dataclass(frozen=True)
class Difference:
    """A paired difference of means, with its 95% interval, and the mean of the baseline."""

    mean: float
    low: float
    high: float
    baseline: float

    def verdict(self, expected: str) -> str:
        """What came of an expectation: yes, no (the interval covers no change), or the other way."""
        if expected == "stays":
            within = max(abs(self.low), abs(self.high)) <= STAYS * abs(self.baseline)
            return (
                "yes" if within else "no: it " + ("rises" if self.low > 0 else "falls" if self.high < 0 else "varies")
            )
        if self.low <= 0.0 <= self.high:
            return "not seen"
        return "yes" if (self.mean > 0.0) == (expected == "rises") else "the other way"


def paired(with_: np.ndarray, without: np.ndarray) -> Difference:
    """The mean of differences between runs that share their seed, over replications with both."""
    both = np.isfinite(with_) & np.isfinite(without)
    gaps = with_[both] - without[both]
    half = 0.0
    if len(gaps) > 1:
        half = float(stats.t.ppf(0.975, len(gaps) - 1) * gaps.std(ddof=1) / np.sqrt(len(gaps)))
    mean = float(gaps.mean()) if len(gaps) else float("nan")
    return Difference(mean, mean - half, mean + half, float(without[both].mean()) if len(gaps) else float("nan"))


@dataclass(frozen=True)
class Ran:
    """A run: its outcomes, each school's progress and confidence in the last years, and first roles."""

    outcomes: dict[str, float]
    schools: Columns
    role: np.ndarray


@cache
def run(config: str, setting: str, seed: int) -> Ran:
    """One replication of a programme in a setting."""
    values = {**load_config(f"settings/{setting}").fixed(), **load_config(config).fixed()}
    scenario = Scenario.of(values)
    simulation = Simulation(scenario, seed, Population().table(scenario, seed), burn_in_years=BURN_IN)
    kept: dict[str, list[np.ndarray]] = {"progress": [], "confidence": []}
    role = np.zeros(0, dtype=np.int64)
    while simulation.clock.half_term < HALF_TERMS * YEARS:
        simulation.step()
        if simulation.clock.half_term == 1:
            role = simulation.state.schools.role.copy()
        if simulation.clock.half_term > HALF_TERMS * (YEARS - WINDOW):
            for name, rows in kept.items():
                rows.append(getattr(simulation.state.schools, name).copy())
    points = simulation.parameters.result_points
    means = {name: np.mean(rows, axis=0) for name, rows in kept.items()}
    means["progress"] *= points
    return Ran(simulation.outcomes(WINDOW), means, role)


def effect(programme: str, setting: str, outcome: str, replications: int = REPLICATIONS) -> Difference:
    """What a programme does to an outcome; for its partners and originators, at the same schools without it."""
    subject, _, whose = outcome.partition(".")
    rows = []
    for seed in range(1, replications + 1):
        with_, without = run(programme, setting, seed), run(NOTHING, setting, seed)
        if whose in ROLES:
            chosen = with_.role == ROLES[whose]
            values = [
                float(one.schools[subject][chosen].mean()) if chosen.any() else np.nan for one in (with_, without)
            ]
        else:
            values = [one.outcomes[outcome] for one in (with_, without)]
        rows.append(values)
    table = np.array(rows)
    return paired(table[:, 0], table[:, 1])


def recommendation(name: str) -> dict[str, Difference]:
    """What the second policy of a study does against its first, for every reported outcome: as `results/` holds it.

    Raises:
        ValueError: The study compares not two policies.
    """
    folder = RESULTS / name
    effects, levels = pd.read_csv(folder / "effects.csv"), pd.read_csv(folder / "levels.csv")
    found = {}
    for row in effects.to_dict("records"):
        if row["outcome"] in found:
            raise ValueError(f"{name} compares more than two policies")
        at_baseline = levels[(levels["outcome"] == row["outcome"]) & (levels[row["lever"]] == row["baseline"])]
        found[row["outcome"]] = Difference(row["mean"], row["low"], row["high"], float(at_baseline["mean"].iloc[0]))
    return found


def told(outcome: str, found: Difference) -> str:
    """A difference in words: `+0.21 [+0.10, +0.32] pp`."""
    unit = OUTCOMES[outcome].unit
    return f"{found.mean:+.3g} [{found.low:+.3g}, {found.high:+.3g}] {unit}"


def programme_table(replications: int = REPLICATIONS, only: str = "") -> list[tuple[str, ...]]:
    """A row for each expectation of each programme, or of `only` one: measured under both settings."""
    rows: list[tuple[str, ...]] = []
    for entry in list_configs("programmes"):
        if only and entry.name != f"programmes/{only}":
            continue
        for expected in load_config(entry.name).expects:
            found = [effect(entry.name, setting, expected.outcome, replications) for setting in SETTINGS]
            rows.append(_row(entry.name.partition("/")[2], expected, found))
    return rows


def recommendation_table() -> list[tuple[str, ...]]:
    """A row for each expectation of each recommendation, from the results that stand in the repository."""
    rows: list[tuple[str, ...]] = []
    for entry in list_configs("studies"):
        if "/recommendations/" in entry.name:
            found = recommendation(entry.name)
            expected = load_config(entry.name).expects
            rows += [_row(entry.name.rpartition("/")[2], one, [found[one.outcome]]) for one in expected]
    return rows


def taken(programme: str, setting: str, parts: Mapping[str, float]) -> np.ndarray:
    """How much more of some pounds or hours a year a programme takes than none does, one number a replication."""
    more = []
    for seed in range(1, REPLICATIONS + 1):
        with_, without = (run(config, setting, seed).outcomes for config in (programme, NOTHING))
        more.append(sum(sign * np.nan_to_num(with_[name] - without[name]) for name, sign in parts.items()))
    return np.array(more)


def money_table() -> list[tuple[str, ...]]:
    """What each programme takes, and what it brings for the same pounds: most first."""
    hour, found = float(REGISTRY["funding.hour"].default), []
    hours_of = {**WORKED, **dict.fromkeys(PAID_HOURS, 1.0)}
    for entry in list_configs("programmes"):
        if entry.name == NOTHING:
            continue
        pounds, hours, brought = [], [], []
        for setting in SETTINGS:
            pounds.append(taken(entry.name, setting, SPENT))
            hours.append(taken(entry.name, setting, hours_of))
            runs = [run(entry.name, setting, seed).outcomes["effect.mean"] for seed in range(1, REPLICATIONS + 1)]
            brought.append(np.array(runs))
        effects = np.mean(brought, axis=0)
        all_of_it = paired(effects, np.zeros_like(effects))
        cost = float(np.mean(pounds) + hour * np.mean(hours))
        for_equal = [EQUAL / cost * value for value in (all_of_it.mean, all_of_it.low, all_of_it.high)]
        cells = (
            entry.name.partition("/")[2],
            f"{np.mean(pounds):,.0f}",
            f"{np.mean(hours):,.0f}",
            f"{cost:,.0f}",
            f"{all_of_it.mean:+.3g} [{all_of_it.low:+.3g}, {all_of_it.high:+.3g}]",
            f"{for_equal[0]:+.3g} [{for_equal[1]:+.3g}, {for_equal[2]:+.3g}]" if cost >= LEAST else "-",
        )
        found.append((for_equal[0] if cost >= LEAST else -np.inf, cells))
    return [cells for _, cells in sorted(found, key=lambda one: -one[0])]


def _row(name: str, expected: Expectation, found: list[Difference]) -> tuple[str, ...]:
    measured = [told(expected.outcome, one) for one in found]
    verdicts = list(dict.fromkeys(one.verdict(expected.change) for one in found))
    return (name, f"`{expected.outcome}` {expected.change}", expected.because, *measured, "; ".join(verdicts))


def table(header: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    """A Markdown table."""
    cells = [header, tuple("---" for _ in header), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |" for row in cells)


def filled(text: str, parts: Mapping[str, str]) -> str:
    """The page with its measured parts put in."""
    for name, part in parts.items():
        begin, end = f"<!-- measured: {name} -->", f"<!-- /measured: {name} -->"
        before, _, rest = text.partition(begin)
        text = f"{before}{begin}\n\n{part}\n\n{end}{rest.partition(end)[2]}"
    return text


def with_programme(text: str, name: str, rows: list[tuple[str, ...]]) -> str:
    """The page with one programme's rows put in or measured anew, in the order of the catalogue."""
    part = text.partition("<!-- measured: programmes -->")[2].partition("<!-- /measured: programmes -->")[0]
    lines = part.strip().splitlines()
    told: dict[str, list[str]] = {}
    for line in lines[2:]:
        told.setdefault(line.split("|")[1].strip(), []).append(line)
    told[name] = table(("", ""), rows).splitlines()[2:]
    order = [entry.name.partition("/")[2] for entry in list_configs("programmes")]
    kept = [line for programme in order for line in told.get(programme, [])]
    return filled(text, {"programmes": "\n".join([*lines[:2], *kept])})


def main() -> int:
    """Measure and write the page: all tables, or those named, or the programmes named (`measure.py beacon`).

    Raises:
        SystemExit: There is no such table or programme.
    """
    programmes = {entry.name.partition("/")[2] for entry in list_configs("programmes")}
    heads = {
        "programmes": ("programme", "expected", "source", *(name.replace("_", " ") for name in SETTINGS), "seen"),
        "recommendations": ("recommendation", "expected", "source", "measured", "seen"),
        "money": (
            "programme",
            "pounds a year",
            "hours a year",
            "both, in pounds a year",
            "effect on all pupils, pp",
            "the same for £100,000 a year, pp",
        ),
    }
    rows: dict[str, Callable[[], list[tuple[str, ...]]]] = {
        "programmes": programme_table,
        "recommendations": recommendation_table,
        "money": money_table,
    }
    for part in sys.argv[1:] or list(heads):
        if part in programmes:
            measured_rows = programme_table(only=part)
            PAGE.write_text(with_programme(PAGE.read_text(encoding="utf-8"), part, measured_rows), encoding="utf-8")
            continue
        if part not in rows:
            raise SystemExit(f"{part} is neither a programme nor one of {', '.join(rows)}")
        measured = {part: table(heads[part], rows[part]())}
        PAGE.write_text(filled(PAGE.read_text(encoding="utf-8"), measured), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
