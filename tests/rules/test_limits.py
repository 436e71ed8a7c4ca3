"""What rules may never do: leave their bounds, teach without hours or will, pass tacit practice on paper."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from schoolsim.rules import learning, market, modes, practice, time_money, trust
from schoolsim.rules.codes import CREATION
from schoolsim.rules.modes import Held, Terms
from tests.rules.reading import all_rules, argument_names, drawn_record, record
from tests.rules.test_signs import ARGUMENTS, LEVEL

RULES = all_rules()
#: Rules whose result is a level, a share or a chance.
LEVELS = (
    "accountability.felt_by_staff", "accountability.pressure", "brokers.attendance_chance",
    "brokers.internal_knowledge", "brokers.introduction_trust", "brokers.knowledge_of_school",
    "brokers.learned_about_school", "brokers.openness_to_broker", "brokers.urging", "engagement.engagement",
    "engagement.originators_engagement", "headship.gate_chance", "identity.anchored_values",
    "identity.counter_offer_chance", "identity.enterprise_with_outreach", "identity.offer_chance",
    "identity.receiver_history", "identity.resting_confidence", "identity.status_gap", "learning.access",
    "learning.ceiling", "learning.dependence_after_help", "learning.followup_ownership",
    "learning.ownership_target", "learning.share_learned", "learning.zone", "market.normal_share",
    "modes.creation_chance", "modes.creation_readiness", "modes.originators_gain", "networks.leader_stops_chance",
    "networks.meeting_trust_gain", "partnerships.acceptance_chance", "partnerships.depth",
    "partnerships.disclosure_chance", "partnerships.face_to_face_share", "partnerships.perceived_quality",
    "partnerships.reciprocity", "partnerships.renewal_chance", "partnerships.share_reaching_learners",
    "practice.appeal", "practice.effect_on_appeal_scale", "practice.judged_appeal",
    "practice.kept_up", "practice.pride", "practice.realised", "practice.shared_use_factor", "practice.unfamiliarity",
    "practice.wish_for_practice", "shapes.logistic", "shapes.unit", "teaching.fading_spared",
    "teaching.guardians_skill", "teaching.room_to_learn", "time_money.coinciding_share",
    "time_money.foreboding", "time_money.originators_part", "time_money.paid_share", "trust.breach_chance",
    "trust.familiarity_after_work", "trust.idle_familiarity", "trust.meeting_chance", "trust.originators_trust",
    "trust.partners_trust", "trust.permeability", "trust.poaching_chance", "trust.raised_by_meetings",
    "trust.reconciliation_chance", "trust.rivalry", "trust.settled_trust", "trust.success",
)  # fmt: skip
_ALSO = {"x": st.floats(-30.0, 30.0), "given": st.floats(0.0, 500.0), "returned": st.floats(0.0, 500.0)}
TERMS = st.builds(Terms, *(st.floats(0.0, high) for high in (2.0, 1.0, 2.0, 1.0, 1.0, 3.0, 10.0, 2.0)))
HELD = st.builds(Held, LEVEL, LEVEL, LEVEL)
#: What rules go by where a test does not say otherwise: the defaults.
P = record({})


@pytest.mark.parametrize("rule", LEVELS)
@settings(max_examples=10)
@given(data=st.data())
def test_a_level_stays_a_level(rule: str, data: st.DataObject) -> None:
    stays_a_level(rule, data)


@pytest.mark.slow
@pytest.mark.parametrize("rule", LEVELS)
@settings(max_examples=100)
@given(data=st.data())
def test_a_level_stays_a_level_in_many_cases(rule: str, data: st.DataObject) -> None:
    stays_a_level(rule, data)


def stays_a_level(rule: str, data: st.DataObject) -> None:
    """With parameters and arguments drawn anywhere, the result is from 0 to 1."""
    function = RULES[rule]
    p = drawn_record(data, function)
    strategies = {name: {**ARGUMENTS, **_ALSO}.get(name, LEVEL) for name in argument_names(function) if name != "p"}
    given_ = {name: data.draw(strategy, label=name) for name, strategy in strategies.items()} | {"p": p}
    result = function(*(given_[name] for name in argument_names(function)))
    assert -1e-12 <= result <= 1.0 + 1e-12


@given(HELD, LEVEL, LEVEL, st.floats(0.0, 20.0), LEVEL, TERMS)
def test_nobody_learns_beyond_the_source_or_loses_by_learning(
    held: Held, source: float, ease: float, amount: float, engagement: float, terms: Terms
) -> None:
    """A replicated practice never beats its source."""
    after = modes.learned(held, source, ease, amount, engagement, terms, P)
    assert held.mastery <= after.mastery <= max(held.mastery, source) + 1e-12
    assert held.tuning <= after.tuning <= 1.0
    owned = learning.ownership_target(terms.ownership, engagement, P)
    assert held.ownership <= after.ownership <= max(held.ownership, owned) + 1e-12


@given(HELD, LEVEL, LEVEL, st.floats(1.0, 60.0), LEVEL, LEVEL, TERMS)
def test_without_hours_or_will_nothing_is_learnt(
    held: Held, source: float, ease: float, hours_to_master: float, engagement: float, skill: float, terms: Terms
) -> None:
    for hours, will in ((0.0, engagement), (50.0, 0.0)):
        amount = learning.dose(hours, hours_to_master, will, skill, P)
        assert modes.learned(held, source, ease, amount, will, terms, P) == held
        assert modes.originators_gain(CREATION, hours, hours_to_master, will, P) == 0.0
        assert modes.creation_chance(hours, will, 1.0, 1.0, P) == 0.0


@settings(max_examples=40)
@given(LEVEL, st.floats(0.05, 1.0), LEVEL, LEVEL, LEVEL)
def test_documents_never_pass_what_is_tacit(
    source: float, tacit: float, face: float, skill: float, known: float
) -> None:
    """However often they are read (Joyce & Showers 2002); side by side it passes in the end."""
    on_paper = learning.ceiling(source, tacit, 0.0, P)
    assert on_paper == pytest.approx(source * (1.0 - tacit))
    held = Held(0.0, 0.0, 0.0)
    terms = Terms(1.0, 0.0, 0.0, 0.1, 0.0, 0.5, 0.0, 0.5)
    ease = learning.access(tacit, 0.0, known, skill, P)
    for _ in range(200):
        held = modes.learned(held, on_paper, ease, 5.0, 1.0, terms, P)
    assert held.mastery <= on_paper + 1e-9
    assert learning.ceiling(source, tacit, face, P) >= on_paper - 1e-12
    assert learning.ceiling(source, tacit, 1.0, P) == pytest.approx(source)


@given(LEVEL, LEVEL, LEVEL, LEVEL)
def test_what_is_wholly_explicit_passes_alike_in_every_channel(
    face: float, other: float, known: float, skill: float
) -> None:
    assert learning.access(0.0, face, known, skill, P) == learning.access(0.0, other, skill, known, P)
    assert learning.ceiling(0.7, 0.0, face, P) == learning.ceiling(0.7, 0.0, other, P) == 0.7


@given(LEVEL, st.floats(0.001, 2.0), st.floats(0.001, 2.0), st.floats(0.05, 1.0), LEVEL)
def test_most_is_learnt_over_a_middling_gap(
    openness: float, one: float, other: float, base: float, reach: float
) -> None:
    """An inverted U with its peak, 1, at base + reach x openness; nearer and farther less."""
    p = record({"learning.zone": base, "learning.zone_reach": reach})
    peak = base + reach * openness
    assert learning.zone(peak, openness, p) == pytest.approx(1.0)
    near, far = sorted((one, other))
    assume(far - near > 1e-6)
    if far <= peak:
        assert learning.zone(near, openness, p) < learning.zone(far, openness, p) + 1e-12
    if near >= peak:
        assert learning.zone(far, openness, p) < learning.zone(near, openness, p) + 1e-12


@settings(max_examples=40)
@given(st.floats(0.01, 0.06), st.floats(0.02, 0.07), LEVEL)
def test_ownership_decides_whether_a_practice_lives(decay: float, keep: float, ownership: float) -> None:
    """It settles at 1 - d(1 - o)/(b o) where o > d/(d + b), and dies below."""
    bar = decay / (decay + keep)
    assume(abs(ownership - bar) > 0.05)
    mastery = 0.5
    for _ in range(20_000):
        mastery = practice.kept_up(mastery, ownership, decay, keep)
    if ownership > bar:
        fixed = 1.0 - decay * (1.0 - ownership) / (keep * ownership)
        assert practice.kept_up(fixed, ownership, decay, keep) == pytest.approx(fixed, abs=1e-14)
        assert mastery == pytest.approx(fixed, abs=1e-6)
    else:
        assert mastery < 1e-6


def test_keeping_up_is_the_same_in_single_precision() -> None:
    """The sweep over all teachers and practices uses it so; a literal in the rule would widen it."""
    single = [np.float32(x) for x in (0.5, 0.6, 0.03, 0.05)]
    assert practice.kept_up.py_func(*single).dtype == np.float32
    assert practice.kept_up(*single) == pytest.approx(0.5015, rel=1e-6)


@given(st.floats(0.0, 2.0), st.floats(0.0, 40.0), st.permutations((0, 1, 2)))
def test_schools_of_two_phases_are_no_rivals(competition: float, miles: float, phases: list[int]) -> None:
    assert trust.rivalry(competition, miles, phases[0], phases[1], P) == 0.0
    assert trust.rivalry(0.0, miles, phases[0], phases[0], P) == 0.0


@given(st.floats(-10.0, 40.0), st.floats(-10.0, 40.0), st.floats(0.1, 2.0), st.floats(0.0, 100.0))
def test_a_pair_never_works_longer_than_either_can(giver: float, learner: float, share: float, demand: float) -> None:
    hours = time_money.joint_hours(giver, learner, share, demand)
    assert 0.0 <= hours <= demand
    assert hours <= max(0.0, giver)
    assert hours * share <= max(0.0, learner) + 1e-9
    # As many as both can find, and no fewer.
    assert hours == pytest.approx(max(0.0, min(giver, learner / share, demand)))


@given(st.floats(0.0, 1e5), st.integers(1, 30), st.floats(5.0, 200.0))
def test_all_the_money_is_hours(pounds: float, pairs: int, price: float) -> None:
    hours = time_money.bought_hours(pounds, float(pairs), record({"funding.hour": price}))
    assert hours * pairs * price == pytest.approx(pounds)


@given(st.integers(0, 3), st.lists(st.booleans(), min_size=4, max_size=4))
def test_a_mode_that_is_not_allowed_is_not_chosen(wished: int, allowed: list[bool]) -> None:
    names = [f"{mode}.allowed" for mode in ("replication", "adaptation", "exchange", "creation")]
    settled = modes.settled_mode(wished, record(dict(zip(names, allowed, strict=True))))
    if any(allowed):
        assert allowed[settled]
        # Whatever is simpler than the wish, and nearer, would have been taken.
        assert not any(allowed[settled + 1 : wished + 1])
        assert settled <= wished or not any(allowed[: wished + 1])


@given(st.integers(0, 3))
def test_a_number_is_its_mode(mode: int) -> None:
    by_name = (modes.replication, modes.adaptation, modes.exchange, modes.exchange)[mode]
    assert modes.mode_terms(mode, P) == by_name(P)


@given(st.floats(-3.0, 3.0), st.floats(-3.0, 3.0), st.floats(0.0, 20.0), st.floats(0.1, 20.0))
def test_the_poor_feel_distance_more_and_results_less(one: float, other: float, miles: float, reach: float) -> None:
    """The signs of §2.23 at the default values: the better-off choose by results."""
    low, high = sorted((one, other))
    lift, poor_lift = (
        market.school_utility(0.5, high, 0.0, poor, P) - market.school_utility(0.5, low, 0.0, poor, P)
        for poor in (False, True)
    )
    assert poor_lift <= lift + 1e-12
    assert market.distance_disutility(miles, reach, True, P) >= market.distance_disutility(miles, reach, False, P)


@settings(max_examples=40)
@given(LEVEL, st.floats(0.0, 1.0), st.integers(1, 400))
def test_trust_settles_between_its_bounds_and_not_at_them(trust_now: float, success: float, half_terms: int) -> None:
    """However long they work together, well or badly: gains shrink near 1 and losses near 0."""
    level = trust_now
    p = record({"trust.success": 0.1, "trust.contact": 0.03, "trust.failure": 0.04, "trust.change": 1.0})
    for _ in range(half_terms):
        level = trust.partners_trust(level, 1.0, success, 0.0, 0.05, p)
    assert 0.0 <= level <= 1.0
    if half_terms > 200:
        gain = 0.1 * success + 0.03
        loss = 0.04 * (1.0 - success) + 0.05
        assert level == pytest.approx(gain / (gain + loss), abs=0.01)


@given(LEVEL, LEVEL, LEVEL)
def test_familiarity_adds_up_whether_hours_come_at_once_or_not(familiarity: float, part: float, depth: float) -> None:
    at_once = trust.familiarity_after_work(familiarity, 30.0, depth, P)
    twice = trust.familiarity_after_work(
        trust.familiarity_after_work(familiarity, 30.0 * part, depth, P), 30.0 * (1.0 - part), depth, P
    )
    assert twice == pytest.approx(at_once)


def test_away_is_euclids() -> None:
    chance = np.random.default_rng(1)
    for _ in range(20):
        one, other = chance.normal(size=(2, 3))
        assert practice.context_distance(one, other) == pytest.approx(math.dist(one, other))
