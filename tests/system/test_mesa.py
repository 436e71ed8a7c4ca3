"""`SchoolSystem` is a Mesa model: agents are views of rows, collected, selected and run in batches as Mesa's are."""

from __future__ import annotations

import copy
import gc
import inspect
import re
import weakref
from collections.abc import Sequence
from typing import Any

import mesa
import numpy as np
import pytest
from mesa.batchrunner import batch_run

import schoolsim
from schoolsim.outcomes.catalog import OUTCOMES
from schoolsim.parameters import Scenario, UserError
from schoolsim.system.agents import Broker, Column, Row, School, Teacher
from schoolsim.system.school_system import SchoolSystem
from schoolsim.system.simulation import Population, Simulation
from tests.system.worlds import PROGRAMME, digest, made_table, table

TABLE = made_table(14)


@pytest.fixture
def model() -> SchoolSystem:
    return SchoolSystem(parameters=PROGRAMME, seed=14, schools=TABLE).run(1)


def test_a_model_runs_as_the_simulation_does(model: SchoolSystem) -> None:
    plain = Simulation(Scenario.of(PROGRAMME), 14, TABLE)
    plain.run(1)
    assert isinstance(model, mesa.Model)
    assert digest(model.simulation) == digest(plain)
    assert model.half_term == model.steps == 6


def test_agents_by_type(model: SchoolSystem) -> None:
    assert set(model.agent_types) == set(model.agents_by_type) == {School, Teacher, Broker}
    numbers = {kind: len(agents) for kind, agents in model.agents_by_type.items()}
    assert numbers == {School: len(TABLE), Teacher: TABLE.teachers.sum(), Broker: 1}
    assert len(model.agents) == sum(numbers.values())
    assert len({agent.unique_id for agent in model.agents}) == len(model.agents)


def test_a_type_without_agents_is_empty_and_no_error() -> None:
    model = SchoolSystem(parameters={"mechanism.brokers": False}, schools=TABLE)
    assert len(model.agents_by_type[Broker]) == 0


@pytest.mark.parametrize("kind", [School, Teacher, Broker])
def test_every_property_is_its_column(model: SchoolSystem, kind: type[Row]) -> None:
    agents = list(model.agents_by_type[kind])
    columns = getattr(model.simulation.state, kind._group)
    properties = {name: value for name, value in vars(kind).items() if isinstance(value, Column)}
    assert len(properties) >= 3
    for name, value in properties.items():
        assert [getattr(agent, name) for agent in agents] == getattr(columns, value._name).tolist()
        assert type(getattr(agents[0], name)) in (int, float)
        assert getattr(kind, name).__doc__.endswith(".")


def test_writing_an_agent_changes_the_model_and_reading_sees_what_it_does(model: SchoolSystem) -> None:
    school, teacher = model.schools[3], model.teachers[5]
    school.tone, teacher.confidence = 0.125, 0.25
    teacher.mastery[2] = 0.75
    assert model.simulation.state.schools.tone[3] == 0.125
    assert model.simulation.state.teachers.confidence[5] == 0.25
    assert model.simulation.state.knowledge.mastery[5, 2] == 0.75
    hours = school.hours
    model.step()
    # A colder or warmer head grants other hours, and the agent read before sees the new ones.
    assert school.hours != hours
    assert school.hours == model.simulation.state.schools.hours[3]


@pytest.fixture(scope="module")
def before_policy() -> SchoolSystem:
    setting = {**PROGRAMME, "broker.visits": 6, "internal_broker.share": 0.5, "ast.share": 0.5}
    system = SchoolSystem(parameters=setting, seed=14, schools=TABLE, burn_in_years=1)
    for _ in range(6):
        system.step()
    return system


COLUMNS = [
    pytest.param(kind, name, id=f"{kind.__name__}.{name}")
    for kind in (School, Teacher, Broker)
    for name, value in vars(kind).items()
    if isinstance(value, Column) and name != "uid"
]


