"""Policy, accountability, money, heads, evaluation and accreditation (M28-M30, M38-M41, R3, R4, R8, R9, R18, R19)."""

from __future__ import annotations

import inspect

import numpy as np
import pytest

from schoolsim.parameters import REGISTRY, Scenario
from schoolsim.parameters.catalog import policy
from schoolsim.populations import synthetic_authority
from schoolsim.populations.setting import BOUNDS
from schoolsim.rules import accountability as account
from schoolsim.rules import headship, horizon
from schoolsim.rules.words import COURTSHIP, EARLY_USE, PLANNING, SETTLED
from schoolsim.system.simulation import Population
from tests.mechanisms.runs import Values, mean, plain, record, runs, same

PROGRAMME: Values = {"programme.originators": 4, "funding.per_partnership": 10000.0, "funding.years": 4}
BID: Values = {**PROGRAMME, "funding.purse": "bid"}
CENTRAL: Values = {**PROGRAMME, "funding.purse": "central"}
SHARED: Values = {**PROGRAMME, "funding.purse": "partnership"}
INSPECTED: Values = {"inspection.years": 2, "stakes.level": 0.6}
HEADS: Values = {"leadership.turnover": 0.4, "leadership.closed": 0.5}
CHURN: Values = {**SHARED, "policy.churn": 0.5}
FORMAL: Values = {**SHARED, "evaluation.kind": "formal"}
INFORMAL: Values = {**SHARED, "evaluation.kind": "informal"}
AWARDS: Values = {"accreditation.rate": 0.6}
BADGES: Values = {**SHARED, "badging.scope": "individual"}


# --- the rules, by hand


def test_pressure_is_higher_on_weak_schools_before_inspection_and_after_failing() -> None:
    p = record({"stakes.level": 0.4, "stakes.exposure": 0.5, "inspection.fear": 0.5, "inspection.failure": 1.0})
    pressure = plain(account.pressure)
    assert pressure(0.0, True, False, False, p) == pytest.approx(0.4)
    assert pressure(-1.0, True, False, False, p) == pytest.approx(0.6)
    assert pressure(2.0, True, False, False, p) == 0.0
    assert pressure(0.0, True, True, False, p) == pytest.approx(0.6)
    assert pressure(0.0, True, False, True, p) == pytest.approx(0.8)
    assert pressure(0.0, False, False, False, p) == pytest.approx(0.2)  # half of the stakes hang on tables
    assert pressure(-3.0, True, True, True, p) == 1.0


def test_effort_is_most_in_weak_schools_and_its_sign_is_free() -> None:
    effort = plain(account.effort)
    assert effort(0.5, -1.0, record({"stakes.effort": 0.2})) == pytest.approx(0.1)
    assert effort(0.5, 1.0, record({"stakes.effort": 0.2})) == 0.0
    assert effort(0.5, 0.0, record({"stakes.effort": -0.2})) == pytest.approx(-0.05)


def test_stakes_narrow_or_widen_what_is_tried_by_the_sign_of_narrowing() -> None:
    safe = plain(account.safe)
    assert safe(0.5, 0.8, record({"stakes.narrowing": 0.5})) == pytest.approx(0.8)
    assert safe(0.5, 0.8, record({"stakes.narrowing": -0.5})) == pytest.approx(1.2)
    assert safe(0.5, 0.0, record()) == 1.0
    assert safe(1.0, 1.0, record({"stakes.narrowing": 2.0})) == 0.0


def test_what_is_seen_of_a_school_without_tables_is_its_reputation() -> None:
    p = record({"tables.reputation": 0.25, "inspection.stigma": 0.5})
    seen = plain(account.seen_standing)
    assert seen(2.0, True, False, p) == 2.0
    assert seen(2.0, False, False, p) == 0.5
    assert seen(2.0, False, True, p) == 0.0


def test_grades_follow_results_and_luck() -> None:
    p = record({"inspection.noise": 0.5})
    assert [plain(account.grade)(x, 0.0, p) for x in (1.1, 0.5, -1.0, -1.6)] == [1, 2, 3, account.FAILED]
    assert plain(account.grade)(0.5, 2.0, p) == 1


