"""Ties that were given: a run begins with them and no others, in the order of their strengths."""

from __future__ import annotations

import pickle
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from schoolsim.populations import PopulationError, SchoolTable
from schoolsim.populations.ties import TieTable, first_ties
from schoolsim.system.school_system import SchoolSystem
from schoolsim.system.simulation import Population, Simulation
from schoolsim.system.state.adjacency import find_tie
from tests.system.worlds import PROGRAMME, digest, made_table

TABLE = made_table(3, 16)
#: No two schools are rivals; drawn levels are those of the catalogue.
CALM = {"market.choice_weight": 0.0}
TRUST, SD, KNOWN, KNOWN_SD = 0.45, 0.15, 0.25, 0.15
#: Normal scores of the middle of three and of two ranks: quantiles of 1/6, 5/6, 1/4 and 3/4.
THIRD, HALF = 0.96742156610170103955, 0.67448975019608174320

Row = tuple[int, int, str, float]


def ties(rows: Sequence[Row], *, teachers: Sequence[tuple[int, int]] = (), directed: bool = True) -> TieTable:
    """A table of ties: rows of two schools, kind and strength; of teachers, too, their numbers."""
    numbers = np.array(teachers) if teachers else np.full((len(rows), 2), -1)
    return TieTable(
        source=TABLE.urn[[row[0] for row in rows]], target=TABLE.urn[[row[1] for row in rows]],
        source_teacher=numbers[:, 0], target_teacher=numbers[:, 1],
        kind=np.array([row[2] for row in rows], dtype=object), strength=np.array([row[3] for row in rows]),
        since=np.full(len(rows), np.datetime64("NaT"), dtype="datetime64[D]"), directed=directed,
    )  # fmt: skip


def begun(given: TieTable, more: dict[str, object] | None = None, **named: Any) -> Simulation:
    system = SchoolSystem(parameters={**CALM, **(more or {})}, seed=5, schools=TABLE, ties=given, **named)
    return system.simulation


def trust(simulation: Simulation, school: int, other: int) -> float:
    """Trust of one school in another, as the run has it."""
    table = simulation.state.ties
    tie = find_tie(simulation.state, school, other)
    assert tie >= 0
    return float(table.trust_ab[tie] if table.a[tie] == school else table.trust_ba[tie])


def familiarity(simulation: Simulation, school: int, other: int) -> float:
    return float(simulation.state.ties.familiarity[find_tie(simulation.state, school, other)])


def school_edges(system: SchoolSystem) -> set[frozenset[int]]:
    graph = system.network()
    return {frozenset(graph.vs[end]["urn"] for end in edge.tuple) for edge in graph.es}


# --- levels ------------------------------------------------------------------------------------


def test_trust_is_the_normal_score_of_a_strengths_rank() -> None:
    run = begun(ties([(0, 1, "", 10.0), (1, 0, "", 500.0), (2, 3, "", 11.0)]))
    assert trust(run, 0, 1) == pytest.approx(TRUST - SD * THIRD, abs=1e-12)
    assert trust(run, 2, 3) == pytest.approx(TRUST, abs=1e-12)
    assert trust(run, 1, 0) == pytest.approx(TRUST + SD * THIRD, abs=1e-12)
    assert familiarity(run, 0, 1) == pytest.approx(KNOWN + KNOWN_SD * THIRD, abs=1e-12)  # of the stronger way
    assert familiarity(run, 2, 3) == pytest.approx(KNOWN, abs=1e-12)


def test_who_does_not_name_back_begins_with_half_the_mean() -> None:
    run = begun(ties([(0, 1, "", 1.0), (2, 3, "", 2.0)]))
    assert trust(run, 1, 0) == trust(run, 3, 2) == pytest.approx(TRUST / 2, abs=1e-12)
    assert trust(run, 2, 3) == pytest.approx(TRUST + SD * HALF, abs=1e-12)


def test_ties_without_direction_stand_for_both_ways() -> None:
    run = begun(ties([(0, 1, "", 1.0), (3, 2, "", 2.0)], directed=False))
    assert trust(run, 0, 1) == trust(run, 1, 0) == pytest.approx(TRUST - SD * HALF, abs=1e-12)
    assert trust(run, 2, 3) == trust(run, 3, 2) == pytest.approx(TRUST + SD * HALF, abs=1e-12)


def test_equal_strengths_all_get_the_mean() -> None:
    run = begun(ties([(0, 1, "", 3.0), (2, 3, "", 3.0), (4, 5, "", 3.0)]))
    assert {trust(run, *pair) for pair in ((0, 1), (2, 3), (4, 5))} == {TRUST}


