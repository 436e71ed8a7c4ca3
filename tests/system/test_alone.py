"""A school with nobody to learn from learns from nobody (model, section 8)."""

from __future__ import annotations

import numpy as np
import pytest

from tests.system.invariants import watched
from tests.system.worlds import PROGRAMME, World, made_table

#: Nobody knows anybody, looks for anybody or is brought to anybody.
ALONE = {
    "ties.nearby": 0.0, "ties.elsewhere": 0.0, "ties.teachers": 0.0, "search.strangers": 0,
    "mechanism.brokers": False, "leadership.carried_ties": 0,
    "careers.carried_ties": 0.0, "careers.school_tie": 0.0,
}  # fmt: skip
_TOGETHER = (
    "transfers.year", "partnerships.active", "partnerships.begun", "practices.created", "hours.joint", "hours.travel",
    "ties.degree", "originated.ever", "cover.harm", "pounds.granted",
)  # fmt: skip


@pytest.mark.parametrize("schools", [1, 2, 3, 4])
@pytest.mark.parametrize("seed", [1, 2])
def test_without_ties_nothing_passes_between_schools(schools: int, seed: int) -> None:
    run = watched(World(made_table(seed, schools), ALONE, seed, burn_in_years=1).begun())
    run.run(2)
    for name in _TOGETHER:
        assert not run.series[name].any(), name
    assert np.all(run.series["ties.isolated"] == 1.0)


@pytest.mark.parametrize("overrides", [{}, {"broker.number": 5}, {"search.strangers": 50}, PROGRAMME])
def test_a_school_alone_in_its_authority_learns_from_no_one(overrides: dict[str, object]) -> None:
    """Whatever is tried: a broker has nobody to introduce, a programme nobody to pair."""
    run = watched(World(made_table(3, 1), overrides, 3, burn_in_years=1).begun())
    run.run(2)
    for name in _TOGETHER:
        assert not run.series[name].any(), name


def test_the_same_schools_with_ties_learn_from_one_another() -> None:
    friendly = {"ties.nearby": 1.0, "search.rate": 1.0, "accept.base": 5.0, "learning.rate": 8.0}
    run = World(made_table(1, 4), friendly, 1, burn_in_years=1).run(3)
    assert run.series["transfers.year"].any()


def test_a_single_school_keeps_its_pupils_and_its_practice() -> None:
    run = World(made_table(1, 1), {}, 1).run(10)
    assert run.state.schools.roll[0] == pytest.approx(run.table.roll[0])
    assert 0.5 < run.latest["practices.used"] < 20.0