WORKED_OUT = ("progress", "badge", "hours", "renown", "effect", "spent")


@pytest.mark.parametrize(("kind", "name"), COLUMNS)
def test_what_is_set_takes_effect_or_is_refused(before_policy: SchoolSystem, kind: type[Row], name: str) -> None:
    """Nothing is ignored: with all agents' values at 0 or at 1 a year goes otherwise, unless they cannot be set."""
    if name in WORKED_OUT:
        with pytest.raises(AttributeError, match=f"{kind.__name__}.{name} cannot be set: each half-term works it out"):
            setattr(before_policy.agents_by_type[kind][0], name, 1)
        return
    found = set()
    for value in (None, 0, 1):
        system = copy.deepcopy(before_policy)
        if kind is Broker:  # as policy begins, the levers say how they work
            system.step()
        for agent in system.agents_by_type[kind] if value is not None else ():
            setattr(agent, name, value)
        system.run(1)
        found.add(digest(system.simulation))
    assert len(found) > 1


def test_what_is_worked_out_for_whoever_asks_cannot_be_written(model: SchoolSystem) -> None:
    with pytest.raises(ValueError, match="read-only"):
        model.brokers[0].knows_practices[0, 0] = 1.0
    with pytest.raises(UserError, match=r"SchoolSystem\(seed=\.\.\.\)"):
        model.seed = 5


def test_views_of_one_row_are_one(model: SchoolSystem) -> None:
    assert School(model, 2) == model.schools[2]
    assert hash(School(model, 2)) == hash(model.schools[2])
    assert model.schools[2] != model.schools[3]
    assert model.schools[2] != model.teachers[2]
    assert model.schools[2] != SchoolSystem(schools=TABLE).schools[2]


def test_agents_know_one_another(model: SchoolSystem) -> None:
    state = model.simulation.state
    for school in model.schools:
        assert all(teacher.school == school for teacher in school.teachers)
        assert all(school in partner.partners for partner in school.partners)
        for partner in school.partners:
            assert 0.0 <= school.trust_in(partner) <= 1.0
    assert sum(len(school.partners) for school in model.schools) == 2 * state.partnerships.alive.sum() > 0
    strangers = [school for school in model.schools if model.schools[0].trust_in(school) is None]
    assert model.schools[0] in strangers
    assert model.schools[1].name == TABLE.name[1]
    assert model.schools[3].phase == "secondary"
    assert model.schools[1].disadvantage == pytest.approx(state.schools.poor[1] / state.schools.roll[1], abs=1e-12)
    assert model.brokers[0].knows.max() > 0.0


def test_trust_is_each_schools_own(model: SchoolSystem) -> None:
    ties = model.simulation.state.ties
    tie = np.flatnonzero((ties.alive == 1) & (ties.trust_ab != ties.trust_ba))[0]
    one, other = model.schools[ties.a[tie]], model.schools[ties.b[tie]]
    assert one.trust_in(other) == ties.trust_ab[tie]
    assert other.trust_in(one) == ties.trust_ba[tie]


def test_select_and_aggregate(model: SchoolSystem) -> None:
    teachers = model.agents_by_type[Teacher]
    able = teachers.select(lambda teacher: teacher.confidence > 0.5)
    column = model.simulation.state.teachers.confidence
    assert len(able) == (column > 0.5).sum() > 0
    assert teachers.agg("confidence", np.mean) == pytest.approx(column.mean())
    assert able.agg("confidence", min) == column[column > 0.5].min()
    assert len(teachers.groupby(lambda teacher: teacher.school.row)) == len(TABLE)


def test_agents_are_made_when_first_asked_for() -> None:
    model = SchoolSystem(parameters=PROGRAMME, seed=14, schools=TABLE).run(1)
    assert model._teachers is None
    assert not model._all_agents
    assert model.schools[0].teachers
    assert len(model._all_agents) == len(TABLE) + TABLE.teachers.sum()


