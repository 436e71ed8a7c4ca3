"""Measure what changes where an assumed value is wrong: `python docs/measure_assumptions.py` (or `make measured`).

Every number that no source gives is halved and doubled, as far as its bounds allow, in two systems: Beacon schools
alone, and a busy one in which most of the model is at work. What moves is written to `docs/measured/assumptions.csv`,
from which `make docs` fills `docs/assumptions.md`. It takes some ten minutes; with `--missing` only what the table
does not have at the present default is measured, such as a parameter just added.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Mapping
from pathlib import Path

import numpy as np
from measure import Difference, paired

from schoolsim.config import load_config
from schoolsim.outcomes.catalog import OUTCOMES
from schoolsim.parameters import REGISTRY, Scenario
from schoolsim.parameters.declare import Parameter
from schoolsim.parameters.values import Value
from schoolsim.system.simulation import Population, Simulation

TABLE = Path(__file__).parent / "measured" / "assumptions.csv"
WATCHED = (
    "progress.mean", "progress.partner", "progress.gap", "attainment.mean", "trust.mean", "transfers.year",
    "practices.created", "confidence.mean", "ties.isolated", "partnerships.begun",
)  # fmt: skip
WORLDS = ("beacon", "busy")
YEARS, BURN_IN, REPLICATIONS, SCHOOLS = 3, 1, 4, 60
TOLD = 3  # outcomes named for each change
BUSY: dict[str, Value] = {
    "programme.structure": "cluster", "programme.networks": 2, "network.select": "any", "network.facilitated": True,
    "network.levels": "all", "website.rate": 0.2, "accreditation.rate": 0.2, "accreditation.fund": 1000.0,
    "evaluation.kind": "formal", "internal_broker.share": 0.5, "enquiry.share": 0.02, "remote.contact": 0.5,
    "inspection.years": 6, "policy.churn": 4.0, "policy.continuity": 0.3, "tables.published": True,
    "broker.judges": True, "broker.resources": 10000.0, "funding.purse": "bid", "stakes.level": 0.6,
    "programme.patience": 0, "timetable.common": False, "channel.programme": "visit",
}  # fmt: skip

Change = tuple[str, float, float]
"""Parameter, its default, and the value tried in its place."""


def assumed() -> list[Parameter]:
    """Numbers that rest on no published source, or whose size does not."""
    return [
        spec
        for spec in REGISTRY.values()
        if spec.kind in ("real", "whole")
        and spec.role != "lever"
        and (spec.grade in ("assumed", "memory", "calibrated") or "assumed" in spec.source)
    ]


def otherwise(spec: Parameter) -> list[Value]:
    """The value halved and doubled, within its bounds; of nought, a quarter of the way to each bound."""
    value, (low, high) = float(spec.default), spec.bounds
    wanted = [value / 2, value * 2] if value else [low / 4, high / 4]
    if spec.kind == "whole":
        wanted = [int(wanted[0]), round(wanted[1])]
    kept = dict.fromkeys(spec.check(min(max(other, low), high)) for other in wanted)
    return [other for other in kept if other != spec.default]


def run(values: dict[str, Value], seed: int) -> list[float]:
    """The watched outcomes of one replication."""
    scenario = Scenario.of(values)
    table = Population(schools=SCHOOLS).table(scenario, seed)
    simulation = Simulation(scenario, seed, table, burn_in_years=BURN_IN, outcomes=WATCHED)
    simulation.run(YEARS)
    found = simulation.outcomes(2)
    return [found[name] for name in WATCHED]


def several(values: dict[str, Value]) -> np.ndarray:
    """The watched outcomes of every replication: (replication, outcome)."""
    return np.array([run(values, seed) for seed in range(1, REPLICATIONS + 1)])


def changes(with_: np.ndarray, without: np.ndarray) -> str:
    """What a value moves beyond doubt, most first, measured by how much replications differ."""
    found: list[tuple[float, str, Difference]] = []
    for place, name in enumerate(WATCHED):
        gap = paired(with_[:, place], without[:, place])
        if gap.low > 0.0 or gap.high < 0.0:
            spread = float(np.nanstd(without[:, place])) or 1.0
            found.append((abs(gap.mean) / spread, name, gap))
    found.sort(key=lambda one: -one[0])
    return ", ".join(f"{name} {gap.mean:+.2g} {OUTCOMES[name].unit}" for _, name, gap in found[:TOLD])


def stored() -> dict[Change, tuple[str, ...]]:
    """What the table says moves, by change and in the order of the worlds."""
    if not TABLE.is_file():
        return {}
    with TABLE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))[1:]
    return {(name, float(default), float(instead)): tuple(moved) for name, default, instead, *moved in rows}


def write(rows: Mapping[Change, tuple[str, ...]]) -> None:
    """Write the rows that are known, in the order of the registry."""
    TABLE.parent.mkdir(exist_ok=True)
    with TABLE.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("parameter", "default", "instead", *WORLDS))
        for spec in assumed():
            for other in otherwise(spec):
                moved = rows.get((spec.name, float(spec.default), float(other)))
                if moved is not None:
                    writer.writerow((spec.name, spec.default, other, *moved))


def main() -> int:
    """Measure every assumed number and write the table; with `--missing`, only what it lacks."""
    beacon = dict(load_config("programmes/beacon").fixed())
    busy = {**load_config("programmes/joint_practice_development").fixed(), **BUSY}
    worlds = dict(zip(WORLDS, (beacon, busy), strict=True))
    usual = {name: several(world) for name, world in worlds.items()}
    rows = stored() if "--missing" in sys.argv else {}
    for spec in assumed():
        for other in otherwise(spec):
            change = (spec.name, float(spec.default), float(other))
            if change not in rows:
                rows[change] = tuple(
                    changes(several({**world, spec.name: other}), usual[name]) for name, world in worlds.items()
                )
                write(rows)
    return 0


if __name__ == "__main__":
    sys.exit(main())
