"""A half-term is its phases, in order, and nothing else; each can be replaced."""

from __future__ import annotations

import re

import numpy as np
import pytest

from schoolsim.system import phases
from schoolsim.system.phases import PHASES, careers, joint_work
from schoolsim.system.school_system import SchoolSystem
from schoolsim.system.state import Clock, Parameters, State
from schoolsim.system.state.growth import make_room
from schoolsim.system.state.ledger import BEGUN
from tests.system.test_watching import state_of
from tests.system.worlds import PROGRAMME, World, digest, made_table

WORLD = World(made_table(13), PROGRAMME, 13, burn_in_years=1)


def system() -> SchoolSystem:
    return SchoolSystem(parameters=WORLD.overrides, seed=13, schools=WORLD.table, burn_in_years=1)


def test_the_docstring_lists_the_phases_in_order() -> None:
    listed = re.findall(r"^\s*(\d+)\. (\w+)$", SchoolSystem.__doc__ or "", flags=re.MULTILINE)
    assert [name for _, name in listed] == [name for name, _ in PHASES]
    assert [int(number) for number, _ in listed] == list(range(1, len(PHASES) + 1))


def test_each_phase_is_the_entry_of_a_file_of_its_name() -> None:
    for number, (name, phase) in enumerate(PHASES, start=1):
        module = __import__(f"{phases.__name__}.{name}", fromlist=["run"])
        assert phase is module.run
        assert (module.__doc__ or "").startswith(f"{number}. {name.replace('_', ' ').capitalize()}:")


def test_a_step_runs_the_phases_once_each_in_order_with_the_clock() -> None:
    model = system()
    seen: list[tuple[str, int, int]] = []
    model.phases[:] = [
        (name, lambda state, p, clock, name=name: seen.append((name, clock.seed, clock.half_term)))
        for name, _ in model.phases
    ]
    model.step()
    assert seen == [(name, 13, -6) for name, _ in PHASES]
    assert model.half_term == -5
    assert model.steps == 1


def test_a_step_runs_the_phases_and_nothing_else() -> None:
    """Without phases a half-term leaves everything as it was, the ledger empty."""
    model = system()
    make_room(model.simulation.state)
    before = state_of(model.simulation)
    model.phases.clear()
    for _ in range(6):
        model.step()
    assert state_of(model.simulation) == before


def test_as_the_policy_begins_only_marks_are_set() -> None:
    """At half-term 0 the model notes where every school stands; nothing else moves outside the phases."""
    model = system()
    model.phases.clear()
    model.simulation.run(0)
    before = state_of(model.simulation)
    model.step()
    after, schools = state_of(model.simulation), model.simulation.state.schools
    # Whoever is compared with the run without programmes is put beside it at the end, outside the phases.
    moved = [name for name in before if before[name] != after[name] and "_twins." not in name]
    assert moved == ["schools.neediest"]
    for phase in np.unique(schools.phase):
        here = schools.phase == phase
        assert schools.neediest[here].sum() == here.sum() // 3
        lowest = schools.published[here & (schools.neediest == 1)].max()
        assert lowest <= schools.published[here & (schools.neediest == 0)].min()


@pytest.mark.parametrize("place", range(len(PHASES)))
def test_every_phase_does_something(place: int) -> None:
    model, whole = system(), system()
    del model.phases[place]
    model.run(1)
    whole.run(1)
    assert digest(model.simulation) != digest(whole.simulation)


def test_a_phase_can_be_replaced() -> None:
    """Nobody leaves: the people in the posts are the ones of the beginning."""

    def nobody_leaves(state: State, p: Parameters, clock: Clock) -> None:
        if clock.half_term % 6 != 5:
            careers.run(state, p, clock)

    model, plain = system(), system()
    people = model.simulation.state.teachers.uid.copy()
    place = [name for name, _ in model.phases].index("careers")
    model.phases[place] = ("careers", nobody_leaves)
    model.run(2)
    plain.run(2)
    np.testing.assert_array_equal(model.simulation.state.teachers.uid, people)
    assert not np.array_equal(plain.simulation.state.teachers.uid, people)


def test_a_phase_can_be_added_and_sees_the_half_term() -> None:
    model = system()
    seen = []
    model.phases.append(
        ("count", lambda state, p, clock: seen.append((clock.half_term, int(state.ledger.counts[BEGUN]))))
    )
    model.run(1)
    assert [half_term for half_term, _ in seen] == list(range(-6, 6))
    assert [number for _, number in seen] == model.simulation.series["partnerships.begun"].tolist()


def test_one_models_phases_are_its_own() -> None:
    model = system()
    model.phases.clear()
    assert [name for name, _ in system().phases] == [name for name, _ in PHASES]
    assert joint_work.run in dict(PHASES).values()
