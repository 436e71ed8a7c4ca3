"""Practice, joint work and teachers: what the defaults leave alone, signs and switches."""

from __future__ import annotations

import functools
import math

import numpy as np
import pytest

from schoolsim.parameters import Scenario
from schoolsim.parameters.mechanisms import MECHANISMS
from schoolsim.parameters.registry import REGISTRY, code
from schoolsim.rules import codes, learning, partnerships
from schoolsim.rules.modes import Terms
from schoolsim.system.simulation import Population, Simulation
from schoolsim.system.state.ledger import COACHING, DEVELOPING, hours_balance, pounds_balance
from tests.system.by_hand import parameters
from tests.system.worlds import BY_ITSELF, table

SEEDS = (1, 2, 3, 4)
SMALL = Population(schools=24)
PROGRAMME = {
    "programme.originators": 5, "programme.partners_each": 2, "funding.per_partnership": 6000.0, "funding.years": 2,
}  # fmt: skip


@functools.cache
def ran(changes: tuple[tuple[str, object], ...], seed: int, years: int = 3) -> Simulation:
    scenario = Scenario.of(dict(changes))
    simulation = Simulation(scenario, seed, SMALL.table(scenario, seed), burn_in_years=0, outcomes=BY_ITSELF)
    simulation.run(years)
    return simulation


def outcome(name: str, changes: dict[str, object], seed: int) -> float:
    return ran(tuple(sorted(changes.items())), seed).outcomes(3)[name]


def shift(name: str, base: dict[str, object], changes: dict[str, object]) -> float:
    """Mean paired change of an outcome over the policy years."""
    return float(np.mean([outcome(name, base | changes, seed) - outcome(name, base, seed) for seed in SEEDS]))


# --- what the defaults leave alone, and orders that are nothing ------------------------------------


def test_the_usual_plan_leaves_a_mode_as_it_is() -> None:
    p = parameters()
    terms = Terms(1.0, p.channel_own_face, 0.5, 0.5, 0.5, 0.8, 0.5, 0.5)
    assert partnerships.programme_terms(terms, p) == pytest.approx(terms)


def test_help_without_a_say_makes_dependent() -> None:
    p = parameters()
    assert learning.dependence_after_help(0.0, 10.0, 0.0, p) == pytest.approx(1 - math.exp(-0.1))
    assert learning.dependence_after_help(0.3, 10.0, 1.0, p) == pytest.approx(0.3)
    # The order of two helpers is nothing.
    one, other = 0.1, 0.1
    for hours, say in ((5.0, 0.0), (9.0, 0.5)):
        one = learning.dependence_after_help(one, hours, say, p)
    for hours, say in ((9.0, 0.5), (5.0, 0.0)):
        other = learning.dependence_after_help(other, hours, say, p)
    assert one == pytest.approx(other)


def test_codes_stand_for_the_catalogues_options() -> None:
    levels = (codes.TEACHERS, codes.MIDDLE, codes.HEADS)
    assert levels == tuple(code("contact.level", name) for name in ("teachers", "middle", "heads"))
    channels = ("own", "document", "meeting", "visit", "coteaching")
    made = (
        codes.OWN_CHANNEL, codes.DOCUMENT, codes.MEETING, codes.VISIT, codes.COTEACHING,
    )  # fmt: skip
    assert made == tuple(code("channel.programme", name) for name in channels)


# --- signs: in a setting where it should matter, the outcome moves as the source says -----------------

LONG = PROGRAMME | {"programme.mode": "replication"}
ADAPT = PROGRAMME | {"programme.mode": "adaptation"}
EXCHANGE = PROGRAMME | {"programme.mode": "exchange"}