def test_the_data_collector_has_every_outcome_each_half_term(model: SchoolSystem) -> None:
    frame = model.datacollector.get_model_vars_dataframe()
    assert list(frame.columns) == list(OUTCOMES)
    assert len(frame) == 7
    np.testing.assert_array_equal(frame.to_numpy()[1:], table(model.simulation))


def test_the_first_row_is_the_start() -> None:
    model = SchoolSystem(parameters=PROGRAMME, seed=14, schools=TABLE)
    frame = model.datacollector.get_model_vars_dataframe()
    assert frame["partnerships.begun"].tolist() == [0.0]
    assert frame["trust.mean"].tolist() == [model.simulation.now()["trust.mean"]]


def test_agents_can_be_collected() -> None:
    model = SchoolSystem(parameters=PROGRAMME, seed=14, schools=TABLE)
    model.datacollector = mesa.DataCollector(
        model_reporters={"trust": lambda model: model.simulation.latest["trust.mean"]},
        agent_reporters={"row": "row"},
        agenttype_reporters={School: {"roll": "roll"}, Teacher: {"known": lambda one: float(one.mastery.sum())}},
    )
    model.run(1)
    rolls = model.datacollector.get_agenttype_vars_dataframe(School)
    assert len(rolls) == 7 * len(TABLE)
    np.testing.assert_array_equal(rolls.loc[6, "roll"], model.simulation.state.schools.roll)
    known = model.datacollector.get_agenttype_vars_dataframe(Teacher).loc[6, "known"]
    np.testing.assert_allclose(known, model.simulation.state.knowledge.mastery.sum(axis=1), rtol=1e-6)
    assert len(model.datacollector.get_agent_vars_dataframe()) == 7 * len(model.agents)


def test_outcomes_are_tidy(model: SchoolSystem) -> None:
    tidy = model.outcomes()
    assert list(tidy.columns) == ["half_term", "outcome", "value", "unit"]
    assert len(tidy) == 6 * len(OUTCOMES)
    trust = tidy[tidy["outcome"] == "trust.mean"]
    assert trust["half_term"].tolist() == list(range(6))
    np.testing.assert_array_equal(trust["value"], model.simulation.series["trust.mean"])
    assert set(trust["unit"]) == {"level"}


def batch(
    kind: type[SchoolSystem], parameters: dict[str, object], seeds: Sequence[int | None], **how: Any
) -> list[dict[str, Any]]:
    """Mesa's batch runner with a run for each seed: `rng` of Mesa 3.5, in place of which older ones have parameters."""
    if "rng" in inspect.signature(batch_run).parameters:
        return batch_run(kind, parameters, rng=seeds, display_progress=False, **how)
    if set(seeds) == {None}:
        return batch_run(kind, parameters, iterations=len(seeds), display_progress=False, **how)
    return batch_run(kind, {**parameters, "seed": seeds}, display_progress=False, **how)


def test_a_batch_runs_each_seed_as_the_simulation_does() -> None:
    """Seeds are other runs, each what the simulation gives for it."""
    grid = {"setting_schools": 12, "badging_scope": ["none", "individual"], "programme_originators": 3}
    rows = batch(SchoolSystem, grid, [1, 2], max_steps=11)
    assert len(rows) == 4
    for row in rows:
        scenario = Scenario.of({"programme.originators": 3, "badging.scope": row["badging_scope"]})
        run = Simulation(scenario, row["seed"], Population(schools=12).table(scenario, row["seed"]))
        for _ in range(11):
            run.step()
        assert row["Step"] == 11
        assert [row[name] for name in OUTCOMES] == pytest.approx(list(run.latest.values()), rel=0, abs=0, nan_ok=True)
    assert len({row["progress.mean"] for row in rows}) == 4


