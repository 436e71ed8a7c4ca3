"""Measure what changes where an assumed value is wrong: `python docs/measure_assumptions.py` (or `make measured`).

Every number that no source gives is halved and doubled, and put at each end of its range, one at a time, in two
systems: Beacon schools alone, and a busy one in which most of the model is at work. What moves is written to
`docs/measured/assumptions.csv`, from which `make docs` fills `docs/assumptions.md`. It takes some ten minutes; with
`--missing` only what the table does not have at the present default is measured, such as a parameter just added.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Mapping
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import numpy as np
from measure import Difference, paired

from schoolsim.config import load_config
from schoolsim.parameters import REGISTRY, Scenario
from schoolsim.parameters.constraints import possible
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
COLUMNS = ("parameter", "default", "instead", "world", "outcome", "change", "low", "high", "size")
BUSY: dict[str, Value] = {
    "programme.structure": "cluster", "programme.networks": 2, "network.select": "any", "network.facilitated": True,
    "network.levels": "all", "website.rate": 0.2, "accreditation.rate": 0.2, "accreditation.fund": 1000.0,
    "evaluation.kind": "formal", "internal_broker.share": 0.5, "enquiry.share": 0.02, "remote.contact": 0.5,
    "inspection.years": 6, "policy.churn": 4.0, "policy.continuity": 0.3, "tables.published": True,
    "broker.judges": True, "broker.resources": 10000.0, "funding.purse": "bid", "stakes.level": 0.6,
    "programme.patience": 0, "timetable.common": False, "channel.programme": "visit",
}  # fmt: skip

Change = tuple[str, float, float, str]
"""Parameter, its default, the value tried in its place, and the system it was tried in."""
Rows = list[tuple[str, str, str, str, str]]
"""Outcome, change, the ends of its 95% interval, and its size against the spread of replications, most first."""


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
    """The value halved and doubled, within its range, and the ends of the range."""
    value, (low, high) = float(spec.default), spec.bounds
    wanted = [low, value / 2, value * 2, high]
    if spec.kind == "whole":
        wanted = [int(low), int(value / 2), round(value * 2), int(high)]
    kept = dict.fromkeys(spec.check(type(other)(min(max(other, low), high))) for other in wanted)
    return sorted(other for other in kept if other != spec.default and possible({spec.name: other}))


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


def changes(with_: np.ndarray, without: np.ndarray) -> Rows:
    """What a value moves beyond doubt, most first, measured by how much replications differ."""
    found: list[tuple[float, str, Difference]] = []
    for place, name in enumerate(WATCHED):
        gap = paired(with_[:, place], without[:, place])
        if gap.low > 0.0 or gap.high < 0.0:
            spread = float(np.nanstd(without[:, place])) or 1.0
            found.append((abs(gap.mean) / spread, name, gap))
    found.sort(key=lambda one: -one[0])
    return [
        (name, f"{gap.mean:.3g}", f"{gap.low:.3g}", f"{gap.high:.3g}", f"{size:.3g}")
        for size, name, gap in found[:TOLD]
    ]


def moved(task: tuple[Change, dict[str, Value], np.ndarray]) -> tuple[Change, Rows]:
    """What one change moves in one system."""
    change, world, usual = task
    name, _, instead, _ = change
    whole = REGISTRY[name].kind == "whole"
    return change, changes(several({**world, name: int(instead) if whole else instead}), usual)


def stored() -> dict[Change, Rows]:
    """What the table says moves, by change."""
    found: dict[Change, Rows] = {}
    if TABLE.is_file():
        with TABLE.open(encoding="utf-8", newline="") as file:
            for name, default, instead, world, *told in list(csv.reader(file))[1:]:
                rows = found.setdefault((name, float(default), float(instead), world), [])
                if told[0]:
                    rows.append((told[0], told[1], told[2], told[3], told[4]))
    return found


def write(rows: Mapping[Change, Rows]) -> None:
    """Write the rows that are known, in the order of the registry; a change that moves nothing has a row of its own."""
    TABLE.parent.mkdir(exist_ok=True)
    with TABLE.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        for change in wanted():
            if change in rows:
                for told in rows[change] or [("", "", "", "", "")]:
                    writer.writerow((*change, *told))


def wanted() -> list[Change]:
    """Every change that the table should hold."""
    return [
        (spec.name, float(spec.default), float(other), world)
        for spec in assumed()
        for other in otherwise(spec)
        for world in WORLDS
    ]


def main() -> int:
    """Measure every assumed number and write the table; with `--missing`, only what it lacks."""
    beacon = dict(load_config("programmes/beacon").fixed())
    busy = {**load_config("programmes/joint_practice_development").fixed(), **BUSY}
    worlds = dict(zip(WORLDS, (beacon, busy), strict=True))
    rows = stored() if "--missing" in sys.argv else {}
    with ProcessPoolExecutor() as pool:
        usual = dict(zip(worlds, pool.map(several, worlds.values()), strict=True))
        todo = [(change, worlds[change[3]], usual[change[3]]) for change in wanted() if change not in rows]
        for done, (change, told) in enumerate(pool.map(moved, todo, chunksize=8), 1):
            rows[change] = told
            if done % 200 == 0:
                write(rows)
                sys.stderr.write(f"{done} of {len(todo)}\n")
    write(rows)
    return 0


if __name__ == "__main__":
    sys.exit(main())