def test_ranks_are_within_a_kind_and_the_strongest_score_of_a_pair_counts() -> None:
    run = begun(ties([(0, 1, "advice", 100.0), (2, 3, "advice", 200.0), (0, 1, "visits", 2.0), (4, 5, "visits", 1.0)]))
    assert trust(run, 0, 1) == trust(run, 2, 3) == pytest.approx(TRUST + SD * HALF, abs=1e-12)
    assert trust(run, 4, 5) == pytest.approx(TRUST - SD * HALF, abs=1e-12)


def test_rivals_begin_colder_and_never_below_a_weaker_tie() -> None:
    """Of one kind 2 is stronger than 1: where rivalry outweighs that, both begin with their mean."""
    phase = np.where(np.arange(16) == 3, 1, 0)
    near = replace(TABLE, phase=phase, easting=np.ones(16), northing=np.ones(16))
    rival = {"market.choice_weight": 1.0, "rivalry.slope": 1.0}

    def both(strengths: tuple[float, float]) -> tuple[float, float]:
        given = ties([(0, 1, "", strengths[0]), (2, 3, "", strengths[1])])
        run = SchoolSystem(parameters=rival, seed=5, schools=near, ties=given).simulation
        return trust(run, 0, 1), trust(run, 2, 3)

    assert both((1.0, 1.0)) == pytest.approx((TRUST - 0.2, TRUST), abs=1e-12)
    assert both((1.0, 2.0)) == pytest.approx((TRUST - 0.2 - SD * HALF, TRUST + SD * HALF), abs=1e-12)
    lower, higher = TRUST - 0.2 + SD * HALF, TRUST - SD * HALF  # 0.351 of the stronger, 0.349 of the weaker
    assert both((2.0, 1.0)) == pytest.approx((lower, higher), abs=1e-12)
    rival["ties.rival_trust"] = 0.4
    mean = TRUST - 0.2
    assert both((2.0, 1.0)) == pytest.approx((mean, mean), abs=1e-12)


@pytest.mark.parametrize("choice", [0.0, 1.5])
def test_the_order_of_strengths_is_the_order_of_trust(choice: float) -> None:
    chance = np.random.default_rng(1)
    pairs = [(a, b) for a in range(16) for b in range(16) if a != b and chance.random() < 0.4]
    rows = [(a, b, "advice", float(chance.integers(1, 6))) for a, b in pairs]
    run = begun(ties(rows), {"market.choice_weight": choice, "rivalry.slope": 1.0})
    strength = np.array([row[3] for row in rows])
    held = np.array([trust(run, *pair) for pair in pairs])
    for level in range(1, 5):
        below, above = held[strength == level].max(), held[strength == level + 1].min()
        assert below <= above
        assert choice > 0 or below < above


# --- who is tied -------------------------------------------------------------------------------


def test_the_network_at_the_start_is_what_went_in() -> None:
    rows = [(0, 1, "advice", 1.0), (1, 0, "advice", 2.0), (2, 9, "advice", 1.0), (15, 4, "visits", 3.0)]
    system = SchoolSystem(seed=5, schools=TABLE, ties=ties(rows))
    assert school_edges(system) == {frozenset(TABLE.urn[[a, b]].tolist()) for a, b, *_ in rows}
    assert system.network().ecount() == 3


def test_more_ties_than_a_table_has_room_for() -> None:
    """Every school with every other, with as many partnerships: 3,160 where there is room for 992 and 320."""
    many = made_table(4, 80)
    ends = np.array([(a, b) for a in range(80) for b in range(a)])
    given = TieTable(
        many.urn[ends[:, 0]], many.urn[ends[:, 1]], np.full(len(ends), -1), np.full(len(ends), -1),
        np.full(len(ends), "MAT", dtype=object), np.arange(len(ends)) + 1.0,
        np.full(len(ends), np.datetime64("NaT"), dtype="datetime64[D]"), directed=False,
    )  # fmt: skip
    run = SchoolSystem(seed=1, schools=many, ties=given).simulation
    assert run.state.ties.alive.sum() == run.state.partnerships.alive.sum() == 3160
    assert all(find_tie(run.state, a, b) >= 0 for a, b in ends.tolist())
    run.step()