SIGNS = {
    "M01 practices of many need many": ({}, {"scope.weight": 1.0}, "progress.mean", -1),
    "M02 too many at once swamp": (PROGRAMME, {"overload.start": 0.0, "overload.weight": 3.0}, "transfers.year", -1),
    "M11 help without a say makes dependent": (LONG, {"dependency.rate": 0.1}, "dependence.mean", 1),
    "M11 handing over keeps initiative": (LONG, {"withdrawal.planned": True}, "dependence.mean", -1),
    "M11 follow-up keeps partnerships": (ADAPT, {"followup.hours": 4.0}, "partnerships.programme", 1),
    "M16 challenge quickens old friends": (EXCHANGE, {"challenge.weight": 2.0}, "learnt.programme", 1),
    "M16 closed circles close": (PROGRAMME, {"cosiness.weight": 1.0}, "engagement.mean", -1),
    "M21 a past as receiver tells": (LONG, {"roles.history": 0.0}, "confidence.partner", 1),
    "R11 every school has something to offer": (PROGRAMME, {"ast.share": 1.0}, "originated.ever", 1),
    "M24 heads' contact wastes": (PROGRAMME, {"contact.level": "heads"}, "learnt.programme", -1),
    "M25 creation takes time": (
        PROGRAMME | {"programme.mode": "creation", "creation.hazard": 0.2}, {"creation.first_hours": 100.0},
        "practices.created", -1,
    ),
    "M25 a common timetable frees hours": (PROGRAMME, {"timetable.common": True}, "hours.joint", 1),
    "M25 training makes better givers": (PROGRAMME, {"training.transfer_hours": 3.0}, "transfer.mean", 1),
    "M03 paper does not carry what is tacit": (EXCHANGE, {"channel.programme": "document"}, "learnt.programme", -1),
    "M15 nobody travels to a document": (EXCHANGE, {"channel.programme": "document"}, "hours.travel", -1),
    "M20 a website reaches some": ({}, {"website.rate": 1.0}, "learnt.website", 1),
    "R7 outreach reaches more": ({"website.rate": 1.0}, {"outreach.diffident": 1.0}, "learnt.website", 1),
    "M31 guardians keep practice": ({}, {"guardians.slow": 1.0}, "practices.used", 1),
    "M31 turnover takes guardians": ({}, {"careers.leave": 0.4}, "guardians.share", -1),
    "M42 learning to learn is learnt": (PROGRAMME, {"meta.training_hours": 3.0}, "learning.mean", 1),
    "R17 universities add evidence": (PROGRAMME, {"university.involvement": 1.0}, "evidence.level", 1),
    "R17 and teach learning": (PROGRAMME, {"university.involvement": 1.0}, "learning.mean", 1),
    "M42 enquiry teaches learning": ({}, {"enquiry.share": 0.3}, "learning.mean", 1),
    "R1 joint practice development is exchange": (PROGRAMME, {"joint_practice.share": 1.0}, "partnerships.exchange", 1),
    "R6 technical practice is replicated": (PROGRAMME, {"matching.kind": True}, "partnerships.replication", 1),
    "R10 a shared lead engages": (
        PROGRAMME | {"badging.scope": "individual", "leading.hours": 0.0, "programme.mode": "replication"},
        {"leading.joint": True}, "engagement.mean", 1,
    ),
    "R10 and takes hours": (PROGRAMME, {"leading.joint": True}, "hours.joint", -1),
    "R14 analysis takes leaders' hours": ({}, {"needs.analysis": 1.0}, "hours.developing", 1),
    "reflective work gives heart": (
        PROGRAMME, {"activity.reflective": 1.0, "activity.experiential": 0.0, "activity.contextual": 0.0},
        "confidence.partner", 1,
    ),
}  # fmt: skip


@pytest.mark.parametrize(("base", "changes", "name", "sign"), SIGNS.values(), ids=SIGNS.keys())
def test_sign(base: dict[str, object], changes: dict[str, object], name: str, sign: int) -> None:
    assert sign * shift(name, base, changes) > 0.0


def test_own_priorities_are_worked_on_where_none_would_be_told() -> None:
    """R12: with stakes and badges high, partners would not admit a weakness; here they need not."""

    def own(share: float, seed: int) -> float:
        scenario = Scenario.of(
            PROGRAMME | {"stakes.level": 1.0, "badging.scope": "individual", "priorities.own": share}
        )
        simulation = Simulation(scenario, seed, SMALL.table(scenario, seed), burn_in_years=1)
        simulation.run(1)
        return simulation.outcomes()["needs.own"]

    assert np.mean([own(1.0, seed) - own(0.0, seed) for seed in SEEDS]) > 0.0


def test_analysis_finds_better_needs() -> None:
    """R14: the needs schools settle on are worth more to their pupils."""

    def found(analysis: float, seed: int) -> float:
        state = ran((("needs.analysis", analysis),), seed).state
        return float(state.practices.effect[state.schools.need].mean())

    assert np.mean([found(1.0, seed) - found(0.0, seed) for seed in SEEDS]) > 0.0


def test_partners_at_work_grow_alike() -> None:
    """M16: that long partners have less to teach each other emerges; nothing puts it in."""
    together = [ran(tuple(sorted(EXCHANGE.items())), seed).series["repertoires.alike"] for seed in SEEDS]
    assert np.mean([series[9:12].mean() - series[0] for series in together]) > 0.0