def test_measured_value_added_is_noisy() -> None:
    assert plain(account.measured_value)(0.1, 2.0, record({"result.noise": 0.05})) == pytest.approx(0.2)


def test_money_is_paid_in_full_then_run_down_then_stops() -> None:
    share = plain(horizon.paid_share)
    p = record({"funding.years": 1, "funding.taper": 1})
    assert [share(step, p) for step in (-1, 0, 5)] == [0.0, 1.0, 1.0]
    assert [share(step, p) for step in (6, 8, 11)] == pytest.approx([5 / 6, 0.5, 0.0])
    assert share(6, record({"funding.years": 1})) == 0.0


def test_foreboding_is_the_share_that_stops_within_a_year() -> None:
    foreboding = plain(horizon.foreboding)
    cliff, slope = record({"funding.years": 2}), record({"funding.years": 2, "funding.taper": 3})
    assert [foreboding(step, cliff) for step in (0, 5, 6, 11, 12)] == [0.0, 0.0, 1.0, 1.0, 0.0]
    assert foreboding(11, slope) == pytest.approx(1 / 3)


def test_strangers_take_a_year_to_get_together_and_old_friends_half_of_it_or_less() -> None:
    p = record({"horizon.courtship": 6.0, "horizon.planning": 2.0, "horizon.early": 4.0})
    assert plain(horizon.courtship)(0.0, 0.0, p) == 6
    assert plain(horizon.courtship)(0.6, 0.4, p) == 3
    phases = [plain(horizon.phase)(age, 3, p) for age in (0, 2, 3, 4, 5, 8, 9)]
    assert phases == [COURTSHIP, COURTSHIP, PLANNING, PLANNING, EARLY_USE, EARLY_USE, SETTLED]


def test_skill_not_need_makes_a_bid_and_those_without_it_toil() -> None:
    p = record({"bid.skill": 1.0, "bid.noise": 0.1, "bid.hours": 30.0})
    assert plain(horizon.bid_strength)(0.7, -1.0, p) == pytest.approx(0.6)
    assert plain(horizon.bid_hours)(0.0, p) == 45.0
    assert plain(horizon.bid_hours)(1.0, p) == 15.0
    assert "need" not in inspect.signature(plain(horizon.bid_strength)).parameters


def test_claims_follow_communication() -> None:
    p = record({"funding.claim_base": 0.2, "funding.claim_slope": 0.5})
    assert plain(horizon.claim_chance)(0.0, p) == 0.2
    assert plain(horizon.claim_chance)(1.0, p) == pytest.approx(0.7)


def test_distributed_leadership_softens_the_gate_and_raises_seeking_and_participation() -> None:
    p = record({"leadership.distributed_gate": 0.5})
    assert plain(headship.gate_shut)(0.0, p) == 1.0
    assert plain(headship.gate_shut)(1.0, p) == 0.5
    assert plain(headship.initiative)(0.3, p) == plain(headship.participation)(0.3, p) == 1.0
    assert plain(headship.initiative)(0.7, record({"leadership.distributed_seeking": 1.0})) == pytest.approx(1.4)
    assert plain(headship.participation)(0.7, record({"leadership.distributed_pairs": 1.0})) == pytest.approx(1.4)
    assert plain(headship.reluctance)(0.5, record({"leadership.parochialism": 2.0})) == pytest.approx(0.4)


# --- switches: with a mechanism off, its parameters move nothing

SWITCHED: tuple[tuple[str, Values, Values], ...] = (
    ("bidding", BID, {"bid.skill": 3.0, "bid.hours": 200.0, "bid.drift": 1.0, "bid.won": 0.2, "bid.noise": 1.0}),
    ("horizon", PROGRAMME, {"horizon.courtship_pace": 0.1, "horizon.anticipation": 4.0, "horizon.settled_pace": 3.0}),
    ("heads", {}, {"leadership.distribute": 1.0, "leadership.parochialism": 4.0, "leadership.moves": 1.0,
                   "leadership.tie_lost": 0.9, "leadership.specification": 1.0}),
    ("stakes", {}, {"inspection.years": 2, "stakes.effort": -1.0, "stakes.narrowing": 2.0, "stakes.exposure": 1.0}),
    ("churn", SHARED, {"policy.churn": 0.5, "policy.strain": 1.0, "policy.forgotten": 1.0}),
    ("evaluation", SHARED, {"evaluation.kind": "formal", "evaluation.hours": 100.0, "evaluation.stops": 1.0}),
    ("accreditation", {}, {"accreditation.rate": 1.0, "accreditation.fund": 5000.0}),
)  # fmt: skip