def test_ties_of_teachers_are_taken_and_their_schools_are_tied() -> None:
    rows = [(0, 1, "", 1.0), (1, 0, "", 3.0), (2, 9, "", 2.0), (7, 8, "", 2.0)]
    teachers = [(0, 3), (3, 0), (1, 1), (2, 0)]
    drawn = school_edges(SchoolSystem(parameters=CALM, seed=5, schools=TABLE))
    system = SchoolSystem(parameters=CALM, seed=5, schools=TABLE, ties=ties(rows, teachers=teachers))
    state = system.simulation.state
    first = state.schools.first
    expected = {(int(first[0]), int(first[1]) + 3), (int(first[2]) + 1, int(first[9]) + 1),
                (int(first[7]) + 2, int(first[8]))}  # fmt: skip
    graph = system.network("teachers")
    assert {frozenset(edge.tuple) for edge in graph.es} == {frozenset(pair) for pair in expected}
    tied = {frozenset(TABLE.urn[[a, b]].tolist()) for a, b, *_ in rows}
    assert school_edges(system) == drawn | tied
    assert tied - drawn  # some of their schools had no tie
    held = {
        (post, other): value
        for edge in graph.es
        for post, other, value in (
            (edge.source, edge.target, edge["trust_of_source"]), (edge.target, edge.source, edge["trust_of_target"])
        )
    }  # fmt: skip
    # Strengths 1, 2, 2, 3: ranks 1, 2.5, 2.5 and 4, whose scores are quantiles of 1/8, 1/2 and 7/8.
    eighth = 1.1503493803760079
    assert held[int(first[0]), int(first[1]) + 3] == pytest.approx(0.5 - 0.15 * eighth, abs=1e-12)
    assert held[int(first[1]) + 3, int(first[0])] == pytest.approx(0.5 + 0.15 * eighth, abs=1e-12)
    assert held[int(first[2]) + 1, int(first[9]) + 1] == pytest.approx(0.5, abs=1e-12)
    assert held[int(first[9]) + 1, int(first[2]) + 1] == pytest.approx(0.25, abs=1e-12)


def test_more_friends_than_a_table_has_room_for() -> None:
    staff = [(school, place) for school in (0, 1, 2, 3, 4, 5) for place in range(int(TABLE.teachers[school]))]
    pairs = [(one, other) for one in staff for other in staff if one[0] < other[0]]
    given = ties([(a, b, "", 1.0) for (a, _), (b, _) in pairs], teachers=[(m, n) for (_, m), (_, n) in pairs])
    run = begun(given)
    assert run.state.friends.alive.sum() == len(pairs) > 2 * TABLE.teachers.sum() + 32
    run.step()


def test_rows_of_schools_decide_nothing() -> None:
    rows = [(0, 1, "", 1.0), (9, 0, "", 3.0), (4, 9, "trust", 2.0), (1, 4, "trust", 1.0), (4, 1, "trust", 1.0)]
    given = ties(rows)
    order = np.random.default_rng(2).permutation(16)
    columns = {name: getattr(TABLE, name)[order] for name in (
        "urn", "name", "phase", "easting", "northing", "roll", "capacity", "disadvantage", "attainment", "teachers",
        "authority",
    )}  # fmt: skip
    other = replace(TABLE, **columns)
    runs = [SchoolSystem("programmes/beacon", seed=5, schools=table, ties=given).run(1) for table in (TABLE, other)]
    published = [run.effects().set_index("urn")["results"].sort_index() for run in runs]
    np.testing.assert_allclose(published[0], published[1], rtol=0, atol=1e-9)


# --- trusts and federations --------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["trust", "Federation", "Multi-Academy Trust", "MAT", "multi-academy trust"])
def test_a_trust_begins_at_work_together(kind: str) -> None:
    run = begun(ties([(0, 1, kind, 1.0), (2, 3, "advice", 1.0)]), burn_in_years=1)
    partnerships = run.state.partnerships
    assert np.flatnonzero(partnerships.alive).tolist() == [0]
    assert (partnerships.partner[0], partnerships.originator[0]) == (0, 1)  # who is named gives
    assert partnerships.programme[0] == 0
    assert partnerships.began[0] == -6
    assert partnerships.due[0] > -6
    assert run.state.ties.partnership[find_tie(run.state, 0, 1)] == 0
    assert run.state.schools.commitments[[0, 1, 2, 3]].tolist() == [1, 1, 0, 0]
    run.step()
    assert run.state.ledger.hours.sum() > 0


def test_of_two_who_name_each_other_the_one_with_better_results_gives() -> None:
    run = begun(ties([(0, 1, "trust", 1.0), (1, 0, "trust", 1.0), (2, 3, "advice", 1.0)]))
    partnerships, standing = run.state.partnerships, run.state.schools.standing
    better = 0 if standing[0] > standing[1] else 1
    assert (partnerships.originator[0], partnerships.partner[0]) == (better, 1 - better)


def test_ties_of_teachers_are_no_trust() -> None:
    run = begun(ties([(0, 1, "trust", 1.0)], teachers=[(0, 0)]))
    assert not run.state.partnerships.alive.any()


# --- runs --------------------------------------------------------------------------------------


GIVEN = ties([(0, 1, "trust", 1.0), (2, 3, "advice", 4.0), (3, 2, "advice", 2.0), (5, 9, "advice", 3.0)])