# --- switches ---------------------------------------------------------------------------------------

STRONG = {
    "M02": {"overload.start": 0.0},
    "M11": {"dependency.rate": 0.2, "followup.hours": 3.0},
    "M16": {"challenge.weight": 2.0, "cosiness.weight": 1.0},
    "M21": {"roles.history": 1.0, "ast.share": 1.0},
    "M24": {"contact.below": 1.0},
    "M31": {"guardians.years": 3.0, "guardians.slow": 1.0},
    "M42": {"meta.training": 0.05, "meta.exchange": 0.02},
}


@pytest.mark.parametrize(("mechanism", "changes"), STRONG.items(), ids=STRONG.keys())
def test_a_mechanism_switched_off_is_off(mechanism: str, changes: dict[str, object]) -> None:
    off = {f"mechanism.{MECHANISMS[mechanism].word}": False}
    base = PROGRAMME | {"meta.training_hours": 2.0, "university.involvement": 0.5}

    def measured(more: dict[str, object]) -> np.ndarray:
        series = ran(tuple(sorted((base | more).items())), 1).series
        # Who has served long is counted whether or not it matters.
        return np.column_stack([values for name, values in series.items() if name != "guardians.share"])

    without, without_strong, strong = (measured(more) for more in (off, off | changes, changes))
    assert np.array_equal(without_strong, without, equal_nan=True)
    assert not np.array_equal(strong, without, equal_nan=True)


# --- levers ---------------------------------------------------------------------------------------

#: Many levers at once.
ON = PROGRAMME | {
    "followup.hours": 3.0, "ast.share": 1.0, "contact.level": "heads", "website.rate": 0.5,
    "training.transfer_hours": 1.0, "meta.training_hours": 1.0, "university.involvement": 0.5, "enquiry.share": 0.1,
    "needs.analysis": 0.5, "activity.reflective": 0.6, "badging.scope": "individual", "leading.joint": True,
    "timetable.common": True, "joint_practice.share": 0.5, "creation.hazard": 0.2,
    "funding.years": 1, "followup.length": 3,
}  # fmt: skip


#: What a programme or a school may do besides; nothing of it is done unless it is set.
OFF = (
    "withdrawal.planned", "followup.hours", "leading.joint", "contact.level", "channel.programme", "website.rate",
    "outreach.diffident", "training.transfer_hours", "timetable.common", "meta.training_hours",
    "university.involvement", "enquiry.share", "joint_practice.share", "matching.kind", "priorities.own",
    "needs.analysis",
)  # fmt: skip


@pytest.mark.parametrize("name", OFF)
def test_a_lever_is_off_unless_set(name: str) -> None:
    spec = REGISTRY[name]
    assert spec.role == "lever"
    assert spec.default == (spec.options[0] if spec.kind == "choice" else spec.low or 0)


def test_activities_of_equal_weight_change_nothing() -> None:
    assert len({REGISTRY[f"activity.{name}"].default for name in ("experiential", "reflective", "contextual")}) == 1


def test_a_lever_changes_nothing_before_its_time() -> None:
    def burnt_in(changes: dict[str, object]) -> np.ndarray:
        scenario = Scenario.of(changes)
        simulation = Simulation(scenario, 1, SMALL.table(scenario, 1), burn_in_years=1)
        simulation.run(0)
        return table(simulation)

    levers = {name: ON[name] for name in ON if REGISTRY[name].role == "lever"} | {"outreach.diffident": 1.0}
    assert np.array_equal(burnt_in(levers), burnt_in({}), equal_nan=True)


@pytest.mark.parametrize("seed", SEEDS)
def test_every_hour_and_pound_is_accounted_for(seed: int) -> None:
    scenario = Scenario.of(ON | {"contact.level": "teachers"})
    simulation = Simulation(scenario, seed, SMALL.table(scenario, seed), burn_in_years=0)
    used = np.zeros(3)
    for _ in range(24):
        simulation.step()
        ledger = simulation.state.ledger
        assert hours_balance(ledger) == pytest.approx(0.0, abs=1e-6)
        assert pounds_balance(ledger) == pytest.approx(0.0, abs=1e-6)
        used += ledger.hours[DEVELOPING : COACHING + 1]
    assert (used > 0.0).all()
    teachers, practices = simulation.state.teachers, simulation.state.practices
    for level in (teachers.dependence, teachers.learning, teachers.transfer, practices.evidence):
        assert level.min() >= 0.0
        assert level.max() <= 1.0