@pytest.mark.parametrize(("word", "where", "changed"), SWITCHED, ids=[word for word, _, _ in SWITCHED])
def test_a_mechanism_that_is_off_has_no_working_parameters(word: str, where: Values, changed: Values) -> None:
    off = {**where, f"mechanism.{word}": False}
    small = {"seeds": 2, "years": 2, "schools": 16}
    assert same(runs(off, **small), runs({**off, **changed}, **small))
    assert not same(runs(where, **small), runs({**where, **changed}, **small))


# --- directions


def test_skill_wins_bids() -> None:
    assert mean(BID, "bids.skill") > 0.05
    assert abs(mean({**BID, "bid.skill": 0.0}, "bids.skill")) < 0.05


def test_bidding_eats_hours_and_shifts_focus() -> None:
    assert mean(BID, "hours.bidding") > 100.0
    assert mean({**BID, "bid.drift": 1.0}, "focus.drifted") > mean({**BID, "bid.drift": 0.0}, "focus.drifted") == 0.0
    dear, cheap = {**BID, "bid.hours": 500.0}, {**BID, "bid.hours": 0.0}
    assert mean(dear, "hours.joint") < mean(cheap, "hours.joint")


def test_central_funds_are_partly_unclaimed_by_heads_who_pass_nothing_on() -> None:
    silent = {**CENTRAL, "leadership.communication_mean": 0.1}
    for where, share in ((CENTRAL, 0.05), (silent, 0.5)):
        assert mean(where, "pounds.unclaimed") > share * mean(where, "pounds.granted")


def test_every_purse_grants_the_same_as_the_programme_begins() -> None:
    for values in (BID, CENTRAL, SHARED, PROGRAMME):
        granted = [run["pounds.granted"] for run in runs({**values, "funding.years": 1}, years=1)]
        assert min(granted) > 50_000.0, values
    total = {**SHARED, "funding.total": 90_000.0, "funding.years": 1}
    assert mean(total, "pounds.granted", years=1) == pytest.approx(90_000.0)


def test_getting_together_takes_time() -> None:
    slow = {**SHARED, "horizon.courtship": 12.0, "horizon.courtship_pace": 0.3}
    assert mean(slow, "partnerships.courting") > mean(SHARED, "partnerships.courting")
    assert mean(slow, "transfers.year") < mean(SHARED, "transfers.year")


def test_the_end_of_money_casts_its_shadow_before() -> None:
    near, quiet = ({**SHARED, "funding.years": 2, "horizon.anticipation": x} for x in (4.0, 0.0))
    assert mean(near, "engagement.mean", years=2) < mean(quiet, "engagement.mean", years=2) - 0.05


def test_money_run_down_slowly_keeps_partnerships_longer() -> None:
    cliff, slope = ({**SHARED, "funding.years": 1, "funding.taper": x} for x in (0, 6))
    assert mean(slope, "partnerships.programme") > mean(cliff, "partnerships.programme")


def test_distributed_leadership_gets_round_closed_heads() -> None:
    closed = {"leadership.closed": 0.8}
    assert mean({**closed, "leadership.distribute": 1.0}, "partnerships.begun") > mean(closed, "partnerships.begun")
    assert mean({**closed, "leadership.gate": 0.0}, "gate.blocked") == 0.0 < mean(closed, "gate.blocked")


def test_recruiting_for_collaboration_opens_gates() -> None:
    recruited = {**HEADS, "leadership.specification": 1.0}
    assert mean(recruited, "gate.blocked") < mean(HEADS, "gate.blocked")


def test_heads_take_their_ties_along() -> None:
    moving, leaving = ({**HEADS, "leadership.moves": x, "leadership.arrival_tie": 0.0} for x in (1.0, 0.0))
    assert mean(moving, "heads.ties") > mean(leaving, "heads.ties") == 0.0
    assert mean(moving, "ties.degree") > mean(leaving, "ties.degree")


