"""Hashes of small runs of shipped programmes: `python -m tests.system.stored` prints the file that holds them.

Run it when results are meant to change, and say so in the changelog.
"""

from __future__ import annotations

import hashlib
import platform
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import tomlkit

from schoolsim import draws
from schoolsim.config import load_config
from schoolsim.outcomes.catalog import OUTCOMES
from schoolsim.parameters import Scenario
from schoolsim.populations import SchoolTable
from schoolsim.system.simulation import Simulation

STORED = Path(__file__).with_name("stored_hashes.toml")
PROGRAMMES = (
    "no_programme", "beacon", "authority_brokerage", "peer_review_triads", "joint_practice_development",
)  # fmt: skip
SCHOOLS, YEARS, BURN_IN, SEED = 30, 3, 1, 7
#: What of the state is hashed: ties, people, practice, rolls and money together leave nothing untouched.
COLUMNS = (
    "schools.published", "schools.roll", "schools.confidence", "schools.tone", "schools.commitments",
    "teachers.uid", "teachers.confidence", "teachers.effect", "ties.trust_ab", "ties.trust_ba", "ties.familiarity",
    "ties.hostile", "friends.familiarity", "partnerships.uid", "partnerships.given", "partnerships.focus",
    "knowledge.mastery", "knowledge.ownership", "knowledge.tuning", "networks.news", "broker_knowledge.strengths",
    "ledger.hours", "ledger.pounds",
)  # fmt: skip


def here() -> str:
    """What the last digit of a logarithm may depend on."""
    return f"{platform.system()} {platform.machine()}"


def schools() -> SchoolTable:
    """Two authorities' schools, drawn here so that no change of the synthetic population touches them."""

    def drawn(place: int) -> np.ndarray:
        bits = [draws.bits_plainly(SEED, draws.POPULATION, 0, school, place) for school in range(SCHOOLS)]
        return np.array([number / 2**64 for number in bits])

    phase = np.where(np.arange(SCHOOLS) % 4 == 3, 1, 0)
    roll = np.round(np.where(phase == 1, 300 + 600 * drawn(0), 60 + 340 * drawn(0)))
    return SchoolTable(
        urn=100_000 + 7 * np.arange(SCHOOLS),
        name=np.array([f"School {row}" for row in range(SCHOOLS)], dtype=object),
        phase=phase,
        easting=8.0 * drawn(1),
        northing=8.0 * drawn(2),
        roll=roll,
        capacity=np.round(roll * (0.9 + 0.4 * drawn(3))),
        disadvantage=0.02 + 0.48 * drawn(4),
        attainment=4.0 * (drawn(5) + drawn(6) - 1.0),
        teachers=(4 + 8 * drawn(7)).astype(np.int64),
        authority=np.arange(SCHOOLS) % 2,
        authorities=("North", "South"),
    )


def run(scenario: Scenario) -> Simulation:
    """Some years of policy after one before it."""
    simulation = Simulation(scenario, SEED, schools(), burn_in_years=BURN_IN)
    simulation.run(YEARS)
    return simulation


def _hash(arrays: Mapping[str, np.ndarray]) -> str:
    made = hashlib.sha256()
    for name, values in arrays.items():
        made.update(name.encode())
        made.update(np.ascontiguousarray(values).tobytes())
    return made.hexdigest()[:16]


def hashes(simulation: Simulation, outcomes: list[str]) -> dict[str, str]:
    """Of what was measured, and of the state in the end.

    Args:
        simulation: A run.
        outcomes: Those that the hash covers: one more in the catalogue changes no result.
    """
    columns = {}
    for name in COLUMNS:
        group, column = name.split(".")
        columns[name] = getattr(getattr(simulation.state, group), column)
    return {"series": _hash({name: simulation.series[name] for name in outcomes}), "state": _hash(columns)}


def scenario_of(programme: str) -> Scenario:
    """A shipped programme's values."""
    return load_config(f"programmes/{programme}").scenario()


def stored() -> dict[str, Any]:
    """The file's content."""
    return tomllib.loads(STORED.read_text(encoding="utf-8"))


def _file() -> str:
    outcomes = sorted(OUTCOMES)
    document = tomlkit.document()
    document.add(
        tomlkit.comment("Hashes of small runs of shipped programmes; python -m tests.system.stored prints them.")
    )
    document.add("made_on", tomlkit.item(here()))
    names = tomlkit.array()
    names.extend(outcomes)
    document.add("outcomes", names.multiline(True))
    for programme in PROGRAMMES:
        document.add(programme, tomlkit.item(hashes(run(scenario_of(programme)), outcomes)))
    return tomlkit.dumps(document)


if __name__ == "__main__":
    print(_file(), end="")