def test_every_row_of_a_batch_is_of_the_step_it_says() -> None:
    """Also of a subclass that collects agents, at a period that leaves steps out."""
    rows = batch(Watched, {"setting_schools": 12}, [3], max_steps=7, data_collection_period=3)
    steps = [row["Step"] for row in rows if row["AgentID"] == rows[0]["AgentID"]]
    assert steps in ([0, 3, 6, 7], [0, 3, 6])  # the last one, whatever the period, until Mesa 3.4
    scenario = Scenario.of({})
    run = Simulation(scenario, 3, Population(schools=12).table(scenario, 3))
    for step in range(8):
        if step in steps:
            here = [row for row in rows if row["Step"] == step]
            assert sorted(row["confidence"] for row in here) == sorted(run.state.schools.confidence.tolist())
            assert {row["trust"] for row in here} == {run.now()["trust.mean"]}
        run.step()


class Watched(SchoolSystem):
    """Collects a school's confidence and the system's trust."""

    def __init__(self, **kwargs: object) -> None:
        super().__init__(**kwargs)  # type: ignore[arg-type]  # whatever a batch hands over
        self.datacollector = mesa.DataCollector(
            model_reporters={"trust": lambda model: model.latest["trust.mean"]},
            agenttype_reporters={},
            agent_reporters={"confidence": lambda agent: agent.confidence if isinstance(agent, School) else None},
        )

    @property
    def agents(self) -> mesa.agent.AgentSet:
        return self.agents_by_type[School]


def test_a_seed_is_drawn_and_kept_where_none_is_given() -> None:
    rows = batch(SchoolSystem, {"setting_schools": 12}, [None, None], max_steps=3)
    assert rows[0]["trust.mean"] != rows[1]["trust.mean"]
    drawn = SchoolSystem(schools=TABLE)
    again = SchoolSystem(schools=TABLE, seed=drawn.seed)
    assert drawn.seed != SchoolSystem(schools=TABLE).seed
    assert digest(drawn.run(1).simulation) == digest(again.run(1).simulation)
    assert re.search(rf"seed +{drawn.seed}\n", repr(drawn))


def test_newer_mesa_calls_the_seed_rng() -> None:
    assert SchoolSystem(schools=TABLE, rng=5).seed == 5
    one, other = (SchoolSystem(schools=TABLE, rng=np.random.default_rng(5)).seed for _ in range(2))
    assert one == other > 5
    with pytest.raises(UserError, match="two names for one thing"):
        SchoolSystem(schools=TABLE, seed=1, rng=1)
    for wrong in (-1, 1.5, "one"):
        with pytest.raises(UserError, match="seed must be a whole number"):
            SchoolSystem(schools=TABLE, seed=wrong)  # type: ignore[arg-type]


def test_the_viewer_takes_the_class_as_it_is() -> None:
    viewer = pytest.importorskip("mesa.visualization")
    model = SchoolSystem(setting_schools=12, seed=1)
    levers = {
        "badging_scope": {"type": "Select", "value": "none", "values": ["none", "individual"], "label": "Badges"},
        "seed": 1,
        "setting_schools": 12,
    }
    plots = [viewer.make_plot_component("trust.mean")]
    page = viewer.SolaraViz(model, components=plots, model_params=levers, name="Schools")
    solara = pytest.importorskip("solara")
    box, context = solara.render(page, handle_error=False)
    try:
        assert box.children
    finally:
        context.close()


def test_parameters_are_read_as_attributes_and_never_set_in_silence(model: SchoolSystem) -> None:
    assert model.programme_originators == PROGRAMME["programme.originators"]
    assert SchoolSystem(schools=TABLE, market_choice_weight=0.6).market_choice_weight == 0.6
    with pytest.raises(UserError, match=r'"market\.choice_weight" is set when a system is made'):
        model.market_choice_weight = 2.0
    with pytest.raises(UserError, match='Did you mean "market_choice_weight"'):
        model.market_choice_wieght = 2.0
    with pytest.raises(AttributeError, match='Did you mean "market_choice_weight"'):
        _ = model.market_choice_wieght
    model.note = "a user's own"
    assert model.note == "a user's own"


