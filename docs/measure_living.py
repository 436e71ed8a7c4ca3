"""Measure the numbers of docs/living.md: `python docs/measure_living.py` (or `make measured`).

They are written to `docs/measured/living.csv`, from which `make docs` fills the page.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path

import numpy as np

import schoolsim as ss
from schoolsim.system.simulation import Run, Simulation, simulate
from schoolsim.system.state.schema import HALF_TERMS

STORED = Path(__file__).parent / "measured" / "living.csv"
SEEDS = 20
MORE_SEEDS = 200  # for what 20 cannot tell from luck
YEARS = 4


@lru_cache(maxsize=64)
def runs(config: str, levers: tuple[tuple[str, object], ...] = (), seeds: int = SEEDS) -> tuple[Run, ...]:
    """The runs of a config, one a seed."""
    scenario = ss.load_config(config).scenario().with_(dict(levers))
    return tuple(simulate(scenario, seed, years=YEARS, burn_in_years=2) for seed in range(1, seeds + 1))


def outcome(name: str, config: str, seeds: int = SEEDS, **levers: object) -> np.ndarray:
    """A number of each run: the mean over the last year, or a year's mean of what is counted."""
    pairs = tuple((lever.replace("__", "."), value) for lever, value in levers.items())
    return np.array([run.outcomes[name] for run in runs(config, pairs, seeds)])


def transfers(brokers: int) -> np.ndarray:
    """Transfers of practice a year with so many brokers, of many seeds."""
    return outcome("transfers.year", "no_programme", MORE_SEEDS, broker__number=brokers)


def path(name: str, config: str, half_terms: tuple[int, ...]) -> str:
    """An outcome in some half-terms of policy, means over runs."""
    found = []
    for half_term in half_terms:
        values = [run.series[name][list(run.half_terms).index(half_term)] for run in runs(config)]
        found.append(f"{np.nanmean(values):.3g}")
    return ", ".join(found)


def mean(values: np.ndarray, unit: str = "") -> str:
    """A mean with the half-width of its 95% interval."""
    half = 2.09 * values.std(ddof=1) / np.sqrt(len(values))
    return f"{values.mean():.3g} ± {half:.2g}{f' {unit}' if unit else ''}"


def ratio(above: np.ndarray, below: np.ndarray) -> str:
    """The ratio of two means."""
    return f"{above.mean() / below.mean():.2f}"


@lru_cache(maxsize=4)
def watched(config: str) -> tuple[Mapping[str, float], ...]:
    """What only the state tells, of a few runs: schools through time, recruits, trust each way, quarrels."""
    found = []
    for seed in range(1, 6):
        run = Simulation(ss.load_config(config).scenario(), seed, ss.synthetic_authority(seed), burn_in_years=2)
        yearly = []
        quarrels: set[tuple[int, int]] = set()
        for _ in range(HALF_TERMS * (2 + 6)):
            run.step()
            ties = run.state.ties
            hostile = (ties.alive != 0) & (ties.hostile != 0)
            quarrels |= set(zip(ties.a[hostile].tolist(), ties.b[hostile].tolist(), strict=True))
            if run.clock.half_term % HALF_TERMS == 0 and run.clock.half_term >= 0:
                yearly.append(np.array(run.state.schools.progress))
        state = run.state
        table = np.array(yearly)
        one, two = np.diff(table, axis=0).std(), (table[2:] - table[:-2]).std()
        ties = state.ties
        alive = ties.alive != 0
        used = np.array((state.knowledge.mastery > 0.5).sum(axis=1))
        new = np.array(state.teachers.years) < 1.0
        found.append({
            "spread": float(table[-1].std()),
            "persistence": float(np.corrcoef(table[-2], table[-1])[0, 1]),
            "two to one": float(two / one),
            "mutual": float(np.corrcoef(ties.trust_ab[alive], ties.trust_ba[alive])[0, 1]),
            "quarrels": float(len(quarrels)),
            "recruits": float(used[new].mean()),
            "others": float(used[~new].mean()),
        })  # fmt: skip
    return tuple(found)


def seen(name: str, config: str = "no_programme") -> np.ndarray:
    """A number that only the state tells, one a run."""
    return np.array([one[name] for one in watched(config)])


