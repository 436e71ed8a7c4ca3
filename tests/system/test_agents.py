"""What agents show of the columns, on a system small enough to look it up (the Mesa face)."""

from __future__ import annotations

import numpy as np
import pytest

from schoolsim.outcomes.catalog import OUTCOMES
from schoolsim.outcomes.summing import summed
from schoolsim.system.school_system import SchoolSystem
from schoolsim.system.state import REMEMBERED
from schoolsim.system.state.adjacency import find_tie, trust_of
from tests.system.by_hand import put_row
from tests.system.worlds import made_table


@pytest.fixture(scope="module")
def model() -> SchoolSystem:
    """Six schools and a broker."""
    overrides = {"broker.number": 1, "programme.structure": "cluster", "programme.networks": 1, "ties.nearby": 1.0}
    return SchoolSystem(parameters=overrides, seed=3, schools=made_table(3, 6), burn_in_years=0)


def test_a_school_shows_its_intake_its_staff_and_its_phase(model: SchoolSystem) -> None:
    schools = model.simulation.state.schools
    for row, school in enumerate(model.schools):
        assert school.disadvantage == pytest.approx(schools.poor[row] / schools.roll[row])
        assert [teacher.row for teacher in school.teachers] == list(range(schools.first[row], schools.past[row]))
        assert {teacher.school for teacher in school.teachers} == {school}
        assert school.phase == ("primary", "secondary", "special")[schools.phase[row]]
        assert school.name == f"School {row}"
        assert school.trust_in(school) is None


def test_trust_is_the_ties_from_either_end(model: SchoolSystem) -> None:
    state, seen = model.simulation.state, 0
    for one in model.schools:
        for other in model.schools:
            on = find_tie(state, one.row, other.row)
            expected = None if on < 0 else trust_of(state.ties, on, one.row)
            assert one.trust_in(other) == expected
            assert one.hostile_to(other) == bool(on >= 0 and state.ties.hostile[on])
            seen += on >= 0
    assert seen > 4
    on = int(np.flatnonzero(state.ties.alive)[0])
    state.ties.hostile[on] = 1
    one, other = model.schools[int(state.ties.a[on])], model.schools[int(state.ties.b[on])]
    assert one.hostile_to(other)
    assert other.hostile_to(one)
    state.ties.hostile[on] = 0


def test_partners_are_both_sides_of_partnerships_alive(model: SchoolSystem) -> None:
    table = model.simulation.state.partnerships
    put_row(table, 0, alive=1, originator=0, partner=2)
    put_row(table, 1, alive=1, originator=3, partner=0)
    put_row(table, 2, alive=0, originator=0, partner=4)
    assert [school.row for school in model.schools[0].partners] == [2, 3]
    assert [school.row for school in model.schools[2].partners] == [0]
    assert model.schools[4].partners == []
    table.alive[:2] = 0


def test_a_networks_members_are_listed(model: SchoolSystem) -> None:
    state = model.simulation.state
    put_row(state.networks, 0, alive=1, members=2)
    state.networks.member[0, :3] = (1, 4, -1)
    assert [school.row for school in model.schools[1].network] == [1, 4]
    assert model.schools[0].network == []
    state.networks.alive[0] = 0
    assert model.schools[1].network == []


def test_a_brokers_introductions_are_listed_last_first(model: SchoolSystem) -> None:
    (broker,) = model.brokers
    log = model.simulation.state.introductions
    for number, expected in ((0, []), (3, [2, 1, 0])):
        model.simulation.state.brokers.introduced[0] = number
        log.school[:3], log.other[:3], log.half_term[:3] = (0, 1, 2), (3, 4, 5), (7, 8, 9)
        assert [(a.row, b.row, when) for a, b, when in broker.introductions] == [
            (place, place + 3, place + 7) for place in expected
        ]
    model.simulation.state.brokers.introduced[0] = REMEMBERED + 2
    log.half_term[:] = np.arange(REMEMBERED)
    found = [when for _, _, when in broker.introductions]
    assert found == [1, 0, *range(REMEMBERED - 1, 1, -1)]


def test_a_broker_takes_a_school_for_what_it_knows_or_by_a_halo(model: SchoolSystem) -> None:
    (broker,) = model.brokers
    simulation = model.simulation
    p, schools = simulation.parameters, simulation.state.schools
    broker.knows[:] = (0.0, 0.5, 1.0, 0.0, 0.0, 0.0)
    schools.badge[0] = 1.0
    halo = p.search_halo_base + p.search_halo_standing * schools.standing + p.badging_visibility * schools.badge
    halo = np.clip(halo, 0.0, 1.0)
    held = simulation.state.repertoires.mastery
    for row, knows in enumerate(broker.knows):
        expected = knows * held[row] + (1 - knows) * halo[row]
        np.testing.assert_allclose(broker.knows_practices[row], expected, rtol=1e-6)


def test_two_views_of_a_row_are_one_and_a_cell_can_be_written(model: SchoolSystem) -> None:
    school, other = model.schools[:2]
    assert school == model.schools[0] != other
    assert len({school, model.schools[0], other}) == 2
    school.tone = 0.25
    assert model.simulation.state.schools.tone[0] == school.tone == 0.25
    np.testing.assert_array_equal(
        other.teachers[0].mastery, model.simulation.state.knowledge.mastery[other.teachers[0].row]
    )


def test_what_a_run_comes_to_is_summed_over_its_last_half_terms(model: SchoolSystem) -> None:
    simulation = model.simulation
    for _ in range(2):
        simulation.step()
    assert simulation.half_terms.tolist() == [0, 1]
    measured = {name: OUTCOMES[name] for name in simulation.series}
    for window in (1, 2):
        expected = summed(measured, simulation.series, simulation.half_terms, window)
        assert simulation.outcomes(window) == pytest.approx(expected, nan_ok=True)
    assert simulation.latest == pytest.approx(
        {name: found[-1] for name, found in simulation.series.items()}, nan_ok=True
    )