def test_ties_are_lost_with_heads() -> None:
    kept, lost = ({**HEADS, "leadership.tie_lost": x} for x in (0.0, 0.8))
    assert mean(lost, "ties.degree") < mean(kept, "ties.degree")


def test_protection_keeps_stakes_from_staff() -> None:
    assert mean({"leadership.shielding": 1.0}, "stakes.felt") == 0.0 < mean({}, "stakes.felt")


def test_high_stakes_narrow_what_is_tried_and_admitted() -> None:
    low, high = {**PROGRAMME, "stakes.level": 0.0}, {**PROGRAMME, "stakes.level": 1.0}
    assert mean(high, "novelty.tried") < mean(low, "novelty.tried")
    assert mean(high, "disclosure.share") < mean(low, "disclosure.share")
    wide = {**high, "stakes.narrowing": -1.0}
    assert mean(wide, "novelty.tried") > mean(high, "novelty.tried")


def test_stakes_raise_effort_or_lower_it_and_most_in_weak_schools() -> None:
    up, none, down = ({"stakes.level": 0.8, "stakes.effort": x} for x in (0.3, 0.0, -0.3))
    assert mean(up, "progress.mean") > mean(none, "progress.mean") > mean(down, "progress.mean")
    gained = {name: mean(up, name) - mean(none, name) for name in ("progress.neediest", "progress.mean")}
    assert gained["progress.neediest"] > gained["progress.mean"]


def test_without_tables_stakes_and_effort_fall() -> None:
    gone = {"tables.published": False}
    assert mean(gone, "stakes.felt") < mean({}, "stakes.felt")
    assert mean(gone, "progress.neediest") < mean({}, "progress.neediest")


def test_without_tables_or_reputation_the_market_polarises_less() -> None:
    gone = {"tables.published": False, "tables.reputation": 0.0, "market.choice_weight": 2.0}
    assert mean(gone, "segregation.dissimilarity") < mean({"market.choice_weight": 2.0}, "segregation.dissimilarity")


def test_inspection_takes_hours_and_adds_stakes() -> None:
    assert mean(INSPECTED, "hours.inspection") > 0.0
    assert mean(INSPECTED, "stakes.felt") > mean({"stakes.level": 0.6}, "stakes.felt")


def test_churn_loses_trust_and_what_was_learnt_and_continuity_saves_it() -> None:
    assert mean(CHURN, "policy.resets") > 0.0
    assert mean(CHURN, "transfers.year") < mean(SHARED, "transfers.year")
    assert same(runs({**CHURN, "policy.continuity": 1.0}), runs(SHARED))


def test_a_patient_programme_keeps_its_partnerships() -> None:
    assert mean({**SHARED, "programme.patience": 18}, "partnerships.programme") > mean(SHARED, "partnerships.programme")


def test_formal_evaluation_costs_and_stops_what_it_cannot_yet_see() -> None:
    assert mean(FORMAL, "hours.evaluation") > 0.0
    assert mean(FORMAL, "pounds.evaluation") > 0.0
    assert mean(FORMAL, "evaluation.wrong") > 0.0
    assert mean(FORMAL, "partnerships.programme") < mean(SHARED, "partnerships.programme")
    assert mean({**FORMAL, "programme.patience": 24}, "evaluation.stopped") == 0.0


def test_informal_evaluation_turns_rather_than_stops() -> None:
    assert mean(INFORMAL, "evaluation.turned") > mean(INFORMAL, "evaluation.stopped") == 0.0
    assert mean(INFORMAL, "hours.evaluation") > 0.0


def test_awards_bring_callers_only_by_ties_or_money() -> None:
    alone = {**AWARDS, "ties.nearby": 0.0, "ties.anywhere": 0.0, "broker.number": 0, "leadership.arrival_tie": 0.0}
    told = {**alone, "accreditation.fund": 20_000.0}
    assert mean(alone, "accreditation.requests") < 0.5
    assert mean(AWARDS, "accreditation.requests") > 2.0 * mean(alone, "accreditation.requests") + 0.5
    assert mean(told, "accreditation.cold") > mean(alone, "accreditation.cold") + 0.5


