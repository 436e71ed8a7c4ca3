"""Tables are sized by the schools there are: nothing fills up, and how many know each other is a matter of place."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from schoolsim.populations import SchoolTable, synthetic_authority
from schoolsim.rules.codes import ORIGINATOR, PARTNER
from schoolsim.system.state import State
from tests.system.worlds import World


def tiled(table: SchoolTable, times: int, *, apart: float = 500.0) -> SchoolTable:
    """One authority of the same schools several times over, each with new URNs and far from the others."""
    copies = np.repeat(np.arange(times), len(table))
    columns: dict[str, Any] = {name: np.tile(getattr(table, name), times) for name in (
        "name", "phase", "northing", "roll", "capacity", "disadvantage", "attainment", "teachers", "authority",
        "trust", "federation",
    )}  # fmt: skip
    urn = np.tile(table.urn, times) + 1_000_000 * copies
    return replace(table, **columns, urn=urn, easting=np.tile(table.easting, times) + apart * copies)


def degrees(state: State) -> np.ndarray:
    """Ties of each school."""
    alive = state.ties.alive == 1
    ends = np.concatenate([state.ties.a[alive], state.ties.b[alive]])
    return np.bincount(ends, minlength=state.schools.rows)


def test_schools_have_as_many_ties_however_many_there_are_and_whatever_their_urn() -> None:
    town = synthetic_authority(3, schools=60)
    one, many = (
        np.concatenate([degrees(World(tiled(town, times), {}, seed).begun().state) for seed in seeds])
        for times, seeds in ((1, range(20)), (10, range(20, 22)))
    )
    assert many.mean() == pytest.approx(one.mean(), rel=0.05)
    # Who has a higher URN has no more and no fewer: of ten copies the URNs rise from one to the next.
    last = World(tiled(town, 10), {}, 7).begun().state
    assert abs(np.corrcoef(last.schools.uid, degrees(last))[0, 1]) < 0.15


def test_a_larger_authority_has_more_towns_and_not_larger_ones() -> None:
    """With twelve towns at any size a school of 1,200 has 1.7 times the ties of one of 300."""

    def mean_degree(schools: int, seeds: range) -> float:
        tables = {seed: synthetic_authority(seed, schools=schools) for seed in seeds}
        return float(np.mean([degrees(World(table, {}, seed).begun().state).mean() for seed, table in tables.items()]))

    assert mean_degree(1_200, range(2)) == pytest.approx(mean_degree(300, range(4)), rel=0.15)


@pytest.mark.parametrize("schools", [60, pytest.param(2_000, marks=pytest.mark.slow)])
def test_a_programme_begins_with_as_many_partnerships_as_it_has_partners(schools: int) -> None:
    wanted = {"programme.originators": schools // 10, "programme.partners_each": 4, "search.rate": 0.0}
    simulation = World(synthetic_authority(1, schools=schools), wanted, 1).begun()
    simulation.step()
    state = simulation.state
    role, here = state.programmes.role[1, : state.schools.rows], state.partnerships
    begun = (here.alive == 1) & (here.programme == 1)
    partners = np.flatnonzero(role == PARTNER)
    assert (role == ORIGINATOR).sum() == schools // 10
    assert sorted(here.partner[begun]) == partners.tolist()
    assert len(partners) > 2 * (schools // 10)
    assert not here.alive.all()
    assert not state.ties.alive.all()
