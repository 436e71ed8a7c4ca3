"""A lever with a timetable does nothing before its year, and from then on all it can; its twin has none."""

from __future__ import annotations

from functools import cache
from itertools import pairwise

import numpy as np
import pytest

from schoolsim.parameters import REGISTRY, Scenario
from schoolsim.parameters.programmes import LEVERS
from schoolsim.system.school_system import SchoolSystem
from schoolsim.system.simulation import Simulation
from tests.system import where
from tests.system.test_parameters_at_work import OF_TRUSTS, other_values
from tests.system.worlds import PROGRAMME, World, digest, in_trusts, made_table, table

TABLE = made_table(4)
CHANGING = [name for name, spec in REGISTRY.items() if spec.may_change]
AREA = [name for name in LEVERS if REGISTRY[name].scope == "area"]
#: Money that does not stop before a lever changes.
LONG_MONEY = {"funding.years": 4}
#: Levers that touch what begins from then on: there must be something that does.
LATER = {
    "network.select": {**where.setting_of("network.grows"), "programme.members": 2},
    "followup.hours": {"end.task_least": 2, "end.task_most": 3},
    "network.visitors": {"programme.members": 3},
}


def run(setting: dict[str, object], years: int = 2, seed: int = 4) -> Simulation:
    return world(setting, seed).run(years)


def world(setting: dict[str, object], seed: int = 4, *, trusts: bool = False) -> World:
    schools = made_table(seed)
    return World(schools, setting, seed, burn_in_years=1, ties=in_trusts(schools, 4, 2) if trusts else None)


@cache
def usual(setting: tuple[tuple[str, object], ...], seed: int, trusts: bool) -> np.ndarray:
    return table(world(dict(setting), seed, trusts=trusts).run(3))


def first_difference(before: np.ndarray, other: World) -> int:
    """The first row in which something else is measured, or how many rows there are; the run is made no further."""
    rows = enumerate(zip(before, other.measured(), strict=False))
    return next((row for row, (one, two) in rows if not np.array_equal(one, two, equal_nan=True)), len(before))


@pytest.mark.parametrize("name", CHANGING)
def test_a_lever_changes_in_its_year_and_not_before(name: str) -> None:
    """Years 0 and 1 under the first value; then something differs, or the lever could not have a timetable."""
    for seed, money in ((4, {}), (4, LONG_MONEY), (5, {}), (5, LONG_MONEY)):
        setting = {**where.setting_of(name), **LATER.get(name, {}), **money}
        first = setting.get(name, REGISTRY[name].default)
        before = usual(tuple(setting.items()), seed, name in OF_TRUSTS)
        changed = [
            world(setting | {name: {0: first, 1: value}}, seed, trusts=name in OF_TRUSTS)
            for value in other_values(name, first)
        ]
        rows = [first_difference(before, one) for one in changed]
        assert min(rows) >= 12  # a year of burn-in, and the first of policy
        if min(rows) < len(before):
            return
    pytest.fail(f"{name} may have a timetable and changes nothing by it")


@pytest.mark.parametrize("name", AREA)
def test_a_change_is_what_a_programme_that_begins_then_brings(name: str) -> None:
    value = other_values(name, REGISTRY[name].default)[0]
    late = run({name: value, "programme.begins": 1})
    changing = run({name: {0: REGISTRY[name].default, 1: value}})
    assert digest(changing) == digest(late)


def test_what_no_programme_sets_changes_too() -> None:
    setting = {"tables.published": {0: True, 1: False}, "market.money_follows": {0: 1, 1: 0}}
    changing = run(setting)
    assert [change.tables_published for change in (changing.parameters, run({}).parameters)] == [0, 1]
    assert not np.array_equal(table(changing)[12:], table(run({}))[12:], equal_nan=True)


def test_a_programme_has_effects_from_its_year_on_and_exactly_none_before() -> None:
    setting = {**PROGRAMME, "programme.originators": {0: 0, 1: 4}, "leadership.shielding": {0: 0, 1: 0.8}}
    simulation = run(setting)
    effects = {name: values for name, values in simulation.series.items() if name.startswith("effect.")}
    before = [values[6:12] for values in effects.values()]
    assert all(np.all((values == 0.0) | np.isnan(values)) for values in before)
    assert sum(np.count_nonzero(np.nan_to_num(values[12:])) for values in effects.values()) > 10


def test_the_twin_keeps_what_is_the_whole_systems() -> None:
    """Published tables go in both: what is left is the programme's own, none at all."""
    idle = {"beacon/badging.scope": "collective", "tables.published": {0: True, 1: False}}
    effects = [values for name, values in run(idle).series.items() if name.startswith("effect.")]
    assert all(np.all((values == 0.0) | np.isnan(values)) for values in effects)


def test_where_two_programmes_act_together_both_change() -> None:
    setting = {
        "one/broker.visits": {0: 3, 1: 9}, "two/timetable.common": {0: False, 2: True}, "two/programme.begins": 1,
    }  # fmt: skip
    simulation = World(TABLE, setting, 1).begun()
    seen = []
    for _ in range(3):
        simulation.run(1)
        held = simulation.parameters.siblings[int(simulation.state.schools.area[0])]
        seen.append((held.broker_visits, held.timetable_common))
    assert seen == [(3, 0), (9, 0), (9, 1)]
    assert simulation.areas.most_brokers == 1


def test_heads_develop_each_time_more_is_done_for_them() -> None:
    simulation = World(TABLE, {"leadership.shielding": {0: 0.0, 1: 0.5, 2: 0.2}, "leadership.turnover": 0.0}, 1).begun()
    levels = []
    for _ in range(18):
        simulation.step()
        levels.append(simulation.state.schools.protection.copy())
    moved = [not np.array_equal(one, other) for one, other in pairwise(levels)]
    assert moved.index(True) == 5
    assert moved.count(True) == 1


def test_brokers_come_and_go_with_their_number() -> None:
    simulation = World(TABLE, {"broker.number": {0: 1, 1: 3, 2: 0}}, 1).begun()
    at_work = []
    for _ in range(3):
        simulation.run(1)
        at_work.append(int((simulation.state.brokers.visits > 0).sum()))
    assert at_work == [1, 3, 0]
    assert simulation.areas.most_brokers == 3


def test_a_system_shows_what_holds_now() -> None:
    system = SchoolSystem(badging_scope={0: "none", 1: "collective"}, seed=1, schools=TABLE)
    assert system.badging_scope == "none"
    system.run(1)
    assert system.badging_scope == "collective"
    assert (
        Scenario.of({"badging.scope": {0: "none", 1: "collective"}})["badging.scope"] == "none; collective from year 1"
    )