def test_self_review_leaves_confidence() -> None:
    assert mean({**AWARDS, "accreditation.review": 0.5}, "confidence.mean") > mean(AWARDS, "confidence.mean")


def test_a_badge_nobody_carries_is_no_badge() -> None:
    for values in ({"badging.share": 0.0}, {"badging.years": 0}, {"badging.begins": 9}):
        assert same(runs({**BADGES, **values}), runs(SHARED))


# --- the setting


@pytest.mark.parametrize("name", [name for name in REGISTRY if name.startswith("setting.")])
def test_a_setting_makes_another_authority_within_the_population_s_bounds(name: str) -> None:
    spec = REGISTRY[name]
    low, high = BOUNDS[spec.name.split(".")[1]]
    assert (spec.low, spec.high if name != "setting.schools" else high) == (low, high)
    inside = low + 0.4 * (min(high, 2.0 * float(spec.default) + 0.1) - low)
    value = int(inside) if spec.kind == "whole" else inside
    here, there = (Population().table(scenario, 3) for scenario in (Scenario.of(), Scenario.of({name: value})))
    columns = ("easting", "roll", "disadvantage", "attainment")
    assert any(not np.array_equal(getattr(here, one), getattr(there, one), equal_nan=True) for one in columns)


def test_the_setting_s_defaults_are_the_population_s() -> None:
    here, there = Population().table(Scenario.of(), 5), synthetic_authority(5)
    assert np.array_equal(here.roll, there.roll)
    assert np.array_equal(here.disadvantage, there.disadvantage)


# --- no idle parts

_WHERE = {
    "bid": BID, "horizon": {**SHARED, "funding.years": 2}, "inspection": INSPECTED, "leadership": HEADS,
    "policy": CHURN, "evaluation": FORMAL, "accreditation": AWARDS, "badging": BADGES, "programme": SHARED,
    "funding": SHARED, "stakes": PROGRAMME, "tables": {**PROGRAMME, "tables.published": False}, "market": {},
}  # fmt: skip
_ELSEWHERE: dict[str, Values] = {
    "funding.claim_base": CENTRAL, "funding.claim_slope": CENTRAL, "evaluation.talk": INFORMAL,
    "evaluation.noticed": INFORMAL, "evaluation.glance": INFORMAL, "evaluation.kind": SHARED,
    "accreditation.reach": {**AWARDS, "accreditation.fund": 20_000.0}, "tables.published": PROGRAMME,
    "leadership.distributed_pairs": {**SHARED, "leadership.distribute": 1.0},
    "leadership.parochial_mean": {"search.rate": 1.0},
    "accreditation.rate": {}, "inspection.stigma": {**INSPECTED, "inspection.noise": 3.0},
    "inspection.failure": {**INSPECTED, "inspection.noise": 3.0},
    "leadership.shielding": PROGRAMME, "funding.taper": {**SHARED, "funding.years": 1},
    "policy.churn": SHARED, "accreditation.cold": {**AWARDS, "ties.nearby": 0.0},
}  # fmt: skip
_VALUE = {"funding.total": 60_000.0, "accreditation.cold": 0.1, "evaluation.bar": 0.5, "inspection.years": 4}
_MOVABLE = [spec for spec in policy.PARAMETERS if not spec.name.startswith("setting.")]


def _another(name: str) -> object:
    spec = REGISTRY[name]
    if name in _VALUE:
        return _VALUE[name]
    if spec.kind == "flag":
        return not spec.default
    if spec.kind == "choice":
        return spec.options[-1]
    low, high = spec.bounds
    far = low if float(spec.default) - low > high - float(spec.default) else high
    return type(spec.default)(far)


@pytest.mark.parametrize("name", [spec.name for spec in _MOVABLE])
def test_no_parameter_is_idle(name: str) -> None:
    where = _ELSEWHERE.get(name, _WHERE[name.split(".")[0]])
    small = {"seeds": 3, "years": 3, "schools": 24}
    assert not same(runs(where, **small), runs({**where, name: _another(name)}, **small)), name