def rows() -> list[tuple[str, str, Callable[[], str], str]]:
    """What was found in the first form, what it is called now, how it is measured, and the command that shows it."""
    beacon = "schoolsim run beacon --seed 1"
    brokers = (0, 4, 12)
    return [
        ("Paid programmes died: 36, 27, 12, 3 and 0.4 of Beacon's partnerships at half-terms 0, 5, 11, 17 and 23",
         "the same half-terms, the grant paid throughout",
         lambda: path("partnerships.programme", "beacon", (0, 5, 11, 17, 23)), beacon),
        ("The same", "share of Beacon's places filled, at the end of each paid year",
         lambda: path("places.filled", "beacon", (5, 11, 17, 23)), beacon),
        ("Effects were read against other teachers, with errors four to five times too large",
         "effect in learners' classes, against the same people without it, percentage points",
         lambda: mean(outcome("effect.learners", "beacon")), beacon),
        ("The same", "effect of a programme that does nothing",
         lambda: mean(outcome("effect.mean", "no_programme")), "schoolsim run no_programme --seed 1"),
        ("Recruits came nearly empty", "practices in use of those in their first year, and of the others",
         lambda: f"{seen('recruits').mean():.2f} and {seen('others').mean():.2f}", "ss.SchoolSystem"),
        ("Engagement counted three times: imposed help was 23 times worse than chosen",
         "learnt in a programme whose partners are chosen, over the same imposed",
         lambda: ratio(
             outcome("learnt.programme", "beacon"), outcome("learnt.programme", "beacon", programme__imposed=True)
         ),
         "schoolsim run beacon -p programme.imposed=true"),
        ("The rate of learning peaked at twice the gap declared", "it peaks where it is declared",
         lambda: "worked by hand: tests/rules", "schoolsim show learning.zone"),
        ("Schools were too alike", "standard deviation between schools of what teaching adds, pupil sd",
         lambda: mean(seen("spread")), "ss.SchoolSystem"),
        ("Change from year to year was noise", "correlation of schools' progress with the year before",
         lambda: mean(seen("persistence")), "ss.SchoolSystem"),
        ("The same: two-year change over one-year change was 1.00", "that ratio",
         lambda: mean(seen("two to one")), "ss.SchoolSystem"),
        ("Brokers were inert", "partnerships begun a year with 0, 4 and 12 brokers",
         lambda: "; ".join(mean(outcome("partnerships.begun", "no_programme", broker__number=n)) for n in brokers),
         "schoolsim run no_programme -p broker.number=12"),
        ("The same", "transfers of practice a year with 0, 4 and 12 brokers",
         lambda: "; ".join(mean(transfers(n)) for n in brokers),
         "schoolsim run no_programme -p broker.number=12"),
        ("The same", "transfers with 4 brokers less those with none, and with 12 less those with 4, the same seeds",
         lambda: f"{mean(transfers(4) - transfers(0))}; {mean(transfers(12) - transfers(4))}",
         "schoolsim run no_programme -p broker.number=12"),
        ("540 introductions became 3 partnerships", "share of introductions that become work, with 4 brokers",
         lambda: mean(outcome("introductions.work", "no_programme", broker__number=4)
                      / outcome("broker.introductions", "no_programme", broker__number=4)),
         "schoolsim run no_programme -p broker.number=4"),
        ("Meetings taught nothing", "mastery learnt at meetings and on visits a year, in peer review triads",
         lambda: mean(outcome("learnt.meetings", "peer_review_triads")), "schoolsim run peer_review_triads"),
        ("A website beat nearly every programme, free of hours",
         "mastery learnt a year by reading a full website, over what is learnt in Beacon's partnerships",
         lambda: ratio(
             outcome("learnt.website", "no_programme", website__rate=1.0), outcome("learnt.programme", "beacon")
         ),
         "schoolsim run no_programme -p website.rate=1"),
        ("The same", "effect of a full website on all pupils, over that of Beacon's partnerships",
         lambda: ratio(
             outcome("effect.mean", "no_programme", website__rate=1.0), outcome("effect.mean", "beacon")
         ),
         "schoolsim run no_programme -p website.rate=1"),
        ("Talk at home was on no ledger", "hours of it a year that are booked, in an authority",
         lambda: mean(outcome("hours.home", "no_programme")), "schoolsim run no_programme"),
        ("Partnerships never changed their mode", "changes of mode a year, under Beacon",
         lambda: mean(outcome("modes.changed", "beacon")), beacon),
        ("Trust between schools became mutual to .8", "correlation of trust each way",
         lambda: mean(seen("mutual")), "schoolsim map no_programme"),
        ("No quarrel arose in ten years", "pairs of schools that were hostile in eight years",
         lambda: mean(seen("quarrels")), "ss.SchoolSystem"),
        ("Exchange never made a practice", "practices created a year under joint practice development",
         lambda: mean(outcome("practices.created", "joint_practice_development")),
         "schoolsim run joint_practice_development"),
        ("Repertoires fell steadily, from 3.98 to 3.34 practices in five years",
         "practices in use of a teacher, at the start and after four years",
         lambda: path("practices.used", "no_programme", (0, 23)), "schoolsim run no_programme"),
    ]  # fmt: skip


def main() -> int:
    """Measure, and write."""
    with STORED.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["found", "number", "now", "command"])
        for found, number, measure, command in rows():
            now = measure()
            writer.writerow([found, number, now, command])
            sys.stdout.write(f"{number}: {now}\n")
            sys.stdout.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())
