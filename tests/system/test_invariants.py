"""What no run may break, whatever its schools, parameters and seed (model, section 8)."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given, settings

from schoolsim.parameters import code
from schoolsim.rules.codes import ADVANCED, FOR_ALL, FOR_ORIGINATORS, PURSE_BID, PURSE_ORIGINATOR
from schoolsim.system.phases import Phase
from schoolsim.system.simulation import Simulation
from schoolsim.system.state import Clock, Parameters, State
from schoolsim.system.state import ledger as accounts
from tests.system import where
from tests.system.invariants import accounts_balance, levels_within_bounds, partnerships_are_sound, watched
from tests.system.worlds import PROGRAMME, World, living, made_table, worlds

Look = Callable[[State, Parameters, Clock], None]
ALL = slice(None)
FOR_NETWORKS = code("funding.covers", "networks")


def looked_at(simulation: Simulation, after: str, look: Look) -> Simulation:
    """The simulation with `look` run after the phase called `after`."""

    def seen(phase: Phase) -> Phase:
        def run(state: State, p: Parameters, clock: Clock) -> None:
            phase(state, p, clock)
            look(state, p, clock)

        return run

    assert after in dict(simulation.phases)
    simulation.phases[:] = [(name, seen(phase) if name == after else phase) for name, phase in simulation.phases]
    return simulation


@settings(max_examples=10)
@given(worlds())
def test_no_run_breaks_an_invariant(world: World) -> None:
    watched(world.begun()).run(1)


@pytest.mark.slow
@settings(max_examples=200)
@given(worlds())
def test_no_long_run_breaks_an_invariant(world: World) -> None:
    watched(world.begun()).run(3)


def hours_a_teacher_may_spend(state: State, p: Parameters) -> np.ndarray:
    """What their head grants and money buys each teacher in joint work, by counting pair by pair."""
    here, teachers = living(state.partnerships), state.teachers
    allowed = p.time_committed * state.schools.hours[teachers.school]
    for place in np.flatnonzero(here.pairs > 0):
        own = p.siblings[int(here.programme[place])]
        originators = own.funding_originator_keeps if own.funding_purse == PURSE_ORIGINATOR else 0.5
        bought = here.pounds[place] / p.funding_hour / here.pairs[place]
        for giver, learner, who, whom in zip(
            here.giver[place], here.learner[place], here.giver_uid[place], here.learner_uid[place], strict=True
        ):
            if giver >= 0 and learner >= 0 and teachers.uid[giver] == who and teachers.uid[learner] == whom:
                allowed[giver] += bought * originators
                allowed[learner] += bought * (1.0 - originators)
    # The time of advanced skills teachers for other schools, and what a scholarship buys.
    areas = [p.siblings[int(row)] for row in state.schools.area[teachers.school]]
    outreach = np.array([area.ast_time * p.ast_working_hours * area.ast_outreach for area in areas])
    allowed += outreach * (teachers.role == ADVANCED)
    return allowed + p.enquiry_hours * (teachers.enquiring == 1)


@settings(max_examples=30)
@given(worlds())
def test_no_teacher_spends_more_hours_than_there_are(world: World) -> None:
    def look(state: State, p: Parameters, clock: Clock) -> None:
        spent = state.teachers.hours_out
        assert np.all(spent >= 0.0)
        assert np.all(spent <= p.time_in_class * hours_a_teacher_may_spend(state, p) * (1 + 1e-9) + 1e-9), (
            clock.half_term
        )

    looked_at(world.begun(), "joint_work", look).run(1)


def test_some_teacher_spends_every_hour_there_is() -> None:
    """The bound above is met, so that it would not hold were it a little lower."""
    closest = []

    def look(state: State, p: Parameters, clock: Clock) -> None:
        allowed = p.time_in_class * hours_a_teacher_may_spend(state, p)
        closest.append(np.max(state.teachers.hours_out / allowed))

    common = PROGRAMME | {"timetable.common": True}
    looked_at(World(made_table(1), common, 1).begun(), "joint_work", look).run(1)
    assert max(closest) == pytest.approx(1.0, abs=1e-9)


#: Every setting in which some parameter or mechanism matters, once; brokers' money without a programme; all staff
#: in pairs, under heads who would have more of them.
SETTINGS = {
    repr(setting): dict(PROGRAMME) | dict(setting)
    for setting in (*where.PARAMETERS.values(), *where.MECHANISMS.values(), {})
} | {
    "brokers alone": {"broker.resources": 20_000.0, "search.rate": 1.0, "accept.base": 0.0},
    "everybody in pairs": {**PROGRAMME, "pairs.share_funded": 1.0, "pairs.share": 1.0, "leadership.distribute": 1.0},
}


@pytest.mark.parametrize("setting", SETTINGS.values(), ids=SETTINGS.keys())
def test_the_books_balance_wherever_anything_matters(setting: dict[str, object]) -> None:
    simulation = World(made_table(9, 16), setting, 9).begun()
    for _ in range(12):
        simulation.step()
        accounts_balance(simulation.state)
        levels_within_bounds(simulation.state)
        partnerships_are_sound(simulation.state)


@settings(max_examples=30)
@given(worlds())
def test_money_is_granted_to_the_programme_for_as_long_as_it_lasts_and_to_nobody_else(world: World) -> None:
    def look(state: State, p: Parameters, clock: Clock) -> None:
        table, pounds = state.partnerships, state.ledger.pounds
        if len(p.siblings) == 1:
            return
        p, places = p.siblings[1], int(state.programmes.places[1])
        of_network = table.network > 0
        covered = {FOR_ALL: True, FOR_ORIGINATORS: ~of_network, FOR_NETWORKS: of_network}[p.funding_covers]
        funded = (table.alive == 1) & (table.programme > 0) & covered
        past, taper = clock.half_term + 1 - 6 * p.funding_years, 6 * p.funding_taper
        flows = float(past <= 0) or (max(0.0, 1.0 - past / taper) if taper else 0.0)
        total, number = p.funding_total, max(1, places, funded.sum())
        full = (total / number if total > 0.0 else p.funding_per_partnership) / 6.0
        won = table.prize if p.funding_purse == PURSE_BID else 1.0
        granted = np.where(funded & (clock.half_term >= 0), flows * full * won, 0.0)
        assert np.all((table.pounds >= 0.0) & (table.pounds <= granted * (1.0 + 1e-12)))
        # What is not paid out lies unclaimed or has bought an evaluation.
        assert pounds[[accounts.UNCLAIMED, accounts.EVALUATED]].sum() + table.pounds.sum() == pytest.approx(
            granted.sum()
        )
        awards = pounds[accounts.ACCREDITED] + pounds[accounts.TOLD]
        assert pounds[accounts.GRANTED] == pytest.approx(granted.sum() + awards + pounds[accounts.UNFILLED])
        # What was for places that nobody has is told apart.
        empty = max(0, places - int(funded.sum()))
        assert (pounds[accounts.UNFILLED] > 0.0) == (empty > 0 and flows * full > 0.0 and clock.half_term >= 0)

    looked_at(world.begun(), "policy", look).run(2)


@settings(max_examples=30)
@given(worlds())
def test_no_pupil_is_lost_or_made(world: World) -> None:
    """Cohorts are constant, so every phase keeps its pupils, and its pupils on free meals, whoever goes where."""
    simulation = world.begun()
    schools = simulation.state.schools
    years = np.where(schools.phase == 1, 5.0, 7.0)

    def pupils() -> list[float]:
        columns = (schools.roll, schools.poor)
        return [column[schools.phase == phase].sum() for phase in range(3) for column in columns]

    first = pupils()

    def look(state: State, p: Parameters, clock: Clock) -> None:
        assert pupils() == pytest.approx(first, rel=1e-9, abs=1e-3)
        assert np.all(schools.roll >= schools.poor - 1e-6)
        assert np.all(schools.poor >= 0.0)

    looked_at(simulation, "market", look)
    for _ in range(6 * world.burn_in_years + 12):
        before = schools.roll.copy()
        begins = simulation.clock.year_begins
        simulation.step()
        if begins:
            # Nobody but the oldest year leaves.
            assert np.all(schools.roll >= before * (1.0 - 1.0 / years) - 1e-9)
        else:
            assert np.array_equal(schools.roll, before)


def test_the_programme_begins_with_the_policy_and_not_before() -> None:
    simulation = World(made_table(2), PROGRAMME, 2, burn_in_years=1).begun()
    for _ in range(6):
        simulation.step()
        assert not simulation.state.schools.badge.any()
        assert not simulation.state.schools.role.any()
        assert not simulation.state.partnerships.programme.any()
    simulation.step()
    roles = np.bincount(simulation.state.schools.role)
    assert roles[1] == 4
    assert 4 <= roles[2] <= 8
    assert simulation.state.schools.badge.sum() == 4


def pairs_at_work(here: SimpleNamespace, which: np.ndarray | slice = ALL) -> set[frozenset[int]]:
    """The pairs of schools of partnerships."""
    return {frozenset(pair) for pair in zip(here.originator[which], here.partner[which], strict=True)}


def test_a_programme_takes_over_what_two_schools_already_do_together() -> None:
    """Two live partnerships of the same two schools would share every draw."""
    taken_over = 0
    for seed in range(6):
        world = World(made_table(seed, 12), PROGRAMME, seed, burn_in_years=1)
        simulation = world.begun()
        for _ in range(6):
            simulation.step()
        before = pairs_at_work(living(simulation.state.partnerships))
        simulation.step()
        here = living(simulation.state.partnerships)
        taken_over += len(before & pairs_at_work(here, here.programme > 0))
    assert taken_over > 0