def test_a_programme_runs_and_is_compared_with_the_same_ties() -> None:
    system = SchoolSystem(parameters=PROGRAMME, seed=5, schools=TABLE, ties=GIVEN, burn_in_years=1).run(2)
    assert (system.simulation.state.programmes.joined[1:] >= 0).any()
    world = {name: PROGRAMME[name] for name in ("search.rate", "accept.base")}
    twin = SchoolSystem(parameters=world, seed=5, schools=TABLE, ties=GIVEN, burn_in_years=1).run(2)
    np.testing.assert_array_equal(system.effects()["progress_without"], twin.effects()["progress"])
    drawn = SchoolSystem(parameters=world, seed=5, schools=TABLE, burn_in_years=1).run(2)
    assert not drawn.effects()["progress"].equals(twin.effects()["progress"])


def test_a_shared_burn_in_is_of_the_same_ties() -> None:
    scenario = SchoolSystem(parameters=PROGRAMME, seed=5, schools=TABLE).simulation.scenario
    runs = []
    for given, branch in ((GIVEN, False), (None, True), (GIVEN, True)):
        run = Simulation(scenario, 5, TABLE, burn_in_years=1, branch=branch, ties=given)
        run.run(1)
        runs.append(digest(run))
    assert runs[0] == runs[2] != runs[1]


@pytest.mark.parametrize("steps", [0, 3, 8])
@pytest.mark.parametrize("way", ["file", "pickle"])
def test_a_system_with_ties_is_saved_and_goes_on(way: str, steps: int, tmp_path: Path) -> None:
    given = replace(GIVEN, notes=("ties.csv: 4 of 5 ties kept.",))

    def system() -> SchoolSystem:
        return SchoolSystem(parameters=PROGRAMME, seed=5, schools=TABLE, ties=given, burn_in_years=1, years=2)

    straight, stopped = system().run(2), system()
    for _ in range(steps):
        stopped.step()
    if way == "file":
        again = SchoolSystem.load(stopped.save(tmp_path / "a.system"))
    else:
        again = pickle.loads(pickle.dumps(stopped))
    kept = again.simulation.ties
    assert kept is not None
    assert kept.records() == given.records()
    assert kept.notes == given.notes
    again.run_model()
    assert digest(again.simulation) == digest(straight.simulation)
    assert again.effects().equals(straight.effects())


def test_ties_are_given_as_a_path_or_a_graph(tmp_path: Path) -> None:
    given = [GIVEN, GIVEN.write(tmp_path / "a.csv"), str(GIVEN.write(tmp_path / "a.graphml")), GIVEN.to_networkx(),
             GIVEN.to_igraph()]  # fmt: skip
    digests = {digest(SchoolSystem(seed=5, schools=TABLE, ties=one).simulation) for one in given}
    assert len(digests) == 1


# --- refusals ----------------------------------------------------------------------------------


def refused(given: TieTable, table: SchoolTable = TABLE) -> str:
    with pytest.raises(PopulationError) as caught:
        Simulation(SchoolSystem(seed=1, schools=TABLE).simulation.scenario, 1, table, ties=given)
    return str(caught.value)


def test_schools_that_the_run_does_not_have_are_refused() -> None:
    few = made_table(9, 10)
    assert "which the run does not have: read them against its schools" in refused(GIVEN, few)


def test_teachers_that_a_school_does_not_have_are_refused() -> None:
    given = ties([(0, 1, "", 1.0)], teachers=[(0, int(TABLE.teachers[1]))])
    assert refused(given) == (
        f"ties name teacher {TABLE.teachers[1]} of school {TABLE.urn[1]}, which has {TABLE.teachers[1]}: they are "
        "numbered from 0."
    )


def test_no_tie_is_refused() -> None:
    none = ties([(0, 1, "", 1.0)])
    columns = ("source", "target", "source_teacher", "target_teacher", "kind", "strength", "since")
    assert "the ties are none" in refused(replace(none, **{name: getattr(none, name)[:0] for name in columns}))


def test_ties_between_colleagues_are_left_out_and_told() -> None:
    given = ties([(0, 0, "", 1.0), (0, 1, "", 2.0)], teachers=[(0, 1), (0, 0)])
    found = first_ties(given, TABLE)
    assert len(found) == 1
    assert found.notes == ("Left out: 1 between teachers of one school; a run begins with ties between schools.",)
    assert first_ties(found, TABLE) is found
    assert begun(given).ties is not None
    assert "no tie is left" in refused(ties([(0, 0, "", 1.0)], teachers=[(0, 1)]))


def test_made_up_schools_of_a_study_take_no_ties() -> None:
    with pytest.raises(PopulationError, match="made-up schools differ between seeds"):
        Population(ties="ties.csv").first_ties()