def test_what_an_agent_does_not_have_cannot_be_set(model: SchoolSystem) -> None:
    with pytest.raises(AttributeError, match='School has no attribute "tonee".*"tone"'):
        model.schools[0].tonee = 0.5
    with pytest.raises(AttributeError):
        model.schools[0].name = "another"


def test_effects_are_beside_the_same_schools_without(model: SchoolSystem) -> None:
    effects = model.effects()
    without = Simulation(Scenario.of(PROGRAMME).without_programmes(), 14, TABLE)
    without.run(1)
    np.testing.assert_array_equal(effects["progress"], model.simulation.state.schools.progress)
    np.testing.assert_array_equal(effects["progress_without"], without.state.schools.progress)
    np.testing.assert_array_equal(effects["results_without"], without.state.schools.published)
    assert effects["effect"].abs().max() > 0.0
    rolls = model.simulation.state.schools.roll
    assert np.average(effects["effect"], weights=rolls) == pytest.approx(model.latest["effect.mean"], rel=1e-12)
    for role in ("partner", "originator", "neither"):
        mean = effects.loc[effects["role"] == role, "effect"].mean()
        assert mean == pytest.approx(model.latest[f"effect.{role}"], rel=1e-12)
    assert set(effects["programme"]) == {"", "programme"}
    assert ((effects["programme"] == "") == (effects["role"] == "neither")).all()


def test_without_a_programme_there_is_no_effect() -> None:
    model = SchoolSystem(schools=TABLE, seed=2).run(1)
    assert model.effects()["effect"].eq(0.0).all()
    assert model.effects()["role"].eq("neither").all()


def test_a_system_shows_itself(model: SchoolSystem) -> None:
    text = repr(model)
    assert f"{len(TABLE)} schools, {TABLE.teachers.sum()} teachers, 1 broker" in text
    assert "6 half-terms of 60" in text
    assert f"{model.latest['trust.mean']:.3g}" in text
    assert "<table>" in model._repr_html_()


def test_models_and_their_agents_go_when_nobody_holds_them() -> None:
    model = SchoolSystem(parameters=PROGRAMME, seed=14, schools=TABLE)
    model.run(1)
    held = [weakref.ref(model), weakref.ref(model.teachers[0]), weakref.ref(model.simulation)]
    del model
    gc.collect()
    assert [one() for one in held] == [None, None, None]


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"badging_scop": "none"}, 'no argument or parameter "badging_scop".*badging_scope'),
        ({"parameters": {"badging.scop": "none"}}, "badging.scop.*badging.scope"),
        ({"badging_scope": "all"}, "badging.scope.*all"),
        ({"market_choice_weight": 3.0}, "market.choice_weight"),
        ({"config": "no_such_programme"}, "no_such_programme"),
    ],
)
def test_a_mistake_is_told(given: dict[str, object], message: str) -> None:
    with pytest.raises(UserError, match=message):
        SchoolSystem(schools=TABLE, **given)


def test_levers_by_name_and_by_field_are_the_same() -> None:
    by_field = SchoolSystem(schools=TABLE, seed=3, trust_change=0.5).run(1)
    by_name = SchoolSystem(schools=TABLE, seed=3, parameters={"trust.change": 0.5}).run(1)
    plain = SchoolSystem(schools=TABLE, seed=3).run(1)
    assert digest(by_field.simulation) == digest(by_name.simulation) != digest(plain.simulation)


def test_the_public_names_are_the_models_own() -> None:
    assert schoolsim.SchoolSystem is SchoolSystem
    assert (schoolsim.School, schoolsim.Teacher, schoolsim.Broker) == (School, Teacher, Broker)
